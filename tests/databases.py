"""Empty databases on the server of this run, for what runs beside the tests' own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

SERVER = os.environ.get("COMPTOIR_TEST_DATABASE_URL", "")


@contextmanager
def empty_database(purpose: str) -> Iterator[str]:
    """The address of an empty database, dropped afterwards; "" on SQLite: each folder has its own."""
    if os.environ.get("COMPTOIR_TEST_ON") != "postgresql":
        yield ""
        return
    import psycopg
    from psycopg import sql

    name = f"comptoir_{purpose}_{os.getpid()}"
    ours = sql.Identifier(name)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(ours))
        try:
            yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(ours))
