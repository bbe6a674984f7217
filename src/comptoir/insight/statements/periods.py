"""Stretches of time that people ask a statement for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMED: Final[Mapping[str, str | Promise]] = {
    "month": _("This month"),
    "last_month": _("Last month"),
    "quarter": _("This quarter"),
    "last_quarter": _("Last quarter"),
    "year": _("This year"),
    "last_year": _("Last year"),
}


def named_days(name: str, on: date) -> tuple[date, date] | None:
    """The first and the last day of a named period, as seen on a day; None for another name."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(name.removeprefix("last_"))
    if name not in NAMED or months is None:
        return None
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    if name.startswith("last_"):
        first = _later(first, -months)
    return first, _later(first, months) - timedelta(days=1)


def _later(first: date, months: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, month + 1, 1)
