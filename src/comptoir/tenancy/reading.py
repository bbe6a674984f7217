"""Rows by their keys, read by one SELECT that is prepared once per table.

Django compiles a query anew at every call and calls ``setattr`` for each column of each row; for the
wide tables that is ten times what the database needs. Operations that lock rows and bodies that name
them read through here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

from .conversions import Convert, from_driver, selected
from .scope import company_in_scope
from .statements import KEYS, run_keys

M = TypeVar("M", bound=models.Model)


def read(model: type[M], keys: Collection[int], *, lock: bool = False) -> dict[int, M]:
    """The rows of ``keys`` that exist, of whatever company, by key and in its order.

    With ``lock`` nobody else changes them until the transaction ends.
    """
    if not keys:
        return {}
    plan = _plan(model, connection.vendor)
    rows = [plan.columns.row(found) for found in run_keys(plan.locking if lock else plan.text, keys)]
    _introduce(rows)
    return {row.pk: row for row in rows}


def _introduce(rows: Sequence[models.Model]) -> None:
    """Rows of the company in scope share its one object, instead of reading it again each."""
    company = company_in_scope()
    for row in rows:
        if company is not None and getattr(row, "company_id", None) == company.pk:
            row._state.fields_cache["company"] = company


class Columns(Generic[M]):
    """Columns of a table, all of them or those named, and the rows that they make.

    What is left out is read when somebody asks for it, as with ``only()``.
    """

    def __init__(self, model: type[M], names: Collection[str] = (), table: str = "") -> None:
        chosen = [field for field in model._meta.concrete_fields if not names or field.name in names]
        vendor = connection.vendor
        self.model = model
        self.sql = ", ".join(selected(field, vendor, table) for field in chosen)
        self.names = tuple(field.attname for field in chosen)
        converts = ((place, from_driver(field, vendor)) for place, field in enumerate(chosen))
        self.converts: list[tuple[int, Convert]] = [(place, one) for place, one in converts if one]

    def row(self, found: Sequence[Any]) -> M:
        """What ``Model.from_db`` makes, without its way through ``__init__``."""
        values = list(found)
        for place, convert in self.converts:
            if values[place] is not None:
                values[place] = convert(values[place])
        row = self.model.__new__(self.model)
        row.__dict__.update(zip(self.names, values, strict=True))
        row._state = ModelState()
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row


class Plan(NamedTuple):
    columns: Columns[Any]
    text: str
    locking: str


@lru_cache(maxsize=256)
def _plan(model: type[models.Model], vendor: str) -> Plan:
    quote = connection.ops.quote_name
    columns, key = Columns(model), quote(model._meta.pk.column or "")
    text = (
        f"SELECT {columns.sql} FROM {quote(model._meta.db_table)} WHERE {key} {KEYS[vendor]} ORDER BY {key}"  # noqa: S608
    )
    return Plan(columns, text, text if vendor == "sqlite" else f"{text} FOR UPDATE")
