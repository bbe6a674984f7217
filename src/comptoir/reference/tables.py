"""The id tables: read from the package when first asked, then found by id or by code at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import Any, Final, Generic, TypeVar, get_type_hints

import msgspec

from comptoir.reference import rows

Row = TypeVar("Row")

_READERS: Final[dict[Any, Callable[[str], Any]]] = {str: str, int: int, Decimal: Decimal, bool: "1".__eq__}


class Table(Generic[Row]):
    """Rows of one file. Calling it with an id gives the row, or None."""

    def __init__(self, row: type[Row], file: str, code: str = "id") -> None:
        self._row, self._file, self._code = row, file, code

    def __call__(self, id: object) -> Row | None:  # noqa: A002 - the wire's and everybody's word
        return self._by_id.get(str(id))

    def by_code(self, code: str) -> Row | None:
        """Find by ISO code, locale or the like, in any case and with "-" or "_"."""
        return self._by_code.get(_folded(code))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows, by id."""
        text = (files(__package__) / "sheets" / self._file).read_text(encoding="utf-8")
        if self._file.endswith(".json"):
            return tuple(msgspec.json.decode(text, type=list[self._row]))  # type: ignore[name-defined]
        header, *lines = (line.split("\t") for line in text.splitlines())
        readers = [_READERS[get_type_hints(self._row)[name]] for name in header]
        return tuple(
            self._row(**{name: read(cell) for name, read, cell in zip(header, readers, line, strict=True)})
            for line in lines
        )

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {getattr(row, "id"): row for row in self.rows}  # noqa: B009 - Row has no common base

    @cached_property
    def _by_code(self) -> dict[str, Row]:
        return {_folded(getattr(row, self._code)): row for row in self.rows}


def _folded(code: str) -> str:
    return code.replace("-", "_").casefold()


country: Final = Table(rows.Country, "countries.tsv", "iso_3166_2")
country_iso3: Final = Table(rows.Country, "countries.tsv", "iso_3166_3")
currency: Final = Table(rows.Currency, "currencies.tsv", "code")
language: Final = Table(rows.Language, "languages.tsv", "locale")
timezone: Final = Table(rows.Timezone, "timezones.tsv", "location")
date_format: Final = Table(rows.DateFormat, "date_formats.tsv", "format")
datetime_format: Final = Table(rows.DateFormat, "datetime_formats.tsv", "format")
industry: Final = Table(rows.Choice, "industries.tsv", "name")
size: Final = Table(rows.Choice, "sizes.tsv", "name")
frequency: Final = Table(rows.Choice, "frequencies.tsv", "name")
payment_type: Final = Table(rows.PaymentType, "payment_types.tsv", "name")
gateway_type: Final = Table(rows.GatewayType, "gateway_types.tsv", "code")
gateway: Final = Table(rows.Gateway, "gateways.json", "key")
task_status: Final = Table(rows.TaskStatus, "task_statuses.tsv", "name")
design: Final = Table(rows.BuiltInDesign, "designs.tsv", "name")
