"""The page of imports and exports: upload a file, look at earlier ones."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.insight.exports.sheets import SHEETS
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.operations import upload_import
from comptoir.insight.imports.reporting import summary
from comptoir.insight.imports.sheets import TYPES
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.imports.finding import address, mine, seen
from comptoir.office.imports.words import state_badge
from comptoir.office.pages import page
from comptoir.ui import cells
from comptoir.ui.forms import Form
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Crumb

_EXPORTS: Final = {
    "clients": "export-clients",
    "invoices": "export-invoice",
    "quotes": "export-quote",
    "credits": "export-credit",
    "payments": "export-payment",
    "products": "export-product",
    "recurring_invoices": "export-recurring_invoice",
}
"""The dialogs of the lists, by their tables."""


def show(desk: Desk) -> HttpResponse:
    """GET shows the page, POST takes a file and goes on to its columns."""
    if not seen(desk) and not desk.may("view", "client"):
        raise PermissionDenied
    if desk.request.method == "GET":
        return _draw(desk, Form({"entity": desk.request.GET.get("entity", "")}))
    entity = desk.request.POST.get("entity", "client")
    if entity not in {each.key for each in seen(desk)}:
        raise PermissionDenied
    try:
        run = upload_import(entity, desk.request.FILES.get("file"), by=desk.actor, on=desk.on)
    except Refused as refused:
        return _draw(desk, Form({"entity": entity}, {"file": [refused.sentence]}), status=422)
    return redirect(address(run))


def _draw(desk: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    entities = [(entity.key, entity.title) for entity in seen(desk)]
    context = {
        "form": form,
        "crumbs": [Crumb(_("Settings"), reverse("office:settings"))],
        "entities": entities,
        "chosen": _chosen(form.value("entity"), [key for key, _title in entities]),
        "accept": ",".join(f".{kind}" for kind in TYPES),
        "table": _table(mine(desk)),
        "exports": [
            (SHEETS[sheet].title, reverse(f"office:{name}"))
            for sheet, name in _EXPORTS.items()
            if desk.may("view", SHEETS[sheet].entity)
        ],
    }
    return page(desk, "imports/overview.html", context, module="settings", status=status)


def _chosen(asked: str, known: list[str]) -> str:
    """The kind of record that was asked for, else the first."""
    return asked if asked in known else next(iter(known), "")


def _table(runs: list[Import]) -> Table:
    return Table(
        columns=[
            Column("name", _("File"), strong=True, wide=True, phone="main"),
            Column("state", _("State"), phone="end"),
            Column("summary", _("Rows"), quiet=True, phone="sub"),
            Column("user", _("By"), quiet=True),
            Column("made", _("Uploaded"), quiet=True),
        ],
        rows=[_row(run) for run in runs],
        caption=_("Earlier imports"),
    )


def _row(run: Import) -> Row:
    told: list[Any] = [
        cells.link(run.name, address(run)),
        state_badge(run),
        ("" if run.rehearsal else summary(run)) or cells.number(run.total),
        run.user.name if run.user else "",
        cells.moment(run.created_at),
    ]
    return Row(ids.encode(run.pk), run.name, told, url=address(run))
