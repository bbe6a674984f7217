"""The editor of a document's lines: its columns and rows, whatever the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from comptoir.ui.boxes import choices, plain
from comptoir.ui.parts import Choice
from comptoir.ui.tags.inputs import localised


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A cell of every line. `number` takes sums; `text` may suggest from a URL and fill its neighbours."""

    key: str
    label: str
    kind: Literal["text", "area", "number", "select"] = "text"
    width: Literal["wide", "normal", "small"] = "normal"
    suggest_url: str = ""
    suggest_with: str = ""
    """Names of other boxes of the form, whose values are asked along."""
    options: Sequence[Any] = ()
    blank: Any = ""
    placeholder: str = ""
    below: bool = False
    """Stands in the same cell as the column before it, on a line of its own."""

    @property
    def choices(self) -> list[Choice]:
        return choices(self.options)


@dataclass(frozen=True, slots=True)
class LineCell:
    """A cell of one line; `name` is dotted (`line_items.0.cost`)."""

    column: LineColumn
    name: str
    value: str
    errors: Sequence[Any] = ()

    @property
    def id(self) -> str:
        return "id-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class LineTable:
    """Drawn by `{% line_table page.lines %}` inside a form.

    `totals_url` takes a POST of the whole form and answers the fragment below the lines. `hidden` keys
    travel with each line unseen (its id, its product).
    """

    columns: Sequence[LineColumn]
    rows: Sequence[Mapping[str, Any]]
    prefix: str = "line_items"
    totals_url: str = ""
    totals: Sequence[Any] = ()
    """A line total for each row, written out; shown at its end."""
    hidden: Sequence[str] = ()
    errors: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    @property
    def heads(self) -> list[LineColumn]:
        """The columns that have a heading."""
        return [column for column in self.columns if not column.below]

    def body(self) -> Iterator[tuple[list[list[LineCell]], list[tuple[str, str, str]], Any]]:
        """For each row: its cells (those that share a place together), hidden fields, and total."""
        for at, row in enumerate(self.rows):
            yield self._row(str(at), row, self.totals[at] if at < len(self.totals) else "")

    def blank_rows(self) -> Iterator[tuple[list[list[LineCell]], list[tuple[str, str, str]], Any]]:
        """The one row that a new line is cloned from."""
        yield self._row("new", {}, "")

    def _row(self, at: str, row: Mapping[str, Any], total: Any) -> tuple[Any, Any, Any]:
        def name(key: str) -> str:
            return f"{self.prefix}.{at}.{key}"

        cells: list[list[LineCell]] = []
        for column in self.columns:
            own = name(column.key)
            cell = LineCell(column, own, _shown(column, row), self.errors.get(own, ()))
            if column.below and cells:
                cells[-1].append(cell)
            else:
                cells.append([cell])
        return cells, [(key, name(key), plain(row.get(key))) for key in self.hidden], total


def _shown(column: LineColumn, row: Mapping[str, Any]) -> str:
    value = row.get(column.key, column.blank)
    return str(localised(value)) if column.kind == "number" else plain(value)
