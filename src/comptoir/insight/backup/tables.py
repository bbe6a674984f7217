"""Rows as lines of JSON, by the fields of their models: what SQLite wrote, PostgreSQL can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

BATCH: Final = 400
_NOT_OURS: Final = frozenset({"contenttypes", "auth", "sessions"})
"""Django makes the first two again by itself, and a session is nobody's history."""


def tables() -> list[type[models.Model]]:
    """Every table that holds something of ours, those that others point to first."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in _NOT_OURS and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that are written; the database makes the others itself."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def dumped(model: type[models.Model], using: str) -> Iterator[bytes]:
    """One line for each row, by its key."""
    fields = fields_of(model)
    for row in model._base_manager.using(using).order_by("pk").iterator(chunk_size=BATCH):
        values = {field.attname: _plain(field, row) for field in fields}
        yield json.dumps(values, cls=_Encoder, ensure_ascii=False).encode() + b"\n"


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = field.value_from_object(row)
    return {"hex": bytes(value).hex()} if isinstance(value, (bytes, memoryview)) else value


class _Encoder(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own drops the last three digits."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def load(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Write the rows as they were; how many."""
    fields, n = fields_of(model), 0
    rows = (_row(model, fields, json.loads(line)) for line in lines)
    while some := list(islice(rows, BATCH)):
        model._base_manager._insert(some, fields=fields, using="default", raw=True)  # type: ignore[attr-defined]
        n += len(some)
    return n


def _row(model: type[models.Model], fields: list[models.Field[Any, Any]], values: dict[str, Any]) -> Any:
    """Absent columns keep their defaults."""
    return model(**{f.attname: _read(f, values[f.attname]) for f in fields if f.attname in values})


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.BinaryField) and isinstance(value, dict):
        return bytes.fromhex(value["hex"])
    if isinstance(field, models.JSONField) or value is None:
        return value
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)  # type: ignore[attr-defined]


def reset_counters() -> None:
    """PostgreSQL counts keys by itself: go on after the highest."""
    for sql in connection.ops.sequence_reset_sql(no_style(), tables()):
        with connection.cursor() as cursor:
            cursor.execute(sql)
