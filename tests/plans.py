"""For tests that look at the database's plans."""

from __future__ import annotations

from django.db import connection, models

from comptoir.tenancy.searching import SearchIndex


def analyzed(*tables: type[models.Model]) -> None:
    """Tell the database how much is in these tables: PostgreSQL takes any index of an empty one.

    What was just inserted waits beside a trigram index, which makes it look dear: it is taken in first.
    """
    searches = [one.name for each in tables for one in each._meta.indexes if isinstance(one, SearchIndex)]
    with connection.cursor() as cursor:
        for each in tables:
            cursor.execute(f'ANALYZE "{each._meta.db_table}"')
        if connection.vendor == "postgresql":
            for name in searches:
                cursor.execute(
                    "SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam "
                    "WHERE c.relname = %s AND a.amname = 'gin'",
                    [name],
                )
