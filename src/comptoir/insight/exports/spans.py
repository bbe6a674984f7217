"""Named spans of days, as the wire's reports say them (contract rules 25)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

Span = tuple[date | None, date | None]
"""A first and a last day; None where there is no end."""
_DAYS: Final = {"last7": 7, "last30": 30, "last365": 365}
_MONTHS: Final = {
    "this_month": (1, 0),
    "last_month": (1, 1),
    "this_quarter": (3, 0),
    "last_quarter": (3, 1),
    "this_year": (12, 0),
    "last_year": (12, 1),
}
"""Length in months, and how many such spans ago."""


def span(name: str, start: date | None, end: date | None, *, today: date, first_month: int = 1) -> Span:
    """The days meant. Years and quarters begin with the company's first month; unknown names are all.

    Raises Refused at ``start_date`` or ``end_date`` for a custom span that is none.
    """
    name = name.removesuffix("_days")
    if name in _DAYS:
        return today - timedelta(days=_DAYS[name]), today
    if name in _MONTHS:
        length, ago = _MONTHS[name]
        since = (today.month - first_month) % 12 % length
        first = today.replace(day=1) - relativedelta(months=since + ago * length)
        return first, first + relativedelta(months=length) - timedelta(days=1)
    if name != "custom":
        return None, None
    if start is None or end is None:
        raise Refused("end_date" if start else "start_date", _("Choose a first and a last day."))
    if end < start:
        raise Refused("end_date", _("The last day is before the first."))
    return start, end
