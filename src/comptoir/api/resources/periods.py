"""Named spans of days, as the dashboard's questions use them (contract rules 24)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from comptoir.insight.exports.spans import named


class Period(NamedTuple):
    """Both days belong to it."""

    start: date
    end: date


_USUAL: Final = timedelta(days=20)
_DAY: Final = timedelta(days=1)
_FIRST: Final = date(1, 1, 1)


def period(name: str, start: date | None, end: date | None, *, today: date, first_month: int = 1) -> Period:
    """The span meant: by name, by its two days, or the last twenty days; an unknown name is this month."""
    if name in ("", "custom"):
        last = end or today
        return Period(start or last - _USUAL, last)
    if name == "all_time":
        return Period(_FIRST, today)
    found = named(name, today=today, first_month=first_month) or named("this_month", today=today)
    assert found is not None
    return Period(*found)


def before(span: Period) -> Period:
    """The span of the same length that ends the day before."""
    if span.start <= _FIRST:
        return span
    return Period(max(_FIRST, span.start - (span.end - span.start) - _DAY), span.start - _DAY)
