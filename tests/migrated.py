"""The empty test database, kept from run to run while no migration changes.

Making it takes ten seconds of a core, in each process that runs tests; copying it a blink.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final

import pysqlite3
from django.db import connection

ROOT = Path(__file__).parents[1]
_OURS: Final = re.compile(r"^(?:from|import) (comptoir[\w.]+)", re.MULTILINE)


def kept() -> Path:
    """Where the database of exactly these migrations lies, or will."""
    digest = hashlib.sha256()
    for source in sources():
        digest.update(f"{source.relative_to(ROOT)}\n".encode())
        digest.update(source.read_bytes())
    return ROOT / ".pytest_cache" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def sources() -> list[Path]:
    """All that makes the database: the migrations, our code that they call, what else migrates."""
    migrations = sorted((ROOT / "src").glob("comptoir/**/migrations/*.py"))
    called = {name for one in migrations for name in _OURS.findall(one.read_text())}
    modules = [ROOT / "src" / f"{name.replace('.', '/')}.py" for name in sorted(called)]
    return [*migrations, *modules, ROOT / "requirements" / "base.txt"]


def lay_out() -> bool:
    """Put a copy where the tests look for their database; answers whether there was one."""
    if connection.vendor != "sqlite":
        return False
    place = kept()
    try:
        content = place.read_bytes()
    except FileNotFoundError:  # also one that another process has just replaced
        return False
    Path(str(connection.settings_dict["TEST"]["NAME"])).write_bytes(content)
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
