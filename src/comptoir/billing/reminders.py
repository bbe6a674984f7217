"""When a document is reminded of, and what that costs: the steps of the settings (contract rules 20).

Pure. A step counts when it has a schedule and does something: mails, or adds a fee.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import models

from comptoir.kernel.cadence import FREQUENCIES, occurrences
from comptoir.kernel.money import round_half_up
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.rows import CompanyOwned

ENDLESS: Final = "endless"
SETTINGS: Final = frozenset(
    {
        *("send_reminders", "timezone_id", "entity_send_time"),
        *(
            f"{key}{n}"
            for n in (1, 2, 3)
            for key in (
                "enable_reminder", "num_days_reminder", "schedule_reminder", "late_fee_amount",
                "late_fee_percent",
            )
        ),
        *("enable_reminder_endless", "endless_reminder_frequency_id"),
        *("late_fee_endless_amount", "late_fee_endless_percent"),
        *("enable_quote_reminder1", "quote_num_days_reminder1", "quote_schedule_reminder1"),
        *("quote_late_fee_amount1", "quote_late_fee_percent1"),
    }
)  # fmt: skip
"""The settings that move the days of reminders."""
LONGEST: Final = 3650
"""Days; what is further away is never."""


class Turn(NamedTuple):
    """One reminder: its stage ("1", "2", "3" or "endless") and the client's day it is planned for."""

    stage: str
    on: date


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered reminder as the settings have it. ``amount`` is money, ``percent`` of what is asked for."""

    stage: str
    schedule: str
    days: int
    mails: bool
    amount: Decimal
    percent: Decimal

    @property
    def counts(self) -> bool:
        return bool(self.schedule) and (self.mails or self.amount > 0 or self.percent > 0)

    def day(self, dated: date, due: date | None) -> date | None:
        """Its day for a document of that date; None without the day that it counts from."""
        if self.schedule.startswith("after_") and self.schedule.endswith(("invoice_date", "quote_date")):
            return dated + timedelta(days=self.days)
        if due is None:
            return None
        return due + timedelta(days=-self.days if self.schedule.startswith("before_") else self.days)

    def fee(self, base: Decimal, places: int) -> Decimal:
        """What it adds, before tax, rounded to the currency's decimals."""
        return round_half_up(
            max(self.amount, Decimal(0)) + max(self.percent, Decimal(0)) * base / 100, places
        )


def step(preferences: Preferences, n: int) -> Step:
    """The n-th reminder of invoices."""
    return Step(
        stage=str(n),
        schedule=str(preferences[f"schedule_reminder{n}"]),
        days=_days(preferences[f"num_days_reminder{n}"]),
        mails=bool(preferences[f"enable_reminder{n}"]) and bool(preferences.send_reminders),
        amount=preferences[f"late_fee_amount{n}"],
        percent=preferences[f"late_fee_percent{n}"],
    )


def _days(value: int) -> int:
    """What an app may have sent, within reason."""
    return max(0, min(int(value), LONGEST))


def steps(preferences: Preferences) -> list[Step]:
    """The numbered reminders of invoices that count."""
    every = (step(preferences, n) for n in (1, 2, 3))
    return [each for each in every if each.counts]


def endless(preferences: Preferences) -> Step:
    """The reminder that comes back; its schedule is the id of its frequency, "" when it is off."""
    frequency = str(preferences.endless_reminder_frequency_id)
    is_on = bool(preferences.enable_reminder_endless) and frequency in FREQUENCIES
    return Step(
        stage=ENDLESS,
        schedule=frequency if is_on else "",
        days=0,
        mails=is_on and bool(preferences.send_reminders),
        amount=preferences.late_fee_endless_amount,
        percent=preferences.late_fee_endless_percent,
    )


def of_quotes(preferences: Preferences) -> Step:
    """The one reminder of quotes."""
    return Step(
        stage="1",
        schedule=str(preferences.quote_schedule_reminder1),
        days=_days(preferences.quote_num_days_reminder1),
        mails=bool(preferences.enable_quote_reminder1) and bool(preferences.send_reminders),
        amount=preferences.quote_late_fee_amount1,
        percent=preferences.quote_late_fee_percent1,
    )


def coming_back(last: date, frequency_id: str) -> Iterator[date]:
    """The days of the endless reminder after the last one."""
    days = occurrences(last, frequency_id)
    next(days)
    return days


class Sent(CompanyOwned):
    """A reminder that was made. Inserted before anything else of it: the same stage never comes twice.

    ``turn`` counts the endless ones from 1 and is 0 for the others; ``fee`` is what was added before
    tax, in the document's currency; ``is_mailed`` says whether anybody was written to.
    """

    stage = models.CharField(max_length=8)
    turn = models.SmallIntegerField(default=0)
    on = models.DateField()
    fee = MoneyField()
    is_mailed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        abstract = True
