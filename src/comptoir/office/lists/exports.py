"""What a list shows, as a file: CSV as the reader's spreadsheet opens it, or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone

from comptoir.kernel.money import shortest
from comptoir.office.desk import Desk
from comptoir.office.lists.columns import ListColumn

KINDS: Final = ("csv", "xlsx")
MOST: Final = 100_000
"""Rows in one file; whoever needs more narrows the list."""
_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""By it a spreadsheet knows UTF-8."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        response = HttpResponse(_workbook(heads, rows), content_type=_XLSX)
    else:
        response = HttpResponse(_csv(heads, rows, desk.locale), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{desk.on}.{kind}"'
    return response


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]], locale: str) -> str:
    """Where decimals have a comma, columns are parted by semicolons: so spreadsheets there read it."""
    comma = not locale.startswith(("en", "zh", "ja", "ko", "th", "he"))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if comma else ",")
    writer.writerow([_safe(head) for head in heads])
    writer.writerows([_written(cell, comma=comma) for cell in row] for row in rows)
    return _MARK + out.getvalue()


def _written(cell: Any, *, comma: bool) -> str:
    if isinstance(cell, Decimal):
        text = format(shortest(cell), "f")
        return text.replace(".", ",") if comma else text
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return _safe("" if cell is None else str(cell))


def _safe(text: str) -> str:
    """A spreadsheet would run a text that begins like a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _workbook(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    )
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    write = _cell_writer(sheet, book)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            write(number, place, cell)
    sheet.autofit()
    book.close()
    return out.getvalue()


def _cell_writer(sheet: Any, book: Any) -> Callable[[int, int, Any], None]:
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def write(number: int, place: int, cell: Any) -> None:
        if isinstance(cell, Decimal):
            sheet.write_number(number, place, float(cell))  # XLSX knows no other number
        elif isinstance(cell, datetime):
            sheet.write_datetime(number, place, timezone.localtime(cell).replace(tzinfo=None), moment)
        elif isinstance(cell, date):
            sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
        elif isinstance(cell, int):
            sheet.write_number(number, place, cell)
        else:
            sheet.write_string(number, place, "" if cell is None else str(cell))

    return write
