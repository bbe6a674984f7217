"""The file itself, written row by row beside the data and then put on the shelf.

A worker that dies leaves nothing but a temporary file; the next one begins anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any, Final

from django.core.files.base import File as Content
from django.utils import timezone

from comptoir.activity.jobs import GiveUp
from comptoir.delivery.mail.attachments import LARGEST, Attachment, attachment
from comptoir.files import shelves
from comptoir.kernel.refused import Refused

from . import mailing, tables
from .declaring import AT_ONCE, Column, Row, Sheet
from .models import Export
from .rules import sheet_of

KEPT: Final = timedelta(days=1)
"""How long a file waits to be fetched."""
MIME: Final = {"csv": tables.CSV, "xlsx": tables.XLSX, "json": "application/json"}


class Forgotten(Exception):
    """Nobody waits for it any more."""


def make_export(export: Export) -> None:
    """Write the file and keep it. Raises GiveUp when the sheet is none of this version."""
    try:
        with written(export) as content:
            shelved = shelves.shelve(export, Content(content, name=export.name), export.type)
    except Forgotten:
        return
    except Refused as refusal:
        raise GiveUp(str(refusal.sentence)) from None
    _finish(export, shelved)


def _finish(export: Export, shelved: shelves.Shelved) -> None:
    export.state, export.path, export.size = Export.State.DONE, shelved.path, shelved.size
    export.handled, export.finished_at, export.keys = export.total, timezone.now(), []
    columns = ["state", "path", "size", "handled", "finished_at", "keys"]
    waiting = Export.objects.filter(pk=export.pk, state=Export.State.RUNNING)  # and nobody else has made it
    kept = waiting.update(**{name: getattr(export, name) for name in columns})
    if not kept:
        shelves.remove([shelved.path])
    elif export.wants_mail:
        mailing.mail(export)


def written(export: Export) -> IO[bytes]:
    """The file from its beginning; it goes when it is closed. Raises Forgotten, and Refused for no sheet."""
    sheet = sheet_of(export.sheet)
    columns = sheet.chosen(export.columns)
    rows = _watched(export, sheet, columns)
    heads = [str(column.label) for column in columns]
    if export.type == "xlsx":
        return tables.workbook(heads, _cells(rows, columns))
    pieces: Iterator[str]
    if export.type == "json":
        pieces = tables.json_text(sheet, columns, rows, export.notation)
    else:
        pieces = tables.csv_text(heads, _cells(rows, columns), export.notation)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    try:
        for piece in pieces:
            out.write(piece.encode())
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _cells(rows: Iterator[Row], columns: list[Column]) -> Iterator[list[Any]]:
    return ([column.cell(row) for column in columns] for row in rows)


def _watched(export: Export, sheet: Sheet, columns: list[Column]) -> Iterator[Row]:
    """The rows, batch by batch; after each the progress is shown, and a forgotten export ends."""
    keys = export.keys
    for start in range(0, len(keys), AT_ONCE):
        if not Export.objects.filter(pk=export.pk).update(handled=start):
            raise Forgotten
        yield from sheet.rows(keys[start : start + AT_ONCE], columns, export.options)


def opened(export: Export) -> IO[bytes]:
    """The bytes of a file that is ready. Raises FileNotFoundError when they are gone."""
    return shelves.storage().open(export.path)


@attachment("export")
def attach(object_id: int) -> Attachment | None:
    """The file on the mail that tells of it; one that is too large, or gone, is fetched on its page."""
    export = Export.objects.filter(pk=object_id).first()
    if export is None or not export.path or export.size > LARGEST // 2:
        return None
    with opened(export) as content:
        return Attachment(export.name, content.read(), MIME[export.type].partition(";")[0])
