"""Named spans of days, as the dashboard's questions use them (contract rules 24)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta


class Period(NamedTuple):
    """Both days belong to it."""

    start: date
    end: date


_USUAL: Final = timedelta(days=20)
_DAY: Final = timedelta(days=1)
_FIRST: Final = date(1, 1, 1)


def _days(count: int) -> Callable[[date, int], Period]:
    return lambda today, first_month: Period(today - timedelta(days=count), today)


def _months(length: int, back: int) -> Callable[[date, int], Period]:
    """A span of ``length`` months counted from the first month of the year, ``back`` spans ago."""

    def span(today: date, first_month: int) -> Period:
        since = (today.month - first_month) % 12
        start = today.replace(day=1) - relativedelta(months=since % length + back * length)
        return Period(start, start + relativedelta(months=length) - _DAY)

    return span


_NAMED: Final[Mapping[str, Callable[[date, int], Period]]] = {
    "last7_days": _days(7),
    "last30_days": _days(30),
    "last365_days": _days(365),
    "this_month": _months(1, 0),
    "last_month": _months(1, 1),
    "this_quarter": _months(3, 0),
    "last_quarter": _months(3, 1),
    "this_year": _months(12, 0),
    "last_year": _months(12, 1),
    "all_time": lambda today, first_month: Period(_FIRST, today),
}


def period(name: str, start: date | None, end: date | None, *, today: date, first_month: int = 1) -> Period:
    """The span meant: by name, by its two days, or the last twenty days; an unknown name is this month."""
    if name in ("", "custom"):
        last = end or today
        return Period(start or last - _USUAL, last)
    return _NAMED.get(name, _NAMED["this_month"])(today, first_month)


def before(span: Period) -> Period:
    """The span of the same length that ends the day before."""
    if span.start <= _FIRST:
        return span
    return Period(max(_FIRST, span.start - (span.end - span.start) - _DAY), span.start - _DAY)
