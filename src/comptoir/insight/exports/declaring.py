"""What a sheet declares to be exported; ``sheets`` holds the declarations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar, Final

from django.db import models
from django.utils.text import slugify

AT_ONCE: Final = 500
"""Records read together."""

Row = Mapping[str, Any]
"""The records of one row by the wire's word: {"invoice": …, "client": …}; None where there is none."""


@dataclass(frozen=True)
class Column:
    """``id`` is the wire's ("client.name"). ``value(record)`` gives text, a Decimal, a day or a moment of
    the record that ``of`` names; a row without that record has an empty cell. ``shown`` is off for what
    the wire names and this company does not use.
    """

    id: str
    label: Any
    of: str
    value: Callable[[Any], Any]
    section: Any = ""
    shown: bool = True

    def cell(self, row: Row) -> Any:
        record = row.get(self.of)
        return "" if record is None else self.value(record)


class Sheet(ABC):
    """One kind of table. ``key`` is its word in addresses ("invoices"), ``entity`` that of rights.

    ``model`` is what rows are chosen from, ``dated`` the column that a span of days narrows, ``order``
    that of the rows where nobody says another, ``usual`` the columns ticked until somebody chooses.
    """

    key: ClassVar[str]
    entity: ClassVar[str]
    title: ClassVar[Any]
    model: ClassVar[type[models.Model]]
    dated: ClassVar[str] = "created_at"
    related: ClassVar[Sequence[str]] = ()
    order: ClassVar[str] = "pk"
    usual: ClassVar[frozenset[str]] = frozenset()
    prefix: ClassVar[str] = ""
    """What the wire leaves away before the names of this sheet's columns ("product.")."""

    @abstractmethod
    def columns(self) -> list[Column]:
        """All that can be exported of the company in scope, in the order of the file."""

    def of_the_wire(self) -> list[str]:
        """The columns that a report has when nobody names any."""
        return [column.id for column in self.columns()]

    def chosen(self, names: Sequence[str]) -> list[Column]:
        """The columns of these names, in their order; names of what is not kept here are passed over."""
        known = {column.id: column for column in self.columns()}
        aliases = {name.removeprefix(self.prefix): column for name, column in known.items() if self.prefix}
        found = (known.get(name) or aliases.get(name) for name in names)
        return list(dict.fromkeys(column for column in found if column is not None))

    def called(self) -> str:
        """The beginning of a file's name, in the language in force."""
        return slugify(str(self.title))

    def name(self, column: Column) -> str:
        """What the wire calls a column of this sheet."""
        return column.id.removeprefix(self.prefix)

    def live(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Without what is deleted, and what hangs on a deleted client (decision C17)."""
        names = {field.name for field in self.model._meta.concrete_fields}
        if "deleted_at" in names:
            rows = rows.filter(deleted_at=None)
        return rows.filter(client__deleted_at=None) if "client" in names else rows

    def rows(
        self, keys: Sequence[int], columns: Sequence[Column], options: Mapping[str, Any]
    ) -> Iterator[Row]:
        """The rows of these records, in this order; some hundred records are in memory."""
        asked = {column.of for column in columns}
        coming = iter(keys)
        while some := list(islice(coming, AT_ONCE)):
            found = self._read(some)
            yield from self.spread([found[key] for key in some if key in found], asked, options)

    def spread(self, records: Sequence[Any], asked: set[str], options: Mapping[str, Any]) -> Iterable[Row]:
        """The rows of some records; ``asked`` names what any column wants."""
        return ({self.entity: record} for record in records)

    def _read(self, keys: Sequence[int]) -> dict[int, Any]:
        return self.model._default_manager.select_related(*self.related).in_bulk(keys)
