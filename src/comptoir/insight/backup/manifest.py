"""What an archive says about itself."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass
from typing import Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import comptoir

NAME: Final = "manifest.json"
FORMAT: Final = 1
SECRETS: Final = "secrets.json"


class Unusable(Exception):
    """This archive cannot be restored here; the message is a sentence that says why."""


@dataclass(frozen=True)
class Contents:
    """``migrations`` are those of the database it was made from; ``missing`` files had lost their bytes."""

    format: int
    version: str
    made_at: str
    migrations: list[str]
    rows: int
    files: int
    missing: int

    def written(self) -> str:
        return json.dumps(asdict(self), indent=1)


def described(made_at: str, rows: int, files: int, missing: int) -> Contents:
    return Contents(FORMAT, comptoir.__version__, made_at, applied(), rows, files, missing)


def applied() -> list[str]:
    """The migrations of this database, by name."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def read(archive: zipfile.ZipFile) -> Contents:
    """Raises Unusable for another kind of file, and for one from another version of the tables."""
    try:
        found = Contents(**json.loads(archive.read(NAME)))
    except (KeyError, ValueError, TypeError) as error:
        raise Unusable("this is not a backup of Comptoir.") from error
    if found.format != FORMAT or found.migrations != applied():
        raise Unusable(f"it was made by version {found.version}: restore it with that version, then upgrade.")
    return found
