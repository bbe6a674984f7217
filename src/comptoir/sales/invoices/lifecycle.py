"""Pure steps of an invoice's life: they set columns and write nothing."""

from __future__ import annotations

from decimal import Decimal

from comptoir.billing.due import due_date
from comptoir.kernel.money import round_half_up
from comptoir.preferences.cascade import Preferences

from . import instalments
from .models import Invoice, Status

ZERO = Decimal(0)


SETTLED = (
    *("status_id", "balance", "paid_to_date", "partial"),
    *("partial_due_date", "due_date", "next_send_date", "auto_bill_tries"),
)
"""The columns that settling an invoice may change."""


def status_of(invoice: Invoice) -> Status:
    """The status that an issued invoice's balance gives it (contract rules 12, decision M10)."""
    balance = round_half_up(invoice.balance, 2)
    if balance == 0 or balance < 0 < invoice.paid_to_date:
        return Status.PAID
    partly = 0 < balance < invoice.amount or invoice.amount < balance < 0
    return Status.PARTIAL if partly else Status.SENT


def fall_due(invoice: Invoice, preferences: Preferences) -> None:
    """Fill the day payment is due from the terms, where nobody said one (contract rules 13).

    While a deposit is asked for, that day is the deposit's.
    """
    due = due_date(invoice.date, preferences)
    if due is None or invoice.due_date is not None:
        return
    if invoice.partial > 0:
        invoice.partial_due_date = invoice.partial_due_date or due
    else:
        invoice.due_date = due


def settle(invoice: Invoice, part: Decimal, preferences: Preferences) -> None:
    """Take ``part`` off what is owed (contract rules 14).

    An open deposit shrinks first; once it is covered the rest falls due, or the next instalment.
    """
    _settle(invoice, part, preferences)
    instalments.ask(invoice)
    if part > 0:
        invoice.auto_bill_tries = 0  # what is asked for next is tried anew


def _settle(invoice: Invoice, part: Decimal, preferences: Preferences) -> None:
    invoice.balance -= part
    invoice.paid_to_date += part
    if 0 < part < invoice.partial and invoice.balance != 0:
        invoice.partial -= part
        return
    if invoice.partial > 0:
        invoice.partial, invoice.partial_due_date = ZERO, None
        fall_due(invoice, preferences)
    invoice.status_id = status_of(invoice)
    if invoice.status_id == Status.PAID:
        invoice.next_send_date = None


def unsettle(invoice: Invoice, part: Decimal) -> Decimal:
    """Give ``part`` back to what is owed, after a refund or a deleted payment.

    Answers by how much the client's debt grows: nothing for a cancelled or a deleted invoice.
    """
    invoice.paid_to_date -= part
    if invoice.status_id in (Status.CANCELLED, Status.REVERSED):
        return ZERO
    invoice.balance += part
    invoice.status_id = status_of(invoice)
    instalments.ask(invoice)
    return ZERO if invoice.is_deleted else part


def reverse(invoice: Invoice) -> None:
    """A credit note took it back: nothing is owed, and what was paid is on that credit note."""
    invoice.balance, invoice.status_id, invoice.next_send_date = ZERO, Status.REVERSED, None
    invoice.partial, invoice.partial_due_date, invoice.auto_bill_enabled = ZERO, None, False
