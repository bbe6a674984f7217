"""Money of a payment that moves on: refunded, or applied to invoices. Both are dialogs of its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.collecting.refunding import can_refund, refund_by_gateway
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.pages import go_to, part
from comptoir.office.payments import find, number, parts_at_names, url
from comptoir.office.payments.due import due, read_parts
from comptoir.payments import operations
from comptoir.payments.models import Allocation, Payment
from comptoir.reference import currency
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import money


def apply(place: Desk, key: str) -> HttpResponse:
    """Give what no invoice claims yet to invoices of the client."""
    payment = find(place, key, "edit")
    if place.request.method == "GET":
        return _apply_dialog(place, payment, Form())
    sent = place.request.POST
    faults: dict[str, list[Any]] = {}
    parts = read_parts(sent, faults)
    if not parts:
        faults[""] = [_("Say how much each invoice gets.")]
    try:
        if faults:
            raise Refused.many(faults)
        operations.update_payment(payment, {"invoices": parts}, by=place.actor, on=place.on)
    except Refused as refused:
        names = [name for name in sent if name.startswith("part.") and sent[name].strip()]
        form = Form(dict(sent.items()), parts_at_names(refused, names))
        return _apply_dialog(place, payment, form, status=422)
    return _done(place, payment, _("The payment is applied."))


def _apply_dialog(place: Desk, payment: Payment, form: Form, *, status: int = 200) -> HttpResponse:
    unit = currency(payment.currency_id)
    context = {
        "form": form,
        "currency": unit,
        "remaining": money(payment.unapplied, unit),
        "invoices": due(place, payment.client),
        "url": url("apply", payment),
    }
    return part(place, "payments/apply.html", context, status=status)


def refund(place: Desk, key: str) -> HttpResponse:
    """Give money back, per invoice where it was applied."""
    payment = find(place, key, "edit")
    if place.request.method == "GET":
        return _refund_dialog(place, payment, Form({"date": place.on, "by_gateway": "1"}))
    sent = place.request.POST
    faults: dict[str, list[Any]] = {}
    parts = _refunded_parts(payment, sent, faults)
    amount = number(sent.get("amount", ""), "amount", faults)
    try:
        on = date.fromisoformat(sent.get("date") or place.on.isoformat())
    except ValueError:
        faults["date"] = [_("This is not a date.")]
    try:
        if faults:
            raise Refused.many(faults)
        give = refund_by_gateway if sent.get("by_gateway") else operations.refund_payment
        give(payment, amount, parts, by=place.actor, on=on)
    except Refused as refused:
        names = [
            f"part.{each.pk}" for each in _allocations(payment) if sent.get(f"part.{each.pk}", "").strip()
        ]
        form = Form(dict(sent.items()), parts_at_names(refused, names))
        return _refund_dialog(place, payment, form, status=422)
    return _done(place, payment, _("The refund is recorded."))


def _allocations(payment: Payment) -> list[Allocation]:
    live = payment.allocations.live().filter(credit=None).select_related("invoice").order_by("pk")
    return [each for each in live if each.net > 0]


def _refunded_parts(payment: Payment, sent: Any, faults: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [
        {"invoice": each.invoice, "amount": amount}
        for each in _allocations(payment)
        if (amount := number(sent.get(f"part.{each.pk}", ""), f"part.{each.pk}", faults))
    ]


def _refund_dialog(place: Desk, payment: Payment, form: Form, *, status: int = 200) -> HttpResponse:
    unit = currency(payment.currency_id)
    context = {
        "form": form,
        "currency": unit,
        "url": url("refund", payment),
        "gateway": payment.company_gateway.name if can_refund(payment) and payment.company_gateway else "",
        "parts": [
            {"name": f"part.{each.pk}", "number": each.invoice.number, "left": money(each.net, unit)}
            for each in _allocations(payment)
            if each.invoice is not None
        ],
    }
    return part(place, "payments/refund.html", context, status=status)


def _done(place: Desk, payment: Payment, said: str) -> HttpResponse:
    toasts.add(place.request, said)
    return go_to(place, url("show", payment))
