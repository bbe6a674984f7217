"""For tests that look at the database's plans."""

from __future__ import annotations

from django.db import connection, models


def analyzed(*tables: type[models.Model]) -> None:
    """Tell the database how much is in these tables: PostgreSQL takes any index of an empty one."""
    with connection.cursor() as cursor:
        for each in tables:
            cursor.execute(f'ANALYZE "{each._meta.db_table}"')
