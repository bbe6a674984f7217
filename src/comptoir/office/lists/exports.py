"""What a list shows, as a file: CSV as the reader's spreadsheet opens it, or XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

from django.http import HttpResponse

from comptoir.insight.exports import tables
from comptoir.office.desk import Desk
from comptoir.office.lists.columns import ListColumn

KINDS: Final = ("csv", "xlsx")
MOST: Final = 100_000
"""Rows in one file; whoever needs more narrows the list."""


def export(
    desk: Desk, kind: str, name: str, columns: Sequence[ListColumn], rows: Iterable[Any]
) -> HttpResponse:
    """``columns`` of ``rows`` as a download named after the list and the day."""
    heads = [str(column.label) for column in columns]
    values = ([column.value(row) for column in columns] for row in islice(rows, MOST))
    return answer(desk, kind, name, heads, values)


def answer(
    desk: Desk, kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Any table as a download: read whole while the company is in scope, which a stream would outlive."""
    if kind == "xlsx":
        with tables.workbook(heads, rows) as book:
            response = HttpResponse(book.read(), content_type=tables.XLSX)
    else:
        response = HttpResponse("".join(tables.csv_text(heads, rows, desk.locale)), content_type=tables.CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{desk.on}.{kind}"'
    return response
