"""When an invoice may not be changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from comptoir.billing.rules import month_is_over
from comptoir.kernel.refused import Locked, Refused, WrongState
from comptoir.numbering.rules import is_gap_free
from comptoir.preferences.cascade import Preferences
from comptoir.reference.law import law

from .models import Invoice, Status


def is_locked(invoice: Invoice, preferences: Preferences, on: date) -> bool:
    """Whether it is closed to edits: setting ``lock_invoices`` (contract rules 11), else the law's rule.

    A draft never is: it is in no books yet, and nobody could cancel or credit it.
    """
    if invoice.is_draft:
        return False
    rule, source = preferences.found("lock_invoices")
    if source == "default" and law(preferences.of_company.country_id).lock_when_sent:
        rule = "when_sent"
    match rule:
        case "when_sent":
            return invoice.status_id >= Status.SENT
        case "when_paid":
            return invoice.status_id in (Status.PARTIAL, Status.PAID)
        case "end_of_month":
            return month_is_over(invoice.date, on)
        case _:
            return False


def refuse_locked(invoice: Invoice, preferences: Preferences, on: date) -> None:
    if is_locked(invoice, preferences, on):
        raise Locked(
            _("Invoice %(number)s is locked. Cancel it, or issue a credit note and a new invoice.")
            % {"number": invoice.number}
        )


def refuse_deleting_issued(invoice: Invoice) -> None:
    """Where the law wants numbers without gaps, what was issued is cancelled or credited (M13)."""
    if not invoice.is_draft and is_gap_free("invoice"):
        raise Refused(
            "number",
            _("Invoice %(number)s was issued: cancel it or issue a credit note instead of deleting it.")
            % {"number": invoice.number},
        )


def may_cancel(invoice: Invoice) -> bool:
    """Sent or partly paid, and neither archived nor deleted (contract rules 13)."""
    return invoice.is_open and invoice.archived_at is None and invoice.deleted_at is None


def refuse_cancelling(invoice: Invoice) -> None:
    if not may_cancel(invoice):
        raise WrongState(_("Only a sent invoice that is not archived can be cancelled."))


def may_reverse(invoice: Invoice) -> bool:
    """Issued, asked for money, and stands: neither cancelled, reversed nor deleted.

    One that was paid below nought before it was changed would need more than its own credit note.
    """
    stands = invoice.status_id in (Status.SENT, Status.PARTIAL, Status.PAID) and not invoice.is_deleted
    return stands and invoice.amount > 0 and 0 <= invoice.balance <= invoice.amount


def refuse_reversing(invoice: Invoice) -> None:
    if invoice.paid_to_date < 0 < invoice.amount:
        raise WrongState(_("More went back on this invoice than came in: enter what is owed first."))
    if not may_reverse(invoice):
        raise WrongState(_("Only a sent or paid invoice can be reversed."))


def refuse_deleting_reversed(invoice: Invoice) -> None:
    """Its credit note stands on it."""
    if invoice.status_id == Status.REVERSED:
        raise Refused(
            "number",
            _("Invoice %(number)s was reversed by a credit note: both stay. Archive it instead.")
            % {"number": invoice.number},
        )


def refuse_changing_reversed(invoice: Invoice, amount: Decimal) -> None:
    """``amount`` is what its credit note took back: another sum would leave one of them wrong."""
    if invoice.status_id == Status.REVERSED and invoice.amount != amount:
        raise Refused(
            "line_items",
            _("Invoice %(number)s was reversed by a credit note: its amount stays as it is.")
            % {"number": invoice.number},
        )


def may_be_split(invoice: Invoice) -> bool:
    """A draft, or issued with something left to pay."""
    return not invoice.is_deleted and invoice.amount > 0 and (invoice.is_draft or invoice.is_open)


def refuse_splitting(invoice: Invoice) -> None:
    if not may_be_split(invoice):
        raise WrongState(_("Only an invoice that is still to be paid can be paid in instalments."))


def refuse_backdating(invoice: Invoice) -> None:
    """Where numbers must be chronological, no date before that of the last issued invoice (M13)."""
    if not is_gap_free("invoice"):
        return
    last = (
        Invoice.objects.exclude(status_id=Status.DRAFT)
        .order_by("-date")
        .values_list("date", flat=True)
        .first()
    )
    if last is not None and invoice.date < last:
        raise Refused(
            "date",
            _("The date cannot be before %(day)s, the date of the last issued invoice.") % {"day": last},
        )
