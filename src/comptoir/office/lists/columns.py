"""The words of a list's declaration: a column, a filter, a shelf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import pgettext_lazy

from comptoir.ui.lists import Phone

Rows = QuerySet[Any]


@dataclass(frozen=True)
class ListColumn:
    """``cell(row)`` gives what is shown; ``sort`` is the ORM path it sorts by, if any (or several).

    ``plain(row)`` gives what an export writes, a date or Decimal as it is; without one, the text
    of the cell.
    """

    key: str
    label: Any
    cell: Callable[[Any], Any]
    sort: str | tuple[str, ...] = ""
    end: bool = False
    quiet: bool = False
    strong: bool = False
    wide: bool = False
    phone: Phone = "off"
    shown: bool = True
    plain: Callable[[Any], Any] | None = None

    def value(self, row: Any) -> Any:
        """What an export writes."""
        return self.plain(row) if self.plain else strip_tags(str(self.cell(row)))


@dataclass(frozen=True)
class ListFilter:
    """A filter with named choices; each narrows the rows. ``label_of`` names a value not in them."""

    key: str
    label: Any
    choices: Sequence[tuple[str, Any]]
    narrow: Callable[[Rows, str], Rows]
    label_of: Callable[[str], str] | None = None


SHELVES: tuple[tuple[str, Any], ...] = (
    ("", pgettext_lazy("which records", "Active")),
    ("archived", pgettext_lazy("which records", "Archived")),
    ("deleted", pgettext_lazy("which records", "Deleted")),
)


def shelved(rows: Rows, value: str) -> Rows:
    """Active, archived or deleted rows."""
    return {"archived": rows.archived, "deleted": rows.deleted}.get(value, rows.active)()  # type: ignore[attr-defined, misc]
