"""The days that a scheduled statement is about, counted from the day it leaves (contract task_scheduler)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from comptoir.insight.statements.figures import Wish
from comptoir.insight.statements.periods import named_days

_DAYS: Final = {"last7_days": 7, "last30_days": 30, "last365_days": 365}
_NAMED: Final = {
    "this_month": "month",
    "last_month": "last_month",
    "this_quarter": "quarter",
    "last_quarter": "last_quarter",
    "this_year": "year",
    "last_year": "last_year",
}
SPANS: Final = (*_DAYS, *_NAMED, "all_time", "all", "custom")
FIRST: Final = date(2000, 1, 1)


def days(parameters: Mapping[str, Any], on: date) -> tuple[date, date]:
    """First and last day. Raises ValueError for days that are none, KeyError for an unknown span."""
    span = parameters.get("date_range") or "this_month"
    if span in _DAYS:
        return on - timedelta(days=_DAYS[span]), on
    if span in _NAMED:
        found = named_days(_NAMED[span], on)
        assert found is not None
        return found
    if span in ("all_time", "all"):
        return FIRST, on
    if span != "custom":
        raise KeyError(span)
    start, end = (str(parameters.get(name) or "") for name in ("start_date", "end_date"))
    return date.fromisoformat(start), date.fromisoformat(end)


def wish(parameters: Mapping[str, Any], on: date) -> Wish:
    """What a statement of this schedule shows. Raises as ``days``, and Refused at end_date or status."""
    start, end = days(parameters, on)
    return Wish(
        start,
        end,
        status=parameters.get("status") or "all",
        payments=bool(parameters.get("show_payments_table", True)),
        credits=bool(parameters.get("show_credits_table", True)),
        aging=bool(parameters.get("show_aging_table", True)),
        opening=bool(parameters.get("show_opening_balance", False)),
    )
