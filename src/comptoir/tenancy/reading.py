"""Rows by their keys, read by one SELECT that is prepared once per table.

Django compiles a query anew at every call and calls ``setattr`` for each column of each row; for the
wide tables that is ten times what the database needs. Operations that lock rows and bodies that name
them read through here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from django.db import connection, models
from django.db.models.base import ModelState

from comptoir.kernel.money import from_micros

from .columns import MicroField
from .scope import company_in_scope
from .statements import KEYS, run_keys

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any], Any]

_TYPED: Final = (models.DateField, models.BooleanField)


class Plan(NamedTuple):
    """How a table is read, and which values are converted, by their place."""

    names: tuple[str, ...]
    text: str
    locking: str
    convert: tuple[tuple[int, Convert], ...]


def read(model: type[M], keys: Collection[int], *, lock: bool = False) -> dict[int, M]:
    """The rows of ``keys`` that exist, of whatever company, by key and in its order.

    With ``lock`` nobody else changes them until the transaction ends.
    """
    if not keys:
        return {}
    plan = _plan(model, connection.vendor)
    rows = [_row(model, plan, values) for values in run_keys(plan.locking if lock else plan.text, keys)]
    _introduce(rows)
    return {row.pk: row for row in rows}


def _row(model: type[M], plan: Plan, found: tuple[Any, ...]) -> M:
    """What ``Model.from_db`` makes, without its way through ``__init__``."""
    values = list(found)
    for place, convert in plan.convert:
        if values[place] is not None:
            values[place] = convert(values[place])
    row = model.__new__(model)
    row.__dict__.update(zip(plan.names, values, strict=True))
    row._state = ModelState()
    row._state.adding, row._state.db = False, connection.alias
    return row


def _introduce(rows: Iterable[models.Model]) -> None:
    """Rows of the company in scope share its one object, instead of reading it again each."""
    company = company_in_scope()
    for row in rows:
        if company is not None and getattr(row, "company_id", None) == company.pk:
            row._state.fields_cache["company"] = company  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def _plan(model: type[models.Model], vendor: str) -> Plan:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    key = quote(model._meta.pk.column or "")
    plus = "+" if vendor == "sqlite" else ""  # hides a column's type, which Django parses slowly
    columns = ", ".join(
        f"{plus if isinstance(field, _TYPED) else ''}{quote(field.column or '')}" for field in fields
    )
    text = f"SELECT {columns} FROM {quote(model._meta.db_table)} WHERE {key} {KEYS[vendor]} ORDER BY {key}"  # noqa: S608
    return Plan(
        names=tuple(field.attname for field in fields),
        text=text,
        locking=text if vendor == "sqlite" else f"{text} FOR UPDATE",
        convert=tuple((n, convert) for n, field in enumerate(fields) if (convert := _convert(field, vendor))),
    )


def _convert(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    """What turns a driver's value into Python's; None where they are the same."""
    if isinstance(field, MicroField):
        return from_micros
    if isinstance(field, models.JSONField):
        return msgspec.json.decode
    if vendor != "sqlite":
        return None
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return date.fromisoformat
    return bool if isinstance(field, models.BooleanField) else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
