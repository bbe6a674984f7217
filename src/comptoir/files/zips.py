"""Several files as one ZIP, made piece by piece so that no archive is ever held in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils import timezone

from . import names
from .models import File
from .shelves import storage

_PIECE: Final = 256 * 1024


class _Pipe:
    """Where zipfile writes; what has come in is handed on. It cannot seek, and zipfile bears that."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """The archive is whole."""

    def taken(self) -> Iterator[bytes]:
        pieces, self.pieces = self.pieces, []
        yield from pieces


def zip_of(files: Sequence[File]) -> Iterator[bytes]:
    """The bytes of an archive with every file whose bytes are there, under names that are not twice."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, name in zip(files, names.apart([file.name for file in files]), strict=True):
            if not storage().exists(file.path):
                continue
            yield from _entry(archive, pipe, file, name)
    yield from pipe.taken()


def _entry(archive: zipfile.ZipFile, pipe: _Pipe, file: File, name: str) -> Iterator[bytes]:
    written = timezone.localtime(file.created_at).timetuple()[:6]
    entry = zipfile.ZipInfo(name, (max(1980, written[0]), *written[1:]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with storage().open(file.path) as source, archive.open(entry, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            target.write(piece)
            yield from pipe.taken()
    yield from pipe.taken()
