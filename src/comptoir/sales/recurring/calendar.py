"""The dates of a schedule: pure, from its anchor, its rule and the client's zone."""

from __future__ import annotations

from datetime import date

from comptoir.billing.hours import moment_of
from comptoir.kernel.cadence import step
from comptoir.kernel.terms import PaymentTerm, recurring_due_date
from comptoir.preferences.cascade import Preferences

from .models import ENDLESS, RecurringInvoice

__all__ = ["after", "due_date", "moment_of", "preview"]

PREVIEWED = 10
LONGEST = 120


def after(recurring: RecurringInvoice, on: date) -> date:
    """The occurrence after the one of ``on``, its day of month that of the anchor (decision R1)."""
    anchor = recurring.anchor or on  # a sketch that nobody saved has none
    return step(on, recurring.frequency_id, anchor.day)


def due_date(recurring: RecurringInvoice, on: date, preferences: Preferences) -> date | None:
    """When an invoice of that day is due, by ``due_date_days`` (contract rules 15)."""
    days = str(preferences.payment_terms)
    term = PaymentTerm.parse(days) if days else None
    return recurring_due_date(on, recurring.due_date_days, term)


def preview(
    recurring: RecurringInvoice, preferences: Preferences, most: int = LONGEST
) -> list[tuple[date, date | None]]:
    """The next (send, due) dates: all that remain up to ``most``, ten of an endless schedule or ``most``."""
    if recurring.next_on is None:
        return []
    endless = PREVIEWED if most == LONGEST else most
    left = endless if recurring.remaining_cycles == ENDLESS else recurring.remaining_cycles
    dates, on = [], recurring.next_on
    for _n in range(min(left, most)):
        dates.append((on, due_date(recurring, on, preferences)))
        on = after(recurring, on)
    return dates
