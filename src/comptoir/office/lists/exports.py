"""What a list shows, as a file: CSV as the reader's spreadsheet opens it, or XLSX.

Rows are read while they are sent: one batch is in memory, however long the list is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

from comptoir.insight.exports import tables
from comptoir.office.desk import Desk
from comptoir.office.lists.columns import ListColumn
from comptoir.tenancy.scope import acting_for

KINDS: Final = ("csv", "xlsx")
MOST: Final = 100_000
"""Rows in one file; whoever needs more narrows the list."""


def export(
    desk: Desk, kind: str, name: str, columns: Sequence[ListColumn], rows: Iterable[Any]
) -> HttpResponseBase:
    """``columns`` of ``rows`` as a download named after the list and the day."""
    heads = [str(column.label) for column in columns]
    values = ([column.value(row) for column in columns] for row in islice(rows, MOST))
    return streamed(desk, kind, name, heads, values)


def streamed(
    desk: Desk, kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """Any table as a download."""
    file = f"{name}-{desk.on}.{kind}"
    if kind == "xlsx":
        book = tables.workbook(heads, rows)
        return FileResponse(book, as_attachment=True, filename=file, content_type=tables.XLSX)
    pieces = _inside(desk, tables.csv_text(heads, rows, desk.locale))
    response = StreamingHttpResponse(pieces, content_type=tables.CSV)
    response.headers["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    return response


def _inside(desk: Desk, pieces: Iterator[str]) -> Iterator[str]:
    """What is written while it is sent is read in the company, the language and the time of who asked."""
    language = get_language()

    def read() -> Iterator[str]:
        while True:
            with acting_for(desk.company), override(language), timezone.override(desk.company.zone):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    return read()
