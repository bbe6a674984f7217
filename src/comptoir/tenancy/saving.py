"""Changed rows written back by one UPDATE that is prepared once per table and choice of columns."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, models

from .conversions import Convert
from .inserting import conversions, is_stamp, written_always
from .statements import run


class Plan(NamedTuple):
    """``read`` gives the values to write, of which some are converted, by place."""

    text: str
    read: attrgetter[Any]
    stamps: tuple[models.Field[Any, Any], ...]
    convert: tuple[tuple[int, Convert], ...]


def save(row: models.Model, *columns: str) -> None:
    """Write these columns of a stored row, all of them when none is named, and stamp the moment.

    Raises IntegrityError for a broken constraint, DatabaseError when the row is gone.
    """
    plan = _plan(type(row), columns)
    for field in plan.stamps:
        field.pre_save(row, False)
    values = list(plan.read(row))
    for place, convert in plan.convert:
        if values[place] is not None:
            values[place] = convert(values[place])
    if not run(plan.text, values):
        raise DatabaseError(f"{row._meta.label} {row.pk} is gone.")


@lru_cache(maxsize=1024)
def _plan(model: type[models.Model], columns: tuple[str, ...]) -> Plan:
    meta = model._meta
    stored = [field for field in meta.concrete_fields if not field.primary_key and not field.generated]
    chosen = [meta.get_field(name) for name in columns]
    fields = [field for field in stored if not columns or field in chosen or written_always(field)]
    quote = connection.ops.quote_name
    key = quote(meta.pk.column or "")
    setting = ", ".join(f"{quote(field.column or '')} = %s" for field in fields)
    return Plan(
        text=f"UPDATE {quote(meta.db_table)} SET {setting} WHERE {key} = %s RETURNING {key}",  # noqa: S608
        read=attrgetter(*(field.attname for field in fields), meta.pk.attname),
        stamps=tuple(field for field in fields if is_stamp(field)),
        convert=conversions(fields),
    )
