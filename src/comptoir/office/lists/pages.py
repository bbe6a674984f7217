"""A list page out of one declaration: search, segments, filters, columns, sorting, paging, exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.office.desk import Desk
from comptoir.office.lists import exports
from comptoir.office.lists.address import Address
from comptoir.office.lists.columns import SHELVES, ListColumn, ListFilter, Rows, shelved
from comptoir.office.lists.drawing import COUNTED, chips, filters, head, paging, segments
from comptoir.office.lists.money import Sums
from comptoir.office.lists.tastes import kept
from comptoir.office.lists.views import views
from comptoir.tenancy.choosing import FEW, keys_of, some_keys
from comptoir.ui.lists import ColumnChoice, Listing, Row, Table
from comptoir.ui.parts import Action, danger_last

BATCH = 500


def matching(rows: Rows, text: str, common: bool) -> Rows:
    """The search of a list of searchable rows."""
    return rows.containing(text) if common else rows.matching(text)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ListPage:
    """The declaration of a list; ``listing(desk, rows)`` makes what ``{% listing %}`` draws.

    ``name`` is where the member's columns and views are kept, ``url`` and ``bulk_url`` are addresses,
    ``row(row, cells)`` gives the ui's Row, ``search(rows, text, common)`` narrows by text, which may be known
    to be in very many rows, ``totals(keys)`` the sums of all that is filtered, by column, while those are
    few. ``order`` is the order without a sort, which must have an index;
    ``exported`` are columns that only exports have; ``ready(rows)`` fetches what rows want beside their own;
    ``export_url`` opens a dialog with further choices, for what the address asks.
    """

    name: str
    url: str
    columns: Sequence[ListColumn]
    row: Callable[[Any, list[Any]], Row]
    placeholder: Any
    search: Callable[[Rows, str, bool], Rows] = matching
    filters: Sequence[ListFilter] = ()
    shelves: Sequence[tuple[str, Any]] = SHELVES
    order: Sequence[str] = ("-pk",)
    actions: Sequence[Action] = ()
    bulk: Sequence[Action] = ()
    bulk_url: str = ""
    empty_title: Any = ""
    empty_text: Any = ""
    empty_icon: str = "inbox"
    empty_actions: Sequence[Action] = ()
    exported: Sequence[ListColumn] = ()
    export_url: str = ""
    ready: Callable[[list[Any]], None] = lambda rows: None
    totals: Callable[[list[int]], Sums] | None = None

    def asked(self, desk: Desk) -> Address:
        """What the address asks for."""
        return Address.read(self.url, desk.request.GET.dict(), (each.key for each in self.filters))

    def chosen(self, desk: Desk, rows: Rows, *, common: bool = False) -> Rows:
        """The rows that the address asks for, in its order; ``common`` when they are very many."""
        asked = self.asked(desk)
        rows = shelved(rows, asked["shelf"]) if self.shelves else rows
        for each in self.filters:
            if value := asked[each.key]:
                rows = each.narrow(rows, value)
        if text := asked["q"].strip():
            rows = self.search(rows, text, common)
        return rows.order_by(*self._order(asked))

    def listing(self, desk: Desk, rows: Rows) -> Listing:
        """One page of ``rows``, with everything around it."""
        asked, chosen = self.asked(desk), self.chosen(desk, rows)
        keys, known = _counted(chosen, bool(asked["q"].strip()))
        start = (asked.page - 1) * asked.size
        stop = start + asked.size + 1
        part = rows.order_by(*self._order(asked))
        if keys is None:
            part = part.filter(pk__in=keys_of(self.chosen(desk, rows, common=True), start, stop))
        else:
            part = part.filter(pk__in=keys)[start:stop]
        found = [_seated(row, desk) for row in part]
        self.ready(found)
        shown = self.shown(desk)
        sums = self.totals(keys) if self.totals and keys else None
        return Listing(
            url=self.url,
            table=self._table(asked, found[: asked.size], shown, sums),
            query=asked["q"],
            placeholder=str(self.placeholder),
            kept=[(key, value) for key, value in asked.state.items() if key not in ("q", "page")],
            segments=segments(self.shelves, asked),
            filters=filters(self.filters, asked),
            chips=chips(self.filters, asked),
            clear_url=self.url if any(asked[each.key] for each in self.filters) else "",
            views=views(desk, self.name, self.url, asked),
            save_view_url=reverse("office:save-view", args=[self.name])
            + "?"
            + urlencode({"query": asked.query}),
            columns=[ColumnChoice(each.key, str(each.label), each in shown) for each in self.columns],
            columns_url=reverse("office:columns", args=[self.name]),
            exports=self._exports(asked),
            paging=paging(desk, asked, len(found), known),
            empty_title=str(self.empty_title),
            empty_text=str(self.empty_text),
            empty_icon=self.empty_icon,
            empty_actions=self.empty_actions,
        )

    def export(self, desk: Desk, rows: Rows) -> HttpResponseBase | None:
        """The file that the address asks for, with what is shown; None when it asks for a page."""
        kind = desk.request.GET.get("export", "")
        if kind not in exports.KINDS:
            return None
        columns = [*self.shown(desk), *self.exported]
        return exports.export(desk, kind, self.name, columns, self._all(desk, self.chosen(desk, rows)))

    def _all(self, desk: Desk, chosen: Rows) -> Iterator[Any]:
        """Every row, read and made ready in batches."""
        for some in batched(chosen.iterator(chunk_size=BATCH), BATCH):
            ready = [_seated(row, desk) for row in some]
            self.ready(ready)
            yield from ready

    def shown(self, desk: Desk) -> list[ListColumn]:
        """The columns that the member wants to see."""
        wanted = kept(desk, "columns", self.name)
        if not wanted:
            return [column for column in self.columns if column.shown]
        return [column for column in self.columns if column.key in wanted or column.phone == "main"]

    def _table(self, asked: Address, rows: list[Any], shown: list[ListColumn], sums: Sums | None) -> Table:
        foot = sums.written() if sums else {}
        return Table(
            columns=[head(column, asked) for column in shown],
            rows=[self.row(row, [column.cell(row) for column in shown]) for row in rows],
            actions=danger_last(self.actions),
            bulk=danger_last(self.bulk),
            bulk_url=self.bulk_url,
            totals=_under(shown, foot) if foot else (),
        )

    def _exports(self, asked: Address) -> list[Action]:
        files = [
            Action(label, asked.but(export=kind), icon)
            for kind, label, icon in (("csv", "CSV", "file-text"), ("xlsx", "XLSX", "table"))
        ]
        if not self.export_url:
            return files
        more = f"{self.export_url}?{asked.query}" if asked.query else self.export_url
        return [*files, Action(_("Choose columns…"), more, "columns-3", "dialog", divided=True)]

    def _order(self, asked: Address) -> Sequence[str]:
        key, down = asked.sort
        for column in self.columns:
            if column.sort and column.key == key:
                sign = "-" if down else ""
                paths = column.sort if isinstance(column.sort, tuple) else (column.sort,)
                return [sign + path for path in (*paths, "pk")]
        return self.order


def _counted(rows: Rows, searched: bool) -> tuple[list[int] | None, int]:
    """The keys of all rows, while they are few, and how many there are, one more than COUNTED at most.

    What a search finds takes long to find when it is much, and is asked for once.
    """
    found = some_keys(rows, COUNTED + 1 if searched else FEW + 1)
    if len(found) <= FEW:
        return found, len(found)
    return None, len(found) if searched else rows.order_by().values("pk")[: COUNTED + 1].count()


def _seated(row: Any, desk: Desk) -> Any:
    """The row with its company, which is known: each would ask the database for it."""
    row.company = desk.company
    if "client" in row._state.fields_cache and row.client is not None:
        row.client.company = desk.company
    return row


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most ``size`` rows (itertools has it from Python 3.12 on)."""
    coming = iter(rows)
    while some := list(islice(coming, size)):
        yield some


def _under(shown: Sequence[ListColumn], sums: dict[str, Any]) -> list[Any]:
    """The foot of the table: a word where nothing is summed first, then the sums."""
    foot = [sums.get(column.key, "") for column in shown]
    if foot and not foot[0]:
        foot[0] = _("Total")
    return foot
