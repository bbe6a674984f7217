"""Enter a payment of one invoice, from its page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.documents import rate
from comptoir.office.documents.showing import find
from comptoir.office.invoices.kind import INVOICES
from comptoir.office.pages import go_to, part
from comptoir.office.payments import converting
from comptoir.payments import operations
from comptoir.payments.parts import owed
from comptoir.reference import currency, payment_type
from comptoir.reference.names import name_in
from comptoir.sales.invoices.models import Invoice
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import locale


@require_http_methods(["GET", "POST"])
@desk("view", "invoice")
def pay(place: Desk, key: str) -> HttpResponse:
    """Enter a payment of this invoice: the whole balance unless somebody types less."""
    invoice = find(place, INVOICES, key, "edit")
    place.need("create", "payment")
    values = {"amount": invoice.requested or owed(invoice), "date": place.on}
    values |= rate.start(place.company, rate.unit_of(None, invoice.client), place.on)
    if place.request.method == "GET":
        return _payment(place, invoice, Form(values))
    sent = place.request.POST
    try:
        operations.record_payment(_received(place, invoice, sent), by=place.actor, on=place.on)
    except Refused as refused:
        errors = {_field(name): texts for name, texts in refused.errors.items()}
        return _payment(place, invoice, Form(dict(sent.items()), errors), status=422)
    toasts.add(place.request, _("The payment is recorded."))
    return go_to(place, INVOICES.url("show", invoice))


def _received(place: Desk, invoice: Invoice, sent: Any) -> dict[str, Any]:
    try:
        amount = calculate(sent.get("amount", ""))
        on = date.fromisoformat(sent.get("date", ""))
    except ValueError as error:
        field = "date" if "isoformat" in str(error) else "amount"
        raise Refused(field, _("Please check this value.")) from error
    if amount <= 0:
        raise Refused("amount", _("Say how much was paid."))
    faults: dict[str, list[Any]] = {}
    rates = converting.read(place, rate.unit_of(None, invoice.client), sent, faults)
    if faults:
        raise Refused.many(faults)
    part_of = {"invoice": invoice, "amount": min(amount, owed(invoice))}
    return {
        "client": invoice.client,
        "amount": amount,
        "date": on,
        "type_id": sent.get("type_id", ""),
        "transaction_reference": sent.get("transaction_reference", ""),
        "invoices": [part_of],
        **rates,
    }


def _field(name: str) -> str:
    return "amount" if name.startswith("invoices") else name


def _payment(place: Desk, invoice: Invoice, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "invoice": invoice,
        "currency": currency(invoice.currency_id),
        "types": [(each.id, name_in(each, locale())) for each in payment_type],
        "url": INVOICES.url("pay", invoice),
        "left": Decimal(owed(invoice)),
        **converting.around(place, rate.unit_of(None, invoice.client), form),
    }
    return part(place, "invoices/payment.html", context, status=status)
