"""Counters that start again at 1 every year, month … (contract rules 16)."""

from __future__ import annotations

from datetime import date
from typing import Final

from comptoir.kernel.cadence import FREQUENCIES, nth
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from .models import Counter

RESET_SERIES: Final = (
    "invoice",
    "quote",
    "credit",
    "ticket",
    "payment",
    "project",
    "task",
    "expense",
    "recurring_expense",
    "purchase_order",
)
"""Clients, vendors and recurring documents keep counting."""


def restart_if_due(preferences: Preferences, on: date) -> None:
    """Set the counters back to 1 when the reset date has come, and move the date on.

    Asked at every draw, so it looks at two settings first; the rest happens under the company's lock.
    """
    if not _due(preferences, on):
        return
    company = current_company()
    lock(company)
    fresh = Preferences((company.settings,))
    if not _due(fresh, on):
        return
    Counter.objects.filter(series__in=RESET_SERIES).update(next_value=1)
    company.settings = {**company.settings, "reset_counter_date": _following(fresh, on).isoformat()}
    company.save(update_fields=["settings", "updated_at"])


def _due(preferences: Preferences, on: date) -> bool:
    day = preferences.reset_counter_date
    return preferences.reset_counter_frequency_id in FREQUENCIES and "" < day <= on.isoformat()


def _following(preferences: Preferences, on: date) -> date:
    """The first reset date after ``on``, counted from the first one so that no month is lost."""
    first = date.fromisoformat(preferences.reset_counter_date)
    frequency = preferences.reset_counter_frequency_id
    turns = 1
    while (day := nth(first, frequency, turns)) <= on:
        turns += 1
    return day
