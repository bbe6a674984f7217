"""Lines of a document as the rows of one table for goods and one for tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, TypeVar

from comptoir.billing.lines import SERVICE, Line
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.placeholders.reader import Reader
from comptoir.designs.page import Align, Cell, Column, Table

TEXTS: Final = frozenset({"item", "service", "description"})
SPARE: Final = frozenset({"discount", "tax"})
"""Columns that are left out while no line has anything to say in them."""

EVERY: Final = (
    "item", "service", "description", "unit_cost", "cost", "rate", "quantity", "hours", "discount", "tax",
    "tax_amount", "line_total", "gross_line_total", "product1", "product2", "product3", "product4",
)  # fmt: skip
"""Columns there can be."""

T = TypeVar("T")
Write = Callable[[str], str]
CellWriter = Callable[[Line], str]

SAME: Final = {"rate": "unit_cost", "cost": "unit_cost", "hours": "quantity"}
"""Columns of a task that are those of a product by another name."""


class Pen:
    """How one document's cells are written: for whom, and what its texts become.

    Long documents say the same figures again and again, so each is written once.
    """

    def __init__(self, reader: Reader, write: Write, tax_name: str = "") -> None:
        self.reader = reader
        self.write = write
        self.tax_name = tax_name
        self.money = cache(reader.money)
        self.number = cache(reader.number)
        self.percent = cache(reader.percent)
        self.price = cache(self._price)
        self.taxes = cache(self._taxes)

    def column(self, key: str) -> CellWriter:
        """What writes the cells of a column; a line without price or quantity has no figures."""
        texts: dict[str, CellWriter] = {
            "item": lambda line: line.product_key,
            "service": lambda line: line.product_key,
            "description": lambda line: self.write(line.notes),
        }
        if key in texts:
            return texts[key]
        if key[-1:] in "1234" and key[:-1] in {"product", "task", "custom"}:
            name = f"custom_value{key[-1]}"
            return lambda line: str(getattr(line, name))
        figure = self._figure(key)
        return lambda line: figure(line) if line.cost or line.quantity else ""

    def _figure(self, key: str) -> CellWriter:
        figures: dict[str, CellWriter] = {
            "quantity": lambda line: self.number(line.quantity),
            "discount": self._discount,
            "tax": lambda line: self.taxes(line.taxes),
            "tax_amount": lambda line: self.money(line.tax_amount),
            "gross_line_total": lambda line: self.money(line.gross_line_total),
            "line_total": lambda line: self.money(line.line_total),
            "unit_cost": lambda line: self.price(line.cost),
        }
        return figures.get(SAME.get(key, key), lambda _line: "")

    def _price(self, cost: Decimal) -> str:
        """A price with all its decimals: 0.0375 is not 0.04."""
        exact = -int(cost.normalize().as_tuple().exponent)
        plain = exact <= self.reader.currency.precision
        return self.reader.money(cost) if plain else self.reader.fine_money(cost, exact)

    def _discount(self, line: Line) -> str:
        if not line.discount:
            return ""
        return self.money(line.discount) if line.is_amount_discount else self.percent(line.discount)

    def _taxes(self, taxes: tuple[tuple[str, Decimal], ...]) -> str:
        """Taxes in a cell: the rate alone where the column's label names the tax."""
        return ", ".join(
            self.percent(rate) if self.tax_name else tax_words(name, rate, self.reader)
            for name, rate in taxes
            if name
        )


def tax_words(name: str, rate: Decimal, reader: Reader) -> str:
    """A tax with its rate, said once: some people write the rate into the name."""
    return name if "%" in name else f"{name} {reader.percent(rate)}"


def tables(facts: DocumentFacts, labels: Labels, write: Write, *, stacked: bool) -> tuple[Table, ...]:
    """The goods, then the tasks; `stacked` puts a product's name above its description."""
    goods = [line for line in facts.totals.lines if line.type_id != SERVICE]
    tasks = [line for line in facts.totals.lines if line.type_id == SERVICE]
    made = [
        _table(kind, facts.layout.names(part), lines, facts, labels, write)
        for kind, part, lines in (("product", _goods_part(facts), goods), ("task", "task_columns", tasks))
        if lines
    ]
    return tuple(_stacked(table) for table in made) if stacked else tuple(made)


def _goods_part(facts: DocumentFacts) -> str:
    return "product_quote_columns" if facts.kind == "quote" else "product_columns"


def line_values(facts: DocumentFacts, write: Write) -> dict[str, list[dict[str, str]]]:
    """Every value of every line, by kind ("product", "task") and placeholder: product.quantity …"""
    pen = Pen(facts.reader, write)
    writers = {key: pen.column(key) for key in EVERY}
    found: dict[str, list[dict[str, str]]] = {"product": [], "task": []}
    for line in facts.totals.lines:
        kind = "task" if line.type_id == SERVICE else "product"
        found[kind].append({f"{kind}.{key}": written(line) for key, written in writers.items()})
    return found


def _table(
    kind: str,
    names: Sequence[str],
    lines: Sequence[Line],
    facts: DocumentFacts,
    labels: Labels,
    write: Write,
) -> Table:
    pen = Pen(facts.reader, write, _only_tax(lines))
    keys = [name.rpartition(".")[2] for name in names]
    texts = {key: list(map(pen.column(key), lines)) for key in keys}
    kept = [key for key in texts if any(texts[key]) or not _spare(key, facts)]
    columns = [Column(key, _heading(key, pen, facts, labels), _align(key)) for key in kept]
    cells = [[Cell(text, column.align, column.key) for text in texts[column.key]] for column in columns]
    rows = zip(*cells, strict=True)
    return Table(tuple(columns), tuple(rows), kind)


def _only_tax(lines: Sequence[Line]) -> str:
    """The name of the one tax on these lines; nothing when there are several, or it holds its rate."""
    names = {name for line in lines for name, _rate in line.taxes if name}
    return names.pop() if len(names) == 1 and "%" not in min(names) else ""


def _spare(key: str, facts: DocumentFacts) -> bool:
    return facts.layout.hide_empty_columns or key in SPARE


def _heading(key: str, pen: Pen, facts: DocumentFacts, labels: Labels) -> str:
    if key[-1:].isdigit():
        fields = facts.line_custom
        place = int(key[-1]) - 1
        return fields[place].label if place < len(fields) else ""
    if key == "tax" and pen.tax_name:
        return pen.tax_name
    return labels.first(key)


def _align(key: str) -> Align:
    return "start" if key in TEXTS or key[-1:].isdigit() else "end"


def _stacked(table: Table) -> Table:
    """Put the name column on top of the description that follows it."""
    keys = [column.key for column in table.columns]
    name = next((key for key in ("item", "service") if key in keys), "")
    if not name or keys.index(name) + 1 >= len(keys) or keys[keys.index(name) + 1] != "description":
        return table
    place = keys.index(name)
    return Table(
        tuple(_without(table.columns, place)),
        tuple(tuple(_without(_lifted(row, place), place)) for row in table.rows),
        table.kind,
    )


def _lifted(row: Sequence[Cell], place: int) -> Sequence[Cell]:
    below = row[place + 1]._replace(lead=row[place].text)
    return [*row[: place + 1], below, *row[place + 2 :]]


def _without(items: Sequence[T], place: int) -> Iterator[T]:
    return (item for position, item in enumerate(items) if position != place)
