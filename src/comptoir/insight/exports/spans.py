"""Named spans of days, as the wire's reports and its dashboard say them (contract rules 24 and 25)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

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


def named(name: str, *, today: date, first_month: int = 1) -> tuple[date, date] | None:
    """The days of "last7_days", "this_quarter" …; None for a name that says no days."""
    name = name.removesuffix("_days")
    if name in _DAYS:
        return today - timedelta(days=_DAYS[name]), today
    if name not in _MONTHS:
        return None
    length, ago = _MONTHS[name]
    since = (today.month - first_month) % 12 % length
    first = today.replace(day=1) - relativedelta(months=since + ago * length)
    return first, first + relativedelta(months=length) - timedelta(days=1)


def span(name: str, start: date | None, end: date | None, *, today: date, first_month: int = 1) -> Span:
    """The days meant. Years and quarters begin with the company's first month; unknown names are all.

    Raises Refused at ``start_date`` or ``end_date`` for a custom span that is none.
    """
    if found := named(name, today=today, first_month=first_month):
        return found
    if name != "custom":
        return None, None
    if start is None or end is None:
        raise Refused("end_date" if start else "start_date", _("Choose a first and a last day."))
    if end < start:
        raise Refused("end_date", _("The last day is before the first."))
    return start, end


def first_month(company: Company) -> int:
    """The month with which the company's years begin."""
    month = str(company.switch("first_month_of_year"))
    return int(month) if month.isdecimal() and 1 <= int(month) <= 12 else 1
