"""Enter a payment over one or several invoices of a client, or none; change the words of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused, Stale
from comptoir.office import owned
from comptoir.office.clients import named
from comptoir.office.desk import Desk
from comptoir.office.documents import rate
from comptoir.office.pages import page, part
from comptoir.office.payments import all_means, converting, find, number, parts_at_names, url
from comptoir.office.payments.due import due, open_credits, read_credits, read_parts, using
from comptoir.office.versions import Conflict, conflict, save_if_current, version_of
from comptoir.payments import operations
from comptoir.payments.models import Payment
from comptoir.reference import currency
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice, Crumb

WORDS = ("type_id", "transaction_reference", "private_notes")


def new(place: Desk) -> HttpResponse:
    """The form of a new payment."""
    place.need("create", "payment")
    asked = place.request.GET if place.request.method == "GET" else place.request.POST
    client = _client(place, asked.get("client_id") or asked.get("client", ""))
    if place.request.method == "GET":
        values = {"date": place.on, "client_id": ids.encode(client.pk) if client else ""}
        values |= converting.again(place, client, asked)
        return _editor(place, client, Form(values | using(place, client, asked.get("credit", ""))))
    try:
        payment = operations.record_payment(_read(place, client, asked), by=place.actor, on=place.on)
    except Refused as refused:
        names = [name for name in asked if name.startswith("part.") and asked[name].strip()]
        form = Form(dict(asked.items()), parts_at_names(refused, names))
        return _editor(place, client, form, status=422)
    toasts.add(place.request, _("The payment is recorded."))
    return redirect(url("show", payment))


def _client(place: Desk, key: str) -> Client | None:
    pk = ids.decode(key)
    rows = place.seen(Client.objects.live(), "client").select_related("group")
    client = rows.filter(pk=pk).first() if pk is not None else None
    if client is not None:
        client.company = place.company
    return client


def _read(place: Desk, client: Client | None, sent: Any) -> dict[str, Any]:
    faults: dict[str, list[Any]] = {}
    parts, uses = read_parts(sent, faults), read_credits(sent, faults)
    amount = number(sent.get("amount", ""), "amount", faults)
    on = _day(sent.get("date", ""), faults)
    if client is None:
        faults["client_id"] = [_("Choose a client.")]
    if not faults and not amount and not parts:
        faults["amount"] = [_("Say how much was paid.")]
    rates = converting.read(place, rate.unit_of(None, client), sent, faults)
    if faults:
        raise Refused.many(faults)
    words = rates | {name: sent.get(name, "") for name in WORDS} | owned.read(sent)
    return {"client": client, "amount": amount, "date": on, "invoices": parts, "credits": uses, **words}


def _day(text: str, faults: dict[str, list[Any]]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults["date"] = [_("This is not a date.")]
        return None


def _editor(place: Desk, client: Client | None, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        **owned.inputs(place, "payment"),
        "picked": [Choice(ids.encode(client.pk), named(client), client.number)] if client else [],
        "client": client,
        "invoices": due(place, client) if client else [],
        "credits": open_credits(place, client) if client else [],
        "means": all_means(),
        "crumbs": [Crumb(_("Payments"), reverse("office:payments"))],
        "currency": currency(client.currency_id if client else str(place.preferences.currency_id)),
        "back_url": reverse("office:payments"),
        **converting.around(place, rate.unit_of(None, client), form),
    }
    if place.request.headers.get("HX-Target") == "parts":
        return part(place, "payments/parts.html", {**context, "swapped": True})
    return page(place, "payments/new.html", context, module="payments", status=status)


def edit(place: Desk, key: str) -> HttpResponse:
    """Its day, means, reference and notes; the money itself moves by refunds and deletion only."""
    payment = find(place, key, "edit")
    if place.request.method == "GET":
        begun = _kept(payment) | converting.of_saved(place, payment)
        return _words(place, payment, Form(begun | {"version": version_of(_kept(payment))}))
    sent = place.request.POST
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent} | owned.read(sent)
    fields["date"] = _day(sent.get("date", ""), faults)
    fields |= converting.read(place, converting.unit_of(place, payment), sent, faults)
    try:
        if faults:
            raise Refused.many(faults)
        save_if_current(
            payment,
            sent.get("version", ""),
            lambda: _kept(payment),
            lambda: operations.update_payment(payment, fields, by=place.actor, on=place.on),
        )
    except Stale:
        return _both(place, payment, fields)
    except Refused as refused:
        return _words(place, payment, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("The payment is saved."))
    return redirect(url("show", payment))


def _kept(payment: Payment) -> dict[str, Any]:
    """What the form changes, as it is kept: what a version is made of."""
    names = ("date", *WORDS, rate.FIELD, converting.TOWARDS)
    return {name: getattr(payment, name) for name in names} | owned.values(payment)


def _both(place: Desk, payment: Payment, fields: dict[str, Any]) -> HttpResponse:
    """The form as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    payment.refresh_from_db()
    now = _kept(payment)
    form = Form(dict(place.request.POST.items()) | {"version": version_of(now)})
    return _words(place, payment, form, status=409, shown=conflict(place, payment, now, fields))


def _words(
    place: Desk, payment: Payment, form: Form, *, status: int = 200, shown: Conflict | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "conflict": shown,
        "edit_url": url("edit", payment),
        **owned.inputs(place, "payment"),
        "payment": payment,
        "means": all_means(),
        "crumbs": [
            Crumb(_("Payments"), reverse("office:payments")),
            Crumb(payment.number, url("show", payment)),
        ],
        "back_url": url("show", payment),
        **converting.around_saved(place, payment, form),
    }
    return page(place, "payments/edit.html", context, module="payments", status=status)
