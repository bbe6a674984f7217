"""A list page's parts: what is shown, how it is narrowed, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from comptoir.ui.parts import Action, Tab

Phone = Literal["main", "end", "sub", "off"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `phone` is its place in a row of a phone, where most columns are off.

    `wide` takes the space the others leave; a `strong` one never breaks.
    """

    key: str
    label: str
    end: bool = False
    quiet: bool = False
    strong: bool = False
    wide: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    phone: Phone = "off"

    @property
    def css(self) -> str:
        """The classes of its cells."""
        marks = [name for name in ("end", "quiet", "strong", "wide") if getattr(self, name)]
        return " ".join([*marks, f"phone-{self.phone}"])


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its cells in the order of the columns, and the keys of the actions it allows."""

    id: str
    label: str
    cells: Sequence[Any]
    url: str = ""
    edit_url: str = ""
    can: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`actions` fill the kebab of a row (their URLs hold `{id}`), `bulk` the bar of ticked rows.

    A bulk action posts `ids` and `action` (its key) to `bulk_url`; one with method `dialog` asks first,
    by a GET of its own URL with the `ids`.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    actions: Sequence[Action] = ()
    bulk: Sequence[Action] = ()
    bulk_url: str = ""
    totals: Sequence[Any] = ()
    caption: str = ""
    stacks: bool = True


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on; the cross leads to `remove_url`."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that can be set: a menu of links (Tab)."""

    key: str
    label: str
    options: Sequence[Tab]


@dataclass(frozen=True, slots=True)
class Paging:
    """`summary` is written out (“1–20 of 1,234”)."""

    summary: str
    previous_url: str = ""
    next_url: str = ""
    sizes: Sequence[Tab] = ()


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    key: str
    label: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """All of a list page below its heading; drawn by `{% listing page.list %}`.

    `kept` are the query parameters that a new search keeps, as (name, value). `empty` is what the page
    shows when there is no row: a title, a sentence, and the actions that help.
    """

    url: str
    table: Table
    query: str = ""
    placeholder: str = ""
    kept: Sequence[tuple[str, str]] = ()
    segments: Sequence[Tab] = ()
    filters: Sequence[Filter] = ()
    chips: Sequence[Chip] = ()
    clear_url: str = ""
    views: Sequence[Tab] = ()
    save_view_url: str = ""
    columns: Sequence[ColumnChoice] = ()
    columns_url: str = ""
    exports: Sequence[Action] = ()
    paging: Paging | None = None
    empty_title: str = ""
    empty_text: str = ""
    empty_icon: str = "inbox"
    empty_actions: Sequence[Action] = ()
