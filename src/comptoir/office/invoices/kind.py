"""What invoices are on screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import DRAFT, Kind, Words
from comptoir.office.lists import ListFilter
from comptoir.office.lists.periods import by_date
from comptoir.sales.invoices import operations
from comptoir.sales.invoices.models import Invoice, InvoiceInvitation, Status
from comptoir.sales.invoices.rules import is_locked, may_be_split
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.ui.parts import Action

from .details import more_details
from .verbs import VERBS, can_be_paid


def seen() -> Any:
    """The invoices that somebody invited has looked at."""
    return InvoiceInvitation.objects.live().exclude(viewed_at=None).values("invoice")


STATES: Final[Mapping[str, Callable[[Any, date], Any]]] = {
    "draft": lambda rows, on: rows.filter(status_id=Status.DRAFT),
    "unpaid": lambda rows, on: rows.unpaid(),
    "overdue": lambda rows, on: rows.overdue(on),
    "viewed": lambda rows, on: rows.unpaid().filter(pk__in=seen()),
    "unseen": lambda rows, on: rows.unpaid().exclude(pk__in=seen()),
    "paid": lambda rows, on: rows.filter(status_id=Status.PAID),
    "cancelled": lambda rows, on: rows.filter(status_id__in=(Status.CANCELLED, Status.REVERSED)),
}


def narrow(rows: Any, value: str, on: date) -> Any:
    """The rows of a status of the filter."""
    return STATES[value](rows, on) if value in STATES else rows


def overdue(invoice: Invoice, on: date) -> tuple[Any, str] | None:
    """A status that is not stored: late, and seen or not by the client."""
    return (pgettext_lazy("status of an invoice", "Overdue"), "overdue") if invoice.is_overdue(on) else None


def editable(invoice: Invoice, on: date) -> bool:
    return not invoice.is_deleted and not is_locked(invoice, invoice.client.preferences, on)


def actions(place: Desk, document: BillingDocument) -> list[Action]:
    """The next step first: send a draft, take the money of what was sent."""
    assert isinstance(document, Invoice)
    if document.is_deleted:
        return []
    found = []
    if place.may("edit", "invoice", document):
        found.append(Action(_("Send by e-mail"), INVOICES.url("mail", document), "send", "dialog"))
    if place.may("create", "payment") and can_be_paid(document):
        pay = Action(_("Enter payment"), INVOICES.url("pay", document), "cash", "dialog")
        found.insert(len(found) if document.is_draft else 0, pay)
    if place.may("edit", "invoice", document) and may_be_split(document):
        found.append(
            Action(_("Pay in instalments"), INVOICES.url("instalments", document), "calendar", "dialog")
        )
    if place.may("create", "credit") and not document.is_draft:
        at = reverse("office:new-credit") + f"?corrects={ids.encode(document.pk)}"
        found.append(Action(_("Make a credit note"), at, "receipt-refund"))
    return found


def rare(_place: Desk, document: BillingDocument) -> list[Action]:
    """The paper that goes with the goods."""
    note = reverse("office:delivery-note", args=[ids.encode(document.pk)])
    return [Action(_("Delivery note"), note, "truck-delivery", new_tab=True)]


def of_schedule(place: Desk) -> list[ListFilter]:
    """The period, and what one recurring invoice made; set by links, shown as a chip."""

    def called(value: str) -> str:
        found = (
            place.seen(RecurringInvoice.objects.all(), "recurring_invoice")
            .filter(pk=ids.decode(value))
            .first()
        )
        return found.number if found else _("Unknown recurring invoice")

    return [
        by_date(place),
        ListFilter(
            "recurring",
            gettext_lazy("Recurring invoice"),
            (),
            lambda rows, value: rows.filter(recurring_id=ids.decode(value) or 0),
            label_of=called,
        ),
    ]


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
        deleted=pgettext_lazy("status of an invoice", "Deleted"),
        archived=pgettext_lazy("status of an invoice", "Archived"),
        due=gettext_lazy("Due date"),
    ),
    create=operations.create_invoice,
    update=operations.update_invoice,
    statuses={
        Status.DRAFT: (DRAFT, "draft"),
        Status.SENT: (pgettext_lazy("status of an invoice", "Sent"), "sent"),
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
        ("viewed", gettext_lazy("Unpaid and viewed")),
        ("unseen", gettext_lazy("Unpaid and not viewed")),
        ("paid", pgettext_lazy("invoices", "Paid")),
        ("cancelled", pgettext_lazy("invoices", "Cancelled")),
    ),
    editable=editable,
    locked=gettext_lazy("A sent invoice is locked: cancel it, or correct it by a credit note."),
    more_details=more_details,
    own_filters=of_schedule,
    extra_actions=actions,
    rare_actions=rare,
    verbs=VERBS,
)
