"""Do the table and the storage agree? Across all companies, for the operator and the nightly sweep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from comptoir.tenancy.models import Company

from .keepers import kept
from .models import File
from .shelves import remove, storage

_AT_ONCE: Final = 500
GRACE: Final = timedelta(days=1)
"""Bytes younger than this may belong to an upload that is still being saved."""


def missing() -> Iterator[File]:
    """Rows whose bytes are gone."""
    for file in File.everywhere.select_related("company").order_by("pk").iterator(_AT_ONCE):
        if not storage().exists(file.path):
            yield file


def orphans() -> Iterator[str]:
    """Paths that no row points to: what a crash between writing and saving leaves behind."""
    batch: list[str] = []
    for path in _walk(""):
        batch.append(path)
        if len(batch) == _AT_ONCE:
            yield from _unknown(batch)
            batch = []
    yield from _unknown(batch)


def remove_orphans(*, now: datetime, grace: timedelta = GRACE) -> int:
    """Take orphans away that are older than ``grace``; how many."""
    old = [path for path in orphans() if storage().get_modified_time(path) < now - grace]
    remove(old)
    return len(old)


def _unknown(paths: list[str]) -> Iterator[str]:
    known = set(File.everywhere.filter(path__in=paths).values_list("path", flat=True))
    logos = Company.objects.filter(switches__logo_path__in=paths)
    known.update(logos.values_list("switches__logo_path", flat=True))
    known.update(kept(paths))
    yield from (path for path in paths if path not in known)


def _walk(folder: str) -> Iterator[str]:
    try:
        folders, files = storage().listdir(folder)
    except FileNotFoundError:
        return  # nothing has ever been attached
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(files))
    for name in sorted(folders):
        yield from _walk(prefix + name)
