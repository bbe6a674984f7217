"""The lines of a document, for a wide screen and for a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.designs.page import Cell, Column, Table

_TIMES: Final = ("quantity", "hours")
_PRICES: Final = ("unit_cost", "rate", "cost")
_IN_SIGHT: Final = ("item", "service", "description", "line_total", "gross_line_total")
"""What a phone shows as it is; the other columns become one note below the first."""


@dataclass(frozen=True)
class LineRow:
    """``note`` says on a phone what the hidden columns would: 2 × 450,00 €."""

    cells: Sequence[Cell]
    note: str


@dataclass(frozen=True)
class LineTable:
    columns: Sequence[Column]
    lines: Sequence[LineRow]


def line_table(table: Table) -> LineTable:
    """A table of a composed document."""
    labels = {column.key: column.label for column in table.columns}
    rows = [LineRow(row, " · ".join(_parts(row, labels))) for row in table.rows]
    return LineTable(table.columns, rows)


def _parts(row: Sequence[Cell], labels: dict[str, str]) -> Iterator[str]:
    said = {cell.key: cell.text for cell in row if cell.text}
    times = [said[key] for key in (*_TIMES, *_PRICES) if key in said]
    if times:
        yield " × ".join(times)
    for key, text in said.items():
        if key not in (*_TIMES, *_PRICES, *_IN_SIGHT):
            yield f"{labels[key]} {text}".strip()
