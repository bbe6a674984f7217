"""Writing the archive, while people go on working."""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.db import connection, connections, transaction

from comptoir.files import keepers
from comptoir.files.models import File
from comptoir.files.shelves import storage
from comptoir.tenancy.models import Company

from . import manifest, tables

_PIECE: Final = 1 << 20
_COPY: Final = "backup"


def make(path: Path, *, data: Path) -> manifest.Contents:
    """Write all to ``path``, which only its owner may read: one moment of the database, then the files.

    A file that is attached meanwhile is in the next one. A broken attempt leaves nothing behind.
    """
    draft = path.with_name(f".{path.name}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            contents = _fill(archive, data)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return contents


def _fill(archive: zipfile.ZipFile, data: Path) -> manifest.Contents:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with _still() as using:
        rows = sum(_table(archive, model, using) for model in tables.tables())
        paths = list(File.everywhere.using(using).order_by("pk").values_list("path", flat=True))
        switches = Company.objects.using(using).order_by("pk").values_list("switches", flat=True)
        paths += [logo for each in switches if (logo := each.get("logo_path"))]
        paths += keepers.paths(using)
    missing = sum(not _file(archive, path) for path in paths)
    if (data / manifest.SECRETS).exists():
        archive.write(data / manifest.SECRETS, manifest.SECRETS)
    contents = manifest.described(made_at, rows, len(paths) - missing, missing)
    archive.writestr(manifest.NAME, contents.written())
    return contents


def _table(archive: zipfile.ZipFile, model: type, using: str) -> int:
    n = 0
    with archive.open(f"tables/{model._meta.db_table}.jsonl", "w", force_zip64=True) as out:  # type: ignore[attr-defined]
        for line in tables.dumped(model, using):
            out.write(line)
            n += 1
    return n


def _file(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether its bytes were there."""
    if not storage().exists(path):
        return False
    with storage().open(path) as source, archive.open(f"storage/{path}", "w", force_zip64=True) as out:
        while piece := source.read(_PIECE):
            out.write(piece)
    return True


@contextlib.contextmanager
def _still() -> Iterator[str]:
    """The name of a connection on which nothing changes while it is read."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield "default"
        return
    with tempfile.TemporaryDirectory(prefix="comptoir-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        connections.databases[_COPY] = {**connections.databases["default"], "NAME": copy}
        try:
            yield _COPY
        finally:
            connections[_COPY].close()
            del connections.databases[_COPY]
            with contextlib.suppress(AttributeError):
                del connections[_COPY]
