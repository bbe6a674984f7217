"""Running fixed SELECTs, as near to the driver as Django allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

KEYS: Final = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s)"}
"""What follows a column to ask for a list of keys, so that one prepared text serves any length."""


def run(text: str, params: Sequence[Any]) -> list[Any]:
    """The rows of a SELECT in Django's writing (``%s`` for each parameter)."""
    db: Any = connections[DEFAULT_DB_ALIAS]
    db.ensure_connection()
    if db.queries_logged or db.execute_wrappers:
        with db.cursor() as cursor:  # seen by assertNumQueries and the like
            cursor.execute(text, params)
            return list(cursor.fetchall())
    with db.wrap_database_errors:
        # Django's cursor rewrites the whole text at each call (80 µs for a wide row).
        return list(db.connection.execute(driver_text(text, db.vendor), params))


def run_keys(text: str, keys: Collection[int]) -> list[tuple[Any, ...]]:
    """The rows of a SELECT whose one parameter is a list of keys, in the place of KEYS."""
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        return run(text, (list(keys),))
    if len(keys) == 1:
        return run(for_one(text), tuple(keys))
    return run(text, (f"[{','.join(map(str, keys))}]",))


@lru_cache(maxsize=1024)
def for_one(text: str) -> str:
    """The same for a single key; SQLite needs 20 µs to set up json_each."""
    return text.replace(KEYS["sqlite"], "= %s")


@lru_cache(maxsize=4096)
def driver_text(text: str, vendor: str) -> str:
    """The text as the driver writes parameters."""
    return text.replace("%s", "?") if vendor == "sqlite" else text
