"""Which records of a sheet an export holds: those of some days, by one of their dates."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, QuerySet
from django.utils import timezone

from . import rules
from .declaring import Sheet

_DATES = ("date", "due_date", "created_at", "updated_at")


def of_days(
    sheet: Sheet, rows: QuerySet[Any], first: date | None, last: date | None, *, by: str, zone: ZoneInfo
) -> QuerySet[Any]:
    """From ``first`` to ``last``, open where None; ``by`` names another column of days than the usual one.

    Moments are those of ``zone``.
    """
    column = _dated(by, sheet)
    moment = isinstance(sheet.model._meta.get_field(column), DateTimeField)
    with timezone.override(zone):
        for sign, edge in (("gte", first), ("lte", last)):
            if edge is not None:
                rows = rows.filter(**{f"{column}{'__date' if moment else ''}__{sign}": edge})
    return rows


def _dated(name: str, sheet: Sheet) -> str:
    """The column that the span is of."""
    name = name.rpartition(".")[2]
    known = {field.name for field in sheet.model._meta.concrete_fields}
    return name if name in _DATES and name in known else sheet.dated


def keys_of(sheet: Sheet, rows: QuerySet[Any]) -> list[int]:
    """The oldest first, activities the newest; one more than may be exported at most."""
    order = "-pk" if sheet.key == "activities" else "pk"
    return list(rows.order_by(order).values_list("pk", flat=True)[: rules.MOST + 1])
