"""What invoices are on screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.activity.actors import Actor
from comptoir.billing.documents import BillingDocument
from comptoir.billing.hours import planned_day
from comptoir.collecting.wishes import charge_now
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.offers import stored_methods
from comptoir.kernel import formats, ids
from comptoir.kernel.refused import WrongState
from comptoir.numbering.rules import is_gap_free
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import DRAFT, Kind, Verb, Words
from comptoir.office.documents.signatures import proofs
from comptoir.office.links import address, record_url
from comptoir.office.lists import ListFilter
from comptoir.office.lists.periods import by_date
from comptoir.payments import operations as payments
from comptoir.payments.parts import is_payable, owed
from comptoir.payments.reversing import reverse_invoice
from comptoir.reference import currency
from comptoir.sales.invoices import operations
from comptoir.sales.invoices.instalments import planned
from comptoir.sales.invoices.models import Invoice, InvoiceInvitation, Status
from comptoir.sales.invoices.rules import is_locked, may_be_split, may_cancel, may_reverse
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.ui.parts import Action, Detail
from comptoir.ui.tags.figures import day, locale


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


def can_be_paid(invoice: Invoice, on: date | None = None) -> bool:
    return is_payable(invoice) and owed(invoice) > 0


def has_stored(invoice: Invoice) -> bool:
    return bool(stored_methods(invoice.client))


def charge_stored(invoice: Invoice, *, by: Actor, on: date) -> None:
    """Raises WrongState where the client has stored nothing to charge."""
    if not has_stored(invoice):
        raise WrongState(_("The client has stored no payment method."))
    charge_now(invoice, by=by, on=on)


def charging(invoice: Invoice) -> list[str]:
    """What is charged, how much of it, and where it is told."""
    method = next(iter(stored_methods(invoice.client)), None)
    if method is None:
        return [_("The client has stored no payment method.")]
    asked = invoice.partial if invoice.partial > 0 else owed(invoice)
    said = {"amount": _plainly(invoice, asked), "method": str(method) or _("The stored method")}
    return [
        _("%(method)s is charged %(amount)s, less open credits and money on account.") % said,
        _("A moment later the history of the invoice says what came of it."),
    ]


def editable(invoice: Invoice, on: date) -> bool:
    return not invoice.is_deleted and not is_locked(invoice, invoice.client.preferences, on)


def deletable(invoice: Invoice, on: date) -> bool:
    """An issued invoice is cancelled or credited instead where numbers have no gaps (M13)."""
    if invoice.is_deleted or invoice.status_id == Status.REVERSED:
        return False
    return invoice.is_draft or not is_gap_free("invoice")


def reversing(invoice: Invoice) -> list[str]:
    """What becomes of the rest and of what was paid (contract rules 13)."""
    found = [_("A credit note of %(amount)s is issued.") % {"amount": _plainly(invoice, invoice.amount)}]
    if invoice.balance:
        found.append(_("Nothing more is owed on it."))
    if paid := invoice.paid_to_date:
        found.append(_("The client keeps %(amount)s as credit.") % {"amount": _plainly(invoice, paid)})
    return found


def _plainly(invoice: Invoice, amount: Decimal) -> str:
    """An amount inside a sentence."""
    unit = currency(invoice.currency_id)
    return formats.money(amount, unit, locale()) if unit else f"{amount:f}"


def shrinking(invoice: Invoice) -> list[str]:
    """The payments that lose what they paid here (M16)."""
    paid = invoice.allocations.live().select_related("payment")
    numbers = sorted({each.payment.number for each in paid})
    return [_("Payment %(number)s shrinks by what it paid here.") % {"number": number} for number in numbers]


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


def more_details(invoice: Invoice) -> list[Detail]:
    """Its instalments, its reminders, the quote or recurring invoice it comes from, and who signed it."""
    return [
        *_instalments(invoice),
        *_reminders(invoice),
        *_quotes(invoice),
        *_recurring(invoice),
        *proofs(invoice),
    ]


def _instalments(invoice: Invoice) -> list[Detail]:
    rows = planned(invoice)
    return [
        Detail(
            _("Instalment %(n)s of %(total)s") % {"n": n, "total": len(rows)},
            (_("%(amount)s on %(day)s, asked for") if row.called else _("%(amount)s on %(day)s"))
            % {"amount": _plainly(invoice, row.amount), "day": formats.day(row.on, locale())},
        )
        for n, row in enumerate(rows, start=1)
    ]


def _reminders(invoice: Invoice) -> list[Detail]:
    coming = invoice.next_send_date
    found = [(_("Last reminder"), invoice.reminder_last_sent)]
    if coming is not None and invoice.is_open:
        found.append((_("Next reminder"), planned_day(coming, invoice.client.preferences)))
    return [Detail(label, day(when)) for label, when in found if when]


def _quotes(invoice: Invoice) -> list[Detail]:
    rows = invoice.quotes.filter(deleted_at=None).order_by("pk")
    return [Detail(_("Quote"), each.number, url=record_url("quote", each.pk)) for each in rows]


def _recurring(invoice: Invoice) -> list[Detail]:
    if invoice.recurring_id is None:
        return []
    rows = RecurringInvoice.objects.filter(pk=invoice.recurring_id).values_list("number", flat=True)
    label = rows.first() or _("No number yet")
    return [Detail(_("Recurring invoice"), label, url=record_url("recurringinvoice", invoice.recurring_id))]


VERBS = (
    Verb(
        "mark_sent", gettext_lazy("Mark as sent"), "circle-check", operations.mark_sent,
        lambda invoice, on: invoice.is_draft and not invoice.is_deleted,
        gettext_lazy("The invoice is issued."), divided=True,
    ),
    Verb(
        "mark_paid", gettext_lazy("Mark as paid"), "cash", payments.mark_paid, can_be_paid,
        gettext_lazy("The payment is recorded."), also="payment",
    ),
    Verb(
        "auto_bill", gettext_lazy("Charge the stored method"), "credit-card", charge_stored, can_be_paid,
        gettext_lazy("The stored method is being charged."), also="payment", look=has_stored,
        wanted=lambda: StoredMethod.objects.usable().exists(),
        asks=True, consequences=charging,
    ),
    Verb(
        "cancel", gettext_lazy("Cancel the invoice"), "ban", operations.cancel_invoice,
        lambda invoice, on: may_cancel(invoice), gettext_lazy("The invoice is cancelled."),
        asks=True, divided=True,
        consequences=lambda invoice: [_("Nothing more is owed on it."), _("Its number stays taken.")],
    ),
    Verb(
        "reverse", gettext_lazy("Reverse by a credit note"), "receipt-refund", reverse_invoice,
        lambda invoice, on: may_reverse(invoice), gettext_lazy("The invoice is reversed."),
        asks=True, also="credit", consequences=reversing,
        then=lambda credit: address("show-credit", credit.pk),
    ),
    Verb(
        "archive", gettext_lazy("Archive"), "archive", operations.archive_invoice,
        lambda invoice, on: invoice.archived_at is None, gettext_lazy("The invoice is archived."),
        undo="restore", divided=True,
    ),
    Verb(
        "restore", gettext_lazy("Restore"), "archive-off", operations.restore_invoice,
        lambda invoice, on: invoice.archived_at is not None, gettext_lazy("The invoice is back."),
    ),
    Verb(
        "delete", gettext_lazy("Delete"), "trash", operations.delete_invoice,
        deletable, gettext_lazy("The invoice is deleted."),
        danger=True, undo="restore", asks=True, consequences=shrinking,
    ),
)  # fmt: skip

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
