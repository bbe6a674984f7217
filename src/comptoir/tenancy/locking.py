"""One way to take rows before changing them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from django.db import models

from .reading import read


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
    fresh = read(model, {row.pk for row in rows}, lock=True)
    for row in rows:
        new = dict(vars(fresh[row.pk]))
        del new["_state"]
        for name, cached in _relations(model):
            if vars(row).get(name) != new[name]:
                row._state.fields_cache.pop(cached, None)
        vars(row).update(new)


@lru_cache(maxsize=256)
def _relations(model: type[models.Model]) -> list[tuple[str, str]]:
    """The columns that name other rows, with the place where the row named is kept."""
    return [(f.attname, f.cache_name) for f in model._meta.concrete_fields if f.is_relation]  # type: ignore[attr-defined]
