"""Invoices in the office: the documents' pages, and being paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.billing.documents import BillingDocument
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.documents import mailing
from comptoir.office.documents.kinds import DRAFT, SENT, Kind, Verb, Words
from comptoir.office.documents.routes import routes
from comptoir.office.documents.showing import find
from comptoir.office.pages import part
from comptoir.payments import operations as payments
from comptoir.payments.parts import is_payable, owed
from comptoir.reference import currency, payment_type
from comptoir.reference.names import name_in
from comptoir.sales.invoices import operations
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.invoices.rules import may_cancel
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.parts import Action
from comptoir.ui.tags.figures import locale


def narrow(rows: Any, value: str, on: date) -> Any:
    """The rows of a status of the filter."""
    match value:
        case "draft":
            return rows.filter(status_id=Status.DRAFT)
        case "unpaid":
            return rows.unpaid()
        case "overdue":
            return rows.overdue(on)
        case "paid":
            return rows.filter(status_id=Status.PAID)
        case "cancelled":
            return rows.filter(status_id__in=(Status.CANCELLED, Status.REVERSED))
        case _:
            return rows


def overdue(invoice: Invoice, on: date) -> tuple[Any, str] | None:
    return (pgettext_lazy("status of an invoice", "Overdue"), "overdue") if invoice.is_overdue(on) else None


def can_be_paid(invoice: Invoice, on: date | None = None) -> bool:  # noqa: ARG001
    return is_payable(invoice) and owed(invoice) > 0


def actions(place: Desk, document: BillingDocument) -> list[Action]:
    """The next step first: send a draft, take the money of what was sent."""
    assert isinstance(document, Invoice)
    if document.is_deleted or not place.may("edit", "invoice", document):
        return []
    send = Action(_("Send by e-mail"), INVOICES.url("mail", document), "send", "dialog")
    pay = Action(_("Enter payment"), INVOICES.url("pay", document), "cash", "dialog")
    if document.is_draft:
        return [send, pay] if can_be_paid(document) else [send]
    return [pay, send] if can_be_paid(document) else [send]


INVOICES = Kind(
    key="invoices",
    entity="invoice",
    model=Invoice,
    icon="file-invoice",
    words=Words(
        one=gettext_lazy("Invoice"),
        many=gettext_lazy("Invoices"),
        new=gettext_lazy("New invoice"),
        edit=gettext_lazy("Edit invoice"),
        none_yet=gettext_lazy("No invoice here"),
        none_text=gettext_lazy("Make one in a minute: pick a client, add lines, send."),
        search=gettext_lazy("Number, client, line…"),
        created=gettext_lazy("The invoice is saved."),
        saved=gettext_lazy("The invoice is saved."),
        due=gettext_lazy("Due date"),
    ),
    create=operations.create_invoice,
    update=operations.update_invoice,
    statuses={
        Status.DRAFT: (DRAFT, "draft"),
        Status.SENT: (SENT, "sent"),
        Status.PARTIAL: (pgettext_lazy("status of an invoice", "Partly paid"), "partial"),
        Status.PAID: (pgettext_lazy("status of an invoice", "Paid"), "paid"),
        Status.CANCELLED: (pgettext_lazy("status of an invoice", "Cancelled"), "cancelled"),
        Status.REVERSED: (pgettext_lazy("status of an invoice", "Reversed"), "reversed"),
    },
    live_status=overdue,
    narrow=narrow,
    filters=(
        ("draft", gettext_lazy("Drafts")),
        ("unpaid", gettext_lazy("Unpaid")),
        ("overdue", gettext_lazy("Overdue")),
        ("paid", gettext_lazy("Paid")),
        ("cancelled", gettext_lazy("Cancelled")),
    ),
    extra_actions=actions,
    verbs=(
        Verb(
            "mark_sent", gettext_lazy("Mark as sent"), "circle-check", operations.mark_sent,
            lambda invoice, on: invoice.is_draft and not invoice.is_deleted,  # noqa: ARG005
            gettext_lazy("The invoice is issued."),
        ),
        Verb(
            "mark_paid", gettext_lazy("Mark as paid"), "cash", payments.mark_paid, can_be_paid,
            gettext_lazy("The payment is recorded."),
        ),
        Verb(
            "cancel", gettext_lazy("Cancel the invoice"), "ban", operations.cancel_invoice,
            lambda invoice, on: may_cancel(invoice), gettext_lazy("The invoice is cancelled."),  # noqa: ARG005
            asks=True, divided=True,
        ),
        Verb(
            "archive", gettext_lazy("Archive"), "archive", operations.archive_invoice,
            lambda invoice, on: invoice.archived_at is None, gettext_lazy("The invoice is archived."),  # noqa: ARG005
            undo="restore", divided=True,
        ),
        Verb(
            "restore", gettext_lazy("Restore"), "archive-off", operations.restore_invoice,
            lambda invoice, on: invoice.archived_at is not None, gettext_lazy("The invoice is back."),  # noqa: ARG005
        ),
        Verb(
            "delete", gettext_lazy("Delete"), "trash", operations.delete_invoice,
            lambda invoice, on: not invoice.is_deleted, gettext_lazy("The invoice is deleted."),  # noqa: ARG005
            danger=True, undo="restore", asks=True,
        ),
    ),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@desk("view", "invoice")
def pay(place: Desk, key: str) -> HttpResponse:
    """Enter a payment of this invoice: the whole balance unless somebody types less."""
    invoice = find(place, INVOICES, key, "edit")
    place.need("create", "payment")
    values = {"amount": invoice.requested or owed(invoice), "date": place.on}
    if place.request.method == "GET":
        return _payment(place, invoice, Form(values))
    sent = place.request.POST
    try:
        payments.record_payment(_received(invoice, sent), by=place.actor, on=place.on)
    except Refused as refused:
        errors = {_field(name): texts for name, texts in refused.errors.items()}
        return _payment(place, invoice, Form(dict(sent.items()), errors), status=422)
    toasts.add(place.request, _("The payment is recorded."))
    response = redirect(INVOICES.url("show", invoice))
    if place.request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = INVOICES.url("show", invoice)
    return response


def _received(invoice: Invoice, sent: Any) -> dict[str, Any]:
    try:
        amount = calculate(sent.get("amount", ""))
        on = date.fromisoformat(sent.get("date", ""))
    except ValueError as error:
        field = "date" if "isoformat" in str(error) else "amount"
        raise Refused(field, _("Please check this value.")) from error
    if amount <= 0:
        raise Refused("amount", _("Say how much was paid."))
    part_of = {"invoice": invoice, "amount": min(amount, owed(invoice))}
    return {
        "client": invoice.client,
        "amount": amount,
        "date": on,
        "type_id": sent.get("type_id", ""),
        "transaction_reference": sent.get("transaction_reference", ""),
        "invoices": [part_of],
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
    }
    return part(place, "invoices/payment.html", context, status=status)


urlpatterns = [
    path("invoices/<str:key>/payment", pay, name="pay-invoice"),
    *mailing.routes(INVOICES),
    *routes(INVOICES),
]
