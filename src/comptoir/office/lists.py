"""A list page out of one declaration: search, segments, filters, columns, sorting, paging.

The state lives in the address, so a view can be bookmarked; the chosen columns are remembered with
the member (Membership.settings).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.ui.lists import Chip, Column, ColumnChoice, Filter, Listing, Paging, Phone, Row, Table
from comptoir.ui.parts import Action, Tab

SIZES = (20, 50, 100)
COUNTED = 10_000
Rows = QuerySet[Any]


@dataclass(frozen=True)
class ListColumn:
    """``cell(row, desk)`` gives what is shown; ``sort`` is the ORM path it sorts by, if any."""

    key: str
    label: Any
    cell: Callable[[Any, Desk], Any]
    sort: str = ""
    end: bool = False
    quiet: bool = False
    strong: bool = False
    phone: Phone = "off"
    shown: bool = True


@dataclass(frozen=True)
class ListFilter:
    """A filter with named choices; each narrows the rows. ``label_of`` names a value not in them."""

    key: str
    label: Any
    choices: Callable[[Desk], Sequence[tuple[str, Any]]]
    narrow: Callable[[Rows, str, Desk], Rows]
    label_of: Callable[[str, Desk], str] | None = None


def shelved(rows: Rows, value: str, desk: Desk) -> Rows:  # noqa: ARG001
    """Active, archived or deleted rows."""
    return {"archived": rows.archived, "deleted": rows.deleted}.get(value, rows.active)()  # type: ignore[attr-defined, no-any-return]


SHELVES: tuple[tuple[str, Any], ...] = (
    ("", gettext_lazy("Active")),
    ("archived", gettext_lazy("Archived")),
    ("deleted", gettext_lazy("Deleted")),
)


@dataclass(frozen=True)
class ListPage:
    """The declaration of a list; ``listing(desk, rows)`` makes what ``{% listing %}`` draws.

    ``url`` and ``bulk_url`` are addresses, ``row(row, desk, cells)`` gives the ui's Row, ``search``
    narrows by text. ``order`` is the order without a sort, which must have an index.
    """

    name: str
    url: str
    columns: Sequence[ListColumn]
    row: Callable[[Any, Desk, list[Any]], Row]
    search: Callable[[Rows, str], Rows]
    placeholder: Any
    filters: Sequence[ListFilter] = ()
    shelves: Sequence[tuple[str, Any]] = SHELVES
    order: Sequence[str] = ("-pk",)
    actions: Sequence[Action] = ()
    bulk: Sequence[Action] = ()
    bulk_url: str = ""
    exports: Sequence[Action] = ()
    empty_title: Any = ""
    empty_text: Any = ""
    empty_icon: str = "inbox"
    empty_actions: Sequence[Action] = field(default_factory=tuple)
    totals: Callable[[Rows, Desk], Sequence[Any]] | None = None

    def chosen(self, desk: Desk, rows: Rows) -> Rows:
        """The rows that the address asks for, in its order."""
        asked = desk.request.GET
        rows = shelved(rows, asked.get("shelf", ""), desk) if self.shelves else rows
        for each in self.filters:
            if value := asked.get(each.key, ""):
                rows = each.narrow(rows, value, desk)
        if text := asked.get("q", "").strip():
            rows = self.search(rows, text)
        return rows.order_by(*self._order(asked.get("sort", "")))

    def listing(self, desk: Desk, rows: Rows) -> Listing:
        """One page of ``rows``, with everything around it."""
        chosen = self.chosen(desk, rows)
        size = _number(desk.request.GET.get("size"), SIZES[0], most=SIZES[-1])
        number = _number(desk.request.GET.get("page"), 1)
        shown = list(chosen[(number - 1) * size : number * size + 1])
        columns = self._shown(desk)
        state = self._state(desk)
        return Listing(
            url=self.url,
            table=Table(
                columns=[self._head(column, state) for column in columns],
                rows=[
                    self.row(each, desk, [column.cell(each, desk) for column in columns])
                    for each in shown[:size]
                ],
                actions=self.actions,
                bulk=self.bulk,
                bulk_url=self.bulk_url,
                totals=self.totals(chosen, desk) if self.totals and shown else (),
            ),
            query=state.get("q", ""),
            placeholder=str(self.placeholder),
            kept=[(key, value) for key, value in state.items() if key not in ("q", "page")],
            segments=self._segments(state),
            filters=[self._filter(each, desk, state) for each in self.filters if each.choices(desk)],
            chips=self._chips(desk, state),
            clear_url=self.url if any(each.key in state for each in self.filters) else "",
            columns=[
                ColumnChoice(column.key, str(column.label), column in columns) for column in self.columns
            ],
            columns_url=f"/columns/{self.name}",
            exports=self.exports,
            paging=self._paging(desk, chosen, state, number, size, len(shown)),
            empty_title=str(self.empty_title),
            empty_text=str(self.empty_text),
            empty_icon=self.empty_icon,
            empty_actions=self.empty_actions,
        )

    def _shown(self, desk: Desk) -> list[ListColumn]:
        chosen = desk.membership.settings.get("columns", {}).get(self.name)
        if not chosen:
            return [column for column in self.columns if column.shown]
        return [column for column in self.columns if column.key in chosen or column.phone == "main"]

    def _order(self, sort: str) -> Sequence[str]:
        key, _bar, way = sort.partition("|")
        for column in self.columns:
            if column.sort and column.key == key:
                sign = "-" if way == "desc" else ""
                return [sign + column.sort, sign + "pk"]
        return self.order

    def _state(self, desk: Desk) -> dict[str, str]:
        known = {"q", "shelf", "sort", "size", "page", *(each.key for each in self.filters)}
        return {key: value for key, value in desk.request.GET.items() if key in known and value}

    def _with(self, state: Mapping[str, str], **changes: str) -> str:
        wanted = {**{k: v for k, v in state.items() if k != "page"}, **changes}
        query = urlencode({key: value for key, value in wanted.items() if value})
        return f"{self.url}?{query}" if query else self.url

    def _head(self, column: ListColumn, state: Mapping[str, str]) -> Column:
        key, _bar, way = state.get("sort", "").partition("|")
        is_it = key == column.key
        turned = "desc" if is_it and way != "desc" else "asc"
        return Column(
            key=column.key,
            label=str(column.label),
            end=column.end,
            quiet=column.quiet,
            strong=column.strong,
            sort_url=self._with(state, sort=f"{column.key}|{turned}") if column.sort else "",
            sorted=("descending" if way == "desc" else "ascending") if is_it else "",
            phone=column.phone,
        )

    def _segments(self, state: Mapping[str, str]) -> list[Tab]:
        shelf = state.get("shelf", "")
        return [
            Tab(str(label), self._with(state, shelf=value), active=value == shelf)
            for value, label in self.shelves
        ]

    def _filter(self, each: ListFilter, desk: Desk, state: Mapping[str, str]) -> Filter:
        now = state.get(each.key, "")
        options = [
            Tab(str(label), self._with(state, **{each.key: value}), active=value == now)
            for value, label in each.choices(desk)
        ]
        return Filter(each.key, str(each.label), options)

    def _chips(self, desk: Desk, state: Mapping[str, str]) -> list[Chip]:
        found = []
        for each in self.filters:
            if value := state.get(each.key, ""):
                named = dict(each.choices(desk)).get(value)
                label = str(named) if named else each.label_of(value, desk) if each.label_of else value
                found.append(Chip(str(each.label), label, self._with(state, **{each.key: ""})))
        return found

    def _paging(
        self, desk: Desk, chosen: Rows, state: Mapping[str, str], number: int, size: int, got: int
    ) -> Paging:
        first = (number - 1) * size + 1
        shown = min(got, size)
        total = chosen.order_by()[: COUNTED + 1].count() if got > size or number > 1 else shown
        more = total > COUNTED
        count = formats.number(min(total, COUNTED), desk.locale) + ("+" if more else "")
        if shown and total > shown:
            summary = _("%(first)s–%(last)s of %(count)s") % {
                "first": formats.number(first, desk.locale),
                "last": formats.number(first + shown - 1, desk.locale),
                "count": count,
            }
        else:
            summary = ngettext("%(count)s row", "%(count)s rows", shown) % {"count": count}
        return Paging(
            summary=summary,
            previous_url=self._turn(state, number - 1) if number > 1 else "",
            next_url=self._turn(state, number + 1) if got > size else "",
            sizes=[Tab(str(n), self._with(state, size=str(n)), active=n == size) for n in SIZES],
        )

    def _turn(self, state: Mapping[str, str], number: int) -> str:
        query = {**state, "page": str(number)}
        return f"{self.url}?{urlencode(query)}"


def _number(text: str | None, otherwise: int, *, most: int = 1_000_000) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdigit() and int(text) > 0 else otherwise
