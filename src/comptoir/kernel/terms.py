"""When a document is due: so many days after its date, or at the end of that month."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LONGEST_TERM: Final = 9999

_WRITTEN: Final = re.compile(r"(\d{1,4})( EOM)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaymentTerm:
    """Days after the document's date; with ``end_of_month``, on to the end of the month they reach.

    That is the reading of « 30 jours fin de mois » that the Code de commerce (L441-10) names first.
    """

    days: int
    end_of_month: bool = False

    @classmethod
    def parse(cls, text: str) -> PaymentTerm | None:
        """Read a setting: "30", "45 EOM", or "" for none. Raises ValueError for anything else."""
        if not text.strip():
            return None
        written = _WRITTEN.fullmatch(text.strip())
        if not written:
            raise ValueError("no payment term")
        return cls(int(written[1]), written[2] is not None)

    def __str__(self) -> str:
        return f"{self.days} EOM" if self.end_of_month else str(self.days)

    def due_on(self, on: date) -> date:
        due = on + timedelta(days=self.days)
        return end_of_month(due) if self.end_of_month else due


def due_date(on: date, term: PaymentTerm | None) -> date | None:
    """Give the day a document of ``on`` is due, or None without a term."""
    return term.due_on(on) if term else None


def recurring_due_date(on: date, choice: str, term: PaymentTerm | None) -> date | None:
    """Give the due day of a document made by a schedule (``due_date_days`` of contract rules 15).

    ``choice`` is "terms", "" or "0" (the payment term), "on_receipt", or a day of the month: the
    first such day after ``on``, the month's last where the month is shorter.
    """
    if choice in ("terms", "", "0"):
        return due_date(on, term)
    if choice == "on_receipt":
        return on
    return _next_day_of_month(on, int(choice))


def end_of_month(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1])


def _next_day_of_month(on: date, day: int) -> date:
    if not 1 <= day <= 31:
        raise ValueError("no day of a month")
    this_month = on.replace(day=min(day, end_of_month(on).day))
    if this_month > on:
        return this_month
    end = end_of_month(end_of_month(on) + timedelta(days=1))
    return end.replace(day=min(day, end.day))
