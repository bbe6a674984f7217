"""Stretches of time that people name: this month, last year, or from one day to another."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy

from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.office.lists.columns import ListFilter, Rows

Span = tuple[date, date]
"""The first and the last day."""

NAMED = (
    ("month", gettext_lazy("This month")),
    ("last_month", gettext_lazy("Last month")),
    ("quarter", gettext_lazy("This quarter")),
    ("year", gettext_lazy("This year")),
    ("last_year", gettext_lazy("Last year")),
)


def by_date(desk: Desk, column: str = "date") -> ListFilter:
    """Only what falls into a period, by the column of its date."""

    def narrow(rows: Rows, value: str) -> Rows:
        found = span(value, desk.on)
        return rows.filter(**{f"{column}__range": found}) if found else rows

    return ListFilter("period", gettext_lazy("Date"), NAMED, narrow, label_of=lambda value: said(value, desk))


def span(value: str, on: date) -> Span | None:
    """The days of a period's name, or of "2026-01-01..2026-03-31"; None for anything else."""
    month = on.replace(day=1)
    quarter = month.replace(month=(on.month - 1) // 3 * 3 + 1)
    match value:
        case "month":
            return month, _end(month, 1)
        case "last_month":
            return (month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)
        case "quarter":
            return quarter, _end(quarter, 3)
        case "year":
            return on.replace(month=1, day=1), on.replace(month=12, day=31)
        case "last_year":
            return date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)
        case _:
            return _typed(value)


def _end(first: date, months: int) -> date:
    for _n in range(months):
        first = (first + timedelta(days=32)).replace(day=1)
    return first - timedelta(days=1)


def _typed(value: str) -> Span | None:
    """Either side may be left open."""
    first, dots, last = value.partition("..")
    try:
        since = date.fromisoformat(first) if first else date.min
        until = date.fromisoformat(last) if last else date.max
    except ValueError:
        return None
    return (since, until) if dots and (first or last) else None


def said(value: str, desk: Desk) -> str:
    """A typed period in words."""
    found = _typed(value)
    if found is None:
        return value
    return " – ".join(
        formats.day(day, desk.locale) if day not in (date.min, date.max) else "…" for day in found
    )
