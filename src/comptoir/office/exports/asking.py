"""A list as a file in chosen columns: all that its filters show, or the ticked rows (S4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.insight.exports.declaring import Column, Sheet
from comptoir.insight.exports.operations import ask_export
from comptoir.insight.exports.rules import MOST
from comptoir.insight.exports.sheets import SHEETS
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.lists import ListPage
from comptoir.office.lists.exports import streamed
from comptoir.office.pages import came_from, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form

AT_ONCE: Final = 1_000
"""Records that are sent while one waits; more are left to the worker, who shows how far it is."""
_ITEM: Final = "item."


@dataclass(frozen=True)
class Source:
    """A list that can be exported. ``sheet`` names the table of its records, ``lines`` that of their lines;
    ``rows`` are what the member may see, ``declared`` narrows them as the list's address asks.
    """

    sheet: str
    declared: ListPage
    rows: QuerySet[Any]
    lines: str = ""

    @property
    def widest(self) -> Sheet:
        """The sheet with every column that can be chosen."""
        return SHEETS[self.lines or self.sheet]

    def sheet_for(self, columns: Sequence[Column]) -> Sheet:
        """A row for each line as soon as one of its columns is wanted."""
        wants_lines = any(column.id.startswith(_ITEM) for column in columns)
        return SHEETS[self.lines] if self.lines and wants_lines else SHEETS[self.sheet]


def export(desk: Desk, source: Source) -> HttpResponseBase:
    """GET asks in a dialog; POST gives the file, or the page where one waits for it."""
    if desk.request.method == "GET":
        return _ask(desk, source)
    sent = desk.request.POST
    columns = source.widest.chosen(sent.getlist("columns"))
    keys = _keys(desk, source, sent.getlist("ids"))
    kind = "xlsx" if sent.get("kind") == "xlsx" else "csv"
    options = {"everybody": bool(sent.get("everybody"))}
    try:
        if columns and len(keys) <= AT_ONCE:
            return _at_once(desk, source.sheet_for(columns), keys, columns, kind, options)
        made = ask_export(
            source.sheet_for(columns), keys, columns,
            by=desk.actor, on=desk.on, type_=kind, notation=desk.locale, options=options,
        )  # fmt: skip
    except Refused as refused:
        # the form is no part of a page: what it answers is a file, or the way back
        toasts.add(desk.request, str(refused.sentence), "error")
        return redirect(came_from(desk, source.declared.url))
    return redirect(reverse("office:show-export", args=[ids.encode(made.pk)]))


def _at_once(
    desk: Desk, sheet: Sheet, keys: list[int], columns: list[Column], kind: str, options: Mapping[str, Any]
) -> HttpResponseBase:
    def cells() -> Iterator[list[Any]]:
        return ([column.cell(row) for column in columns] for row in sheet.rows(keys, columns, options))

    return streamed(desk, kind, sheet.called(), [str(column.label) for column in columns], cells())


def _keys(desk: Desk, source: Source, ticked: list[str]) -> list[int]:
    """The ticked ones, else all that the list's address asks for, in its order."""
    if ticked:
        rows = source.rows.filter(pk__in=ids.decode_all(ticked)).order_by(*source.declared.order)
    else:
        rows = source.declared.chosen(desk, source.rows)
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _ask(desk: Desk, source: Source) -> HttpResponse:
    asked, sheet = desk.request.GET, SHEETS[source.sheet]
    sections: dict[str, list[Column]] = {}
    for column in source.widest.columns():
        if column.shown:
            sections.setdefault(str(column.section), []).append(column)
    context = {
        "form": Form({"kind": "csv", "everybody": "1"}),
        "url": desk.request.path if "ids" in asked else desk.request.get_full_path(),
        "ids": asked.getlist("ids"),
        "title": sheet.title,
        "is_people": source.sheet == "clients",
        "sections": [_section(title, columns, sheet) for title, columns in _ordered(sections)],
        "kinds": [("csv", "CSV"), ("xlsx", "XLSX")],
    }
    return part(desk, "exports/ask.html", context)


def _ordered(sections: Mapping[str, list[Column]]) -> list[tuple[str, list[Column]]]:
    """Lines stand behind client and document, before what is rarely wanted."""
    found = list(sections.items())
    of_lines = [one for one in found if one[1][0].id.startswith(_ITEM)]
    others = [one for one in found if one not in of_lines]
    return [*others[:2], *of_lines, *others[2:]]


def _section(title: str, columns: Sequence[Column], sheet: Sheet) -> tuple[str, list[Any], str]:
    """The title, the boxes (id, label, ticked), and what ticking any of them means."""
    of_lines = columns[0].id.startswith(_ITEM)
    help_ = _("With any of these, each line has a row of its own.") if of_lines else ""
    return title, [(one.id, one.label, one.id in sheet.usual) for one in columns], help_
