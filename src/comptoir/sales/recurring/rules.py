"""When a recurring invoice may not be saved or started as asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.cadence import FREQUENCIES
from comptoir.kernel.refused import Refused, WrongState

from .models import AutoBill, RecurringInvoice, Status

_DUE_WORDS: Final = ("", "0", "terms", "on_receipt")


def refuse_odd_schedule(recurring: RecurringInvoice) -> None:
    """A known rhythm, a number of turns, a way to fall due (decision R3)."""
    faults = {}
    if not recurring.frequency_id:
        faults["frequency_id"] = [_("Say how often.")]
    elif recurring.frequency_id not in FREQUENCIES:
        faults["frequency_id"] = [_("This is not a frequency.")]
    if not -1 <= recurring.remaining_cycles <= 10_000:
        faults["remaining_cycles"] = [_("-1 for no end, or a number of invoices.")]
    days = recurring.due_date_days
    if days not in _DUE_WORDS and not (days.isascii() and days.isdigit() and 1 <= int(days) <= 31):
        faults["due_date_days"] = [_("This is not a way to fall due.")]
    if recurring.auto_bill not in AutoBill.values:
        faults["auto_bill"] = [_("This is not a way to bill by itself.")]
    if faults:
        raise Refused.many(faults)


def refuse_past(next_on: date | None, on: date) -> None:
    if next_on is not None and next_on < on - timedelta(days=1):
        raise Refused("next_send_date", _("The next invoice cannot be in the past."))


def refuse_made(recurring: RecurringInvoice, day: date) -> None:
    """Each day has one invoice (``occurrence_once``)."""
    if recurring.pk and recurring.occurrences.filter(on=day).exists():
        sentence = _("The invoice of that day is made already. Choose another day, or send one now.")
        raise Refused("next_send_date", sentence)


def refuse_starting(recurring: RecurringInvoice) -> None:
    if recurring.is_deleted or recurring.remaining_cycles == 0:
        raise WrongState(_("This recurring invoice has come to its end."))
    if recurring.status_id == Status.ACTIVE:
        raise WrongState(_("This recurring invoice is running."))


def refuse_made_meanwhile(recurring: RecurringInvoice, seen: date | None) -> None:
    """``seen`` is the next day as it was when somebody asked for its invoice."""
    if recurring.next_on != seen:
        raise WrongState(_("Its next invoice was made a moment ago."))


def may_end(recurring: RecurringInvoice) -> bool:
    """Whether there is anything left that a client could want to end."""
    return not recurring.is_deleted and recurring.status_id in (Status.ACTIVE, Status.PAUSED)


def refuse_ending(recurring: RecurringInvoice) -> None:
    if not may_end(recurring):
        raise WrongState(_("This recurring invoice has come to its end."))


def refuse_stopping(recurring: RecurringInvoice) -> None:
    if recurring.status_id != Status.ACTIVE:
        raise WrongState(_("This recurring invoice is not running."))
