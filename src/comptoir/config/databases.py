"""The database: SQLite in the data folder, or whatever DATABASE_URL names."""

import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url

from comptoir.config.environment import Misconfigured

_WAL_RESET_MENDED = (3, 51, 3)
_WAL_RESET_BACKPORT = (3, 50, 7)


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether two connections may checkpoint at once without corrupting the file (fixed in 3.51.3)."""
    return version >= _WAL_RESET_MENDED or _WAL_RESET_BACKPORT <= version < (3, 51)


def database(data: Path, url: str) -> dict[str, Any]:
    """Django's settings of the one database; raises Misconfigured."""
    if url:
        if not url.startswith(("postgres://", "postgresql://")):
            raise Misconfigured("DATABASE_URL must look like postgres://user:password@host:5432/name.")
        return {**dj_database_url.parse(url, conn_health_checks=True), "CONN_MAX_AGE": None}
    return sqlite(data / "comptoir.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as money wants it: one writer at a time, each commit on the disk when it returns."""
    journal = "WAL" if wal_is_safe() else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
            ),
        },
    }
