"""Running a fixed SELECT with one list of keys, as near to the driver as Django allows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db import connection

KEYS: Final = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s)"}
"""What follows a column to ask for a list of keys, so that one prepared text serves any length."""


def run(text: str, keys: Collection[int]) -> list[tuple[Any, ...]]:
    """The rows of a SELECT whose one parameter is a list of keys."""
    lite = connection.vendor == "sqlite"
    argument: Any = f"[{','.join(map(str, keys))}]" if lite else list(keys)
    connection.ensure_connection()
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:  # seen by assertNumQueries and the like
            cursor.execute(text, [argument])
            return list(cursor.fetchall())
    driver: Any = connection.connection
    with connection.wrap_database_errors:
        # Django's cursor rewrites the whole text at each call (80 µs for a wide row).
        return list(driver.execute(text.replace("%s", "?") if lite else text, (argument,)))
