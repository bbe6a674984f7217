"""Which records of a sheet an export holds: what the wire says of days, deleted ones and clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel.refused import Refused
from comptoir.preferences.values import truth
from comptoir.tenancy.scope import current_company

from . import rules, spans
from .declaring import Sheet

_DATES = ("date", "due_date", "created_at", "updated_at")


def narrowed(sheet: Sheet, rows: QuerySet[Any], said: Mapping[str, Any], *, on: date) -> QuerySet[Any]:
    """Those of the span, by the days of the company in scope; deleted ones where they are asked for.

    ``date_key`` names another column of days than the usual one. Raises Refused as ``days`` and ``flag``.
    """
    if not flag(said, "include_deleted"):
        rows = sheet.live(rows)
    first, last = days(said, on)
    column = _dated(str(said.get("date_key") or ""), sheet)
    moment = isinstance(sheet.model._meta.get_field(column), DateTimeField)
    with timezone.override(current_company().zone):
        for sign, edge in (("gte", first), ("lte", last)):
            if edge is not None:
                rows = rows.filter(**{f"{column}{'__date' if moment else ''}__{sign}": edge})
    return rows


def days(said: Mapping[str, Any], on: date) -> spans.Span:
    """Raises Refused at ``start_date`` or ``end_date``."""
    return spans.span(
        str(said.get("date_range") or "all"),
        _day(said, "start_date"),
        _day(said, "end_date"),
        today=on,
        first_month=spans.first_month(current_company()),
    )


def of_clients(sheet: Sheet, rows: QuerySet[Any], keys: Sequence[int | None]) -> QuerySet[Any]:
    """Those of these clients; the rows of a sheet that knows no clients stay."""
    if sheet.model is Client:
        return rows.filter(pk__in=keys)
    names = {field.attname for field in sheet.model._meta.concrete_fields}
    return rows.filter(client_id__in=keys) if "client_id" in names else rows


def named(sent: Any) -> list[str]:
    """The columns that somebody names; none for what is no list."""
    return [str(name) for name in sent] if isinstance(sent, list) else []


def flag(said: Mapping[str, Any], name: str) -> bool:
    """Raises Refused at ``name`` for what is neither yes nor no."""
    try:
        return truth(said.get(name) or False)
    except ValueError:
        raise Refused(name, _("This is neither true nor false.")) from None


def _day(said: Mapping[str, Any], name: str) -> date | None:
    sent = str(said.get(name) or "")[:10]
    try:
        return date.fromisoformat(sent) if sent else None
    except ValueError:
        raise Refused(name, _("This is not a day.")) from None


def _dated(name: str, sheet: Sheet) -> str:
    """The column that the span is of."""
    name = name.rpartition(".")[2]
    known = {field.name for field in sheet.model._meta.concrete_fields}
    return name if name in _DATES and name in known else sheet.dated


def keys_of(sheet: Sheet, rows: QuerySet[Any]) -> list[int]:
    """In the order of the sheet; one more than may be exported at most."""
    return list(rows.order_by(sheet.order).values_list("pk", flat=True)[: rules.MOST + 1])
