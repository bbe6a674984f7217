"""One way to take rows before changing them."""

from __future__ import annotations

from collections import defaultdict

from django.db import connection, models


def lock(*rows: models.Model | None) -> None:
    """Re-read ``rows`` under lock, so that what follows decides on what is true now.

    Rows are taken table by table in id order, so two operations never wait on each other in a
    circle. On SQLite the transaction itself (BEGIN IMMEDIATE) is the lock and only the re-read is
    left to do. Values set on the objects before the call are lost: lock first, then write.
    """
    by_table: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        if row is not None and row.pk is not None:
            by_table[type(row)].append(row)
    for model in sorted(by_table, key=lambda m: m._meta.db_table):
        _reread(model, by_table[model])


def _reread(model: type[models.Model], rows: list[models.Model]) -> None:
    found = model._base_manager.filter(pk__in={row.pk for row in rows}).order_by("pk")
    if connection.features.has_select_for_update:
        found = found.select_for_update(of=("self",))
    fresh = {row.pk: row for row in found}
    for row in rows:
        new = fresh[row.pk]
        for field in model._meta.concrete_fields:
            if field.attname in new.__dict__:
                old = row.__dict__.get(field.attname)
                value = new.__dict__[field.attname]
                row.__dict__[field.attname] = value
                if field.is_relation and old != value:
                    row._state.fields_cache.pop(field.get_cache_name(), None)  # type: ignore[attr-defined]
