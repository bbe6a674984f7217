"""Running fixed statements, as near to the driver as Django allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

KEYS: Final = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s)"}
"""What follows a column to ask for a list of keys, so that one prepared text serves any length."""

_LONG: Final = 8_000
"""Characters of a text that is not worth remembering: an INSERT of many rows."""


def run(text: str, params: Sequence[Any]) -> list[Any]:
    """The rows that a statement in Django's writing (``%s`` for each parameter) gives."""
    db: Any = connections[DEFAULT_DB_ALIAS]
    if db.connection is None or db.force_debug_cursor or db.execute_wrappers:
        with db.cursor() as cursor:  # opens the connection; seen by assertNumQueries and the like
            cursor.execute(text, params)
            return list(cursor.fetchall())
    try:
        # Django's cursor rewrites the whole text at each call (80 µs for a wide row).
        return list(db.connection.execute(driver_text(text, db.vendor), params))
    except db.Database.Error:
        with db.wrap_database_errors:
            raise


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


def driver_text(text: str, vendor: str) -> str:
    """The text as the driver writes parameters."""
    if vendor != "sqlite":
        return text
    return _marked(text) if len(text) < _LONG else text.replace("%s", "?")


@lru_cache(maxsize=2048)
def _marked(text: str) -> str:
    return text.replace("%s", "?")
