"""What can be done with an invoice, when, and what follows from it: the menu, the bulk bar, the questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.activity.actors import Actor
from comptoir.collecting import rights
from comptoir.collecting.wishes import charge_now
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.offers import stored_by, stored_methods
from comptoir.kernel.refused import WrongState
from comptoir.numbering.rules import is_gap_free
from comptoir.office.documents.kinds import Verb
from comptoir.office.links import address
from comptoir.payments import operations as payments
from comptoir.payments.parts import is_payable, owed
from comptoir.payments.reversing import reverse_invoice
from comptoir.sales.invoices import operations
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.invoices.rules import may_cancel, may_reverse

from .details import plainly


def can_be_paid(invoice: Invoice, on: date | None = None) -> bool:
    return is_payable(invoice) and owed(invoice) > 0


def with_stored(invoices: Sequence[Invoice]) -> list[Invoice]:
    """Those whose clients have stored something to charge, which is kept for ``charging``."""
    methods = stored_by(each.client_id for each in invoices)
    for each in invoices:
        each.chargeable = next(iter(methods.get(each.client_id, ())), None)  # type: ignore[attr-defined]
    return [each for each in invoices if each.client_id in methods]


def charge_stored(invoice: Invoice, *, by: Actor, on: date) -> None:
    """Raises WrongState where the client has stored nothing to charge."""
    if not stored_methods(invoice.client):
        raise WrongState(_("The client has stored no payment method."))
    charge_now(invoice, by=by, on=on)


def charging(invoice: Invoice) -> list[str]:
    """What is charged, how much of it, and where it is told."""
    if not hasattr(invoice, "chargeable"):
        with_stored([invoice])
    method = invoice.chargeable  # type: ignore[attr-defined]
    if method is None:
        return [_("The client has stored no payment method.")]
    asked = invoice.partial if invoice.partial > 0 else owed(invoice)
    said = {"amount": plainly(invoice, asked), "method": str(method) or _("The stored method")}
    return [
        _("%(method)s is charged %(amount)s, less open credits and money on account.") % said,
        _("A moment later the history of the invoice says what came of it."),
    ]


def deletable(invoice: Invoice, on: date) -> bool:
    """An issued invoice is cancelled or credited instead where numbers have no gaps (M13)."""
    if invoice.is_deleted or invoice.status_id == Status.REVERSED:
        return False
    return invoice.is_draft or not is_gap_free("invoice")


def reversing(invoice: Invoice) -> list[str]:
    """What becomes of the rest and of what was paid (contract rules 13)."""
    found = [_("A credit note of %(amount)s is issued.") % {"amount": plainly(invoice, invoice.amount)}]
    if invoice.balance:
        found.append(_("Nothing more is owed on it."))
    if paid := invoice.paid_to_date:
        found.append(_("The client keeps %(amount)s as credit.") % {"amount": plainly(invoice, paid)})
    return found


def shrinking(invoice: Invoice) -> list[str]:
    """The payments that lose what they paid here (M16)."""
    paid = invoice.allocations.live().select_related("payment")
    numbers = sorted({each.payment.number for each in paid})
    return [_("Payment %(number)s shrinks by what it paid here.") % {"number": number} for number in numbers]


VERBS = (
    Verb(
        "mark_sent", pgettext_lazy("invoice", "Mark as sent"), "circle-check", operations.mark_sent,
        lambda invoice, on: invoice.is_draft and not invoice.is_deleted,
        gettext_lazy("The invoice is issued."), divided=True,
    ),
    Verb(
        "mark_paid", gettext_lazy("Mark as paid"), "cash", payments.mark_paid, can_be_paid,
        gettext_lazy("The payment is recorded."), makes=rights.paying,
    ),
    Verb(
        "auto_bill", gettext_lazy("Charge the stored method"), "credit-card", charge_stored, can_be_paid,
        gettext_lazy("The stored method is being charged."), makes=rights.paying, able=with_stored,
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
        asks=True, makes=lambda invoice: ("credit",), consequences=reversing,
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
