"""Rows of text cells out of a file: CSV and TXT by the standard reader, XLSX by calamine."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

from .dialects import DELIMITERS, found_delimiter
from .encodings import decoded, found_encoding

TYPES: Final = ("csv", "txt", "tsv", "xlsx")
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
MOST_BYTES: Final = 50_000_000
_UNPACKED: Final = 500_000_000
"""An XLSX is an archive; one that unfolds to more is an attack or a mistake."""
_LONGEST_CELL: Final = 1_000_000
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is read. ``encoding`` and ``delimiter`` are "" for a workbook, ``sheet`` for a text."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty; ``number`` is where a spreadsheet shows it, from 1 on."""

    number: int
    cells: list[str]


def found_manner(content: bytes, kind: str) -> Manner:
    """How the file seems to be written. Raises Refused at ``file``."""
    if kind == "xlsx":
        return Manner(sheet=sheets(content)[0])
    encoding = found_encoding(content)
    text = decoded(content, encoding)
    return Manner(encoding, "\t" if kind == "tsv" else found_delimiter(text[:200_000]))


def sheets(content: bytes) -> list[str]:
    """The names of a workbook's sheets. Raises Refused at ``file``."""
    return list(_workbook(content).sheet_names)


def rows(content: bytes, kind: str, manner: Manner, most: int | None = None) -> list[Row]:
    """The rows that hold anything, at most ``most``.

    Raises Refused at ``file``, ``encoding`` or ``delimiter``.
    """
    found = _of_workbook(content, manner) if kind == "xlsx" else _of_text(content, manner)
    kept = []
    for number, cells in enumerate(found, 1):
        if not any(cells):
            continue
        if len(cells) > MOST_COLUMNS:
            raise Refused("file", _("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
        kept.append(Row(number, cells))
        if len(kept) == most:
            break
        if len(kept) > MOST_ROWS:
            raise Refused("file", _("The file has more than %(most)s rows: split it.") % {"most": MOST_ROWS})
    return kept


def with_encoding(content: bytes, manner: Manner, encoding: str) -> Manner:
    """The same in another encoding, the delimiter looked for anew. Raises Refused at ``encoding``."""
    text = decoded(content, encoding)
    return replace(manner, encoding=encoding, delimiter=found_delimiter(text[:200_000]))


def _of_text(content: bytes, manner: Manner) -> Iterator[list[str]]:
    if manner.delimiter not in DELIMITERS:
        raise Refused("delimiter", _("Choose what parts the columns."))
    text = decoded(content, manner.encoding).replace("\0", "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=manner.delimiter)
    try:
        for cells in reader:
            yield [unguarded(cell.strip()) for cell in cells]
    except csv.Error:
        said = _("The file cannot be read beyond line %(line)s: a quotation mark is never closed, perhaps.")
        raise Refused("file", said % {"line": reader.line_num}) from None


def guarded(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a text from being a formula (our exports write it)."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell


def _of_workbook(content: bytes, manner: Manner) -> Iterator[list[str]]:
    book = _workbook(content)
    name = manner.sheet if manner.sheet in book.sheet_names else book.sheet_names[0]
    found: Iterable[list[Any]] = book.get_sheet_by_name(name).to_python(
        skip_empty_area=False, nrows=MOST_ROWS + 2
    )
    for cells in found:
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _workbook(content: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > _UNPACKED:
            raise Refused("file", _("The workbook is too large."))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not book.sheet_names:
            raise Refused("file", _("The workbook has no sheet."))
    except (zipfile.BadZipFile, CalamineError, OSError, ValueError):
        raise Refused("file", _("This is not a workbook that can be read: save it again as XLSX.")) from None
    return book


def _text(cell: Any) -> str:
    """A cell as a person would type it: 75001, not 75001.0; a day as 2026-03-31."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return str(cell if cell is not None else "").replace("\0", "").strip()
