"""New rows written by one INSERT that is prepared once per table.

Django compiles an INSERT anew at every call, which costs more than the insert itself. The rows that
every operation writes (clients, contacts, activity) go through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.db import connection, models

from .conversions import Convert, to_driver
from .searching import SearchText
from .statements import run

_MOST_VALUES: Final = 6_000
"""Of one statement. SQLite takes 32,766, but long statements are slow to prepare."""


class Plan(NamedTuple):
    """How rows of one table become values: read all, set ``stamps``, convert some by place."""

    head: str
    tail: str
    group: str
    read: attrgetter[Any]
    stamps: tuple[tuple[int, models.Field[Any, Any]], ...]
    convert: tuple[tuple[int, Convert], ...]
    at_once: int


def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model and give them their keys; stamps are set as ``save`` would.

    Raises IntegrityError for a broken constraint, like any write.
    """
    if not rows:
        return
    plan = _plan(type(rows[0]))
    for start in range(0, len(rows), plan.at_once):
        chunk = rows[start : start + plan.at_once]
        values = [value for row in chunk for value in _values(plan, row)]
        given = run(plan.head + ", ".join([plan.group] * len(chunk)) + plan.tail, values)
        for row, (key,) in zip(chunk, given, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias


def _values(plan: Plan, row: models.Model) -> list[Any]:
    found = list(plan.read(row))
    for place, field in plan.stamps:
        found[place] = field.pre_save(row, True)
    for place, convert in plan.convert:
        if found[place] is not None:
            found[place] = convert(found[place])
    return found


@lru_cache(maxsize=128)
def _plan(model: type[models.Model]) -> Plan:
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key and not field.generated]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    return Plan(
        head=f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ",  # noqa: S608 - names of our tables
        tail=f" RETURNING {quote(meta.pk.column or '')}",
        group=f"({', '.join(['%s'] * len(fields))})",
        read=attrgetter(*(field.attname for field in fields)),
        stamps=tuple((place, field) for place, field in enumerate(fields) if is_stamp(field)),
        convert=conversions(fields),
        at_once=max(1, _MOST_VALUES // len(fields)),
    )


def is_stamp(field: models.Field[Any, Any]) -> bool:
    """Whether the writing itself sets the value."""
    return written_always(field) or bool(getattr(field, "auto_now_add", False))


def written_always(field: models.Field[Any, Any]) -> bool:
    """Whether that is so each time that the row is written, whatever else of it is."""
    return isinstance(field, SearchText) or bool(getattr(field, "auto_now", False))


def conversions(fields: Sequence[models.Field[Any, Any]]) -> tuple[tuple[int, Convert], ...]:
    """The values that look different in the database, by their place."""
    each = ((place, to_driver(field, connection.vendor)) for place, field in enumerate(fields))
    return tuple((place, convert) for place, convert in each if convert)
