"""The empty test database, kept from run to run while no migration changes.

Making it takes ten seconds of a core, in each process that runs tests; copying it a blink.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pysqlite3
from django.db import connection

ROOT = Path(__file__).parents[1]


def kept() -> Path:
    """Where the database of exactly these migrations lies, or will."""
    sources = [
        *sorted((ROOT / "src").glob("comptoir/**/migrations/*.py")),
        ROOT / "requirements" / "base.txt",
    ]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return ROOT / ".pytest_cache" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def lay_out() -> bool:
    """Put a copy where the tests look for their database; answers whether there was one."""
    if connection.vendor != "sqlite" or not kept().exists():
        return False
    name = str(connection.settings_dict["TEST"]["NAME"])
    Path(name).write_bytes(kept().read_bytes())
    return True


def keep() -> None:
    """Remember the database that was just made, in place of older ones."""
    if connection.vendor != "sqlite":
        return
    place = kept()
    place.parent.mkdir(exist_ok=True)
    for old in place.parent.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    coming = place.with_suffix(f".{os.getpid()}")
    copy = pysqlite3.connect(str(coming))
    connection.ensure_connection()
    with copy:
        connection.connection.backup(copy)
    copy.close()
    coming.replace(place)
