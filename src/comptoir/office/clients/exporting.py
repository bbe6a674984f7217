"""Export clients with their contacts: all that a list shows, or the ticked ones; in chosen columns (S4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.insight.exports import tables
from comptoir.insight.exports.clients import USUAL, ExportColumn, columns, rows
from comptoir.kernel import ids
from comptoir.office.clients.listing import list_page
from comptoir.office.desk import Desk
from comptoir.office.pages import came_from, part
from comptoir.tenancy.scope import acting_for
from comptoir.ui import toasts
from comptoir.ui.forms import Form


def export(desk: Desk) -> HttpResponseBase:
    """GET asks in a dialog; POST gives the file, with the same filters in its address."""
    if desk.request.method == "GET":
        return _ask(desk)
    sent = desk.request.POST
    chosen = [column for column in columns() if column.id in sent.getlist("columns")]
    if not chosen:
        # the form is no part of a page: what it answers is a file, or the way back
        toasts.add(desk.request, _("Choose at least one column."), "error")
        return redirect(came_from(desk, reverse("office:clients")))
    found = rows(_clients(desk, sent.getlist("ids")), chosen, everybody=bool(sent.get("everybody")))
    return _answer(desk, "xlsx" if sent.get("kind") == "xlsx" else "csv", chosen, found)


def _clients(desk: Desk, ticked: list[str]) -> QuerySet[Any]:
    """The ticked ones, else all that the list's address asks for; never more than the member may see."""
    seen = desk.seen(Client.objects.all(), "client")
    if ticked:
        keys = [pk for key in ticked if (pk := ids.decode(key)) is not None]
        return seen.filter(pk__in=keys).order_by("sort_name", "pk")
    return list_page(desk).chosen(desk, seen)


def _answer(
    desk: Desk, kind: str, chosen: list[ExportColumn], found: Iterable[list[Any]]
) -> HttpResponseBase:
    heads = [str(column.label) for column in chosen]
    name = f"clients-{desk.on}.{kind}"
    if kind == "xlsx":
        return FileResponse(
            tables.workbook(heads, found), as_attachment=True, filename=name, content_type=tables.XLSX
        )
    response = StreamingHttpResponse(
        _inside(desk, tables.csv_text(heads, found, desk.locale)), content_type=tables.CSV
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _inside(desk: Desk, pieces: Iterator[str]) -> Iterator[str]:
    """What is written while it is sent is read in the company and the language of who asked."""
    language = get_language()
    while True:
        with acting_for(desk.company), override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _ask(desk: Desk) -> HttpResponse:
    asked = desk.request.GET
    sections: dict[str, list[ExportColumn]] = {}
    for column in columns():
        sections.setdefault(str(column.section), []).append(column)
    context = {
        "form": Form({"kind": "csv", "everybody": "1"}),
        "url": desk.request.path if "ids" in asked else desk.request.get_full_path(),
        "ids": asked.getlist("ids"),
        "sections": [
            (title, [(column.id, column.label, column.id in USUAL) for column in some])
            for title, some in sections.items()
        ],
        "kinds": [("csv", "CSV"), ("xlsx", "XLSX")],
    }
    return part(desk, "clients/export.html", context)
