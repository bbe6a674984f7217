"""System checks of an installation. `serve` does not start while one of them fails."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DEFAULT_DB_ALIAS, connections

from comptoir.config.databases import wal_is_safe


@register(Tags.database)
def sqlite_is_sound(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """WAL with an SQLite that may corrupt the file under it (sqlite.org/wal.html, the WAL-reset bug)."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not databases or connection.vendor != "sqlite":
        return []
    import sqlite3

    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    found: list[CheckMessage] = []
    if journal == "wal" and not wal_is_safe():
        found.append(
            Error(
                f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode.",
                hint="Install pysqlite3 0.6.1 or later, or use SQLite 3.51.3 or later.",
                id="comptoir.E001",
            )
        )
    if not foreign_keys:
        found.append(Error("SQLite does not enforce foreign keys.", id="comptoir.E002"))
    return found


@register(Tags.security, deploy=True)
def pages_are_encrypted(**_: Any) -> list[CheckMessage]:
    """An address that others reach is an https one."""
    from django.conf import settings

    if settings.BASE_URL.startswith("https://"):
        return []
    return [
        Caution(
            "Passwords and invoices travel unencrypted.",
            hint="Put a TLS proxy in front and set COMPTOIR_BASE_URL=https://…",
            id="comptoir.W001",
        )
    ]
