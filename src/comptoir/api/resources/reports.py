"""Reports of records (contract rules 25): asked for, made by the worker, fetched under a hash.

``POST reports/<name>`` answers the hash, ``POST reports/preview/{hash}`` and ``POST exports/preview/{hash}``
what was made under it: a table as JSON where the first post had ``?output=json``, else the file.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.activity import kinds
from comptoir.clients.models import Client
from comptoir.contract import problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, Route, route
from comptoir.contract.fields.keys import read_key
from comptoir.contract.idempotency import once
from comptoir.insight.exports import selecting
from comptoir.insight.exports.declaring import Sheet
from comptoir.insight.exports.making import MIME, opened
from comptoir.insight.exports.models import Export
from comptoir.insight.exports.operations import ask_export
from comptoir.insight.exports.sheets import SHEETS

SAME: Final = {"client_contacts": "contacts"}
"""Two names of one report."""


def _asking(name: str) -> Route:
    @route("POST", f"/reports/{name}", verb="view", does=f"Ask for the report of {name.replace('_', ' ')}.")
    def ask(call: Call) -> HttpResponse:
        return once(call, lambda: lambda: _ask(call, SHEETS[SAME.get(name, name)]))

    return ask


class Reports(Endpoints):
    path, entity = "reports", "reports"

    locals().update({f"ask_{name}": _asking(name) for name in (*SHEETS, *SAME)})

    @route("POST", "/reports/preview/{hash}", verb="view")
    def preview(call: Call) -> HttpResponseBase:
        """The table under a hash; 409 until it is ready."""
        return _made(call)

    @route("POST", "/exports/preview/{hash}", verb="view")
    def fetched(call: Call) -> HttpResponseBase:
        """The file under a hash; 409 until it is ready."""
        return _made(call)


def _ask(call: Call, sheet: Sheet) -> HttpResponse:
    mailed = selecting.flag(call.body, "send_email")
    wanted = selecting.named(call.body.get("report_keys")) or sheet.of_the_wire()
    export = ask_export(
        sheet,
        _keys(call, sheet),
        sheet.chosen(wanted),
        by=call.who.actor,
        on=call.who.today,
        type_=_type(call, mailed=mailed),
        notation=call.who.locale if call.query.get("output") == "json" else "en",
        options={"everybody": sheet.key == "clients"},
        wants_mail=mailed,
    )
    return call.message(_("working...") if mailed else export.key)


def _made(call: Call) -> HttpResponseBase:
    """What the asker's own export has come to; of an unknown hash nothing more is said (decision T35)."""
    export = Export.objects.filter(key=call.params["hash"], user_id=call.who.actor.user_id).first()
    if export is not None and export.has_failed:
        raise problems.Problem(422, _("This report could not be made. Ask for it again."))
    if export is None or not export.is_ready:
        raise _not_ready()
    return FileResponse(
        opened(export),
        as_attachment=export.type != "json",
        filename=export.name,
        content_type=MIME[export.type],
    )


def _not_ready() -> problems.Problem:
    return problems.Problem(409, _("This report is not ready yet."))


def _type(call: Call, *, mailed: bool) -> str:
    """A table to look at, or a file: CSV, or with ``output=xlsx`` (ours) a workbook."""
    output = str(call.asked("output") or "").lower()
    if output == "xlsx":
        return "xlsx"
    return "json" if output == "json" and not mailed else "csv"


def _keys(call: Call, sheet: Sheet) -> list[int]:
    """The records that the body asks for, among those that the caller may see."""
    rows = _seen(call, sheet)
    rows = selecting.narrowed(sheet, rows, call.body, on=call.who.today)
    rows = _of_status(call, sheet, rows)
    if client := str(call.body.get("client_id") or ""):
        rows = selecting.of_clients(sheet, rows, [read_key(client)])
    return selecting.keys_of(sheet, rows)


def _seen(call: Call, sheet: Sheet) -> QuerySet[Any]:
    rows = sheet.model._default_manager.all()
    if sheet.key == "contacts":  # they are their client's
        seen = call.who.seen(Client.objects.all(), "client")
        return rows.filter(client__in=seen)
    return call.who.seen(rows, sheet.entity)


def _of_status(call: Call, sheet: Sheet, rows: QuerySet[Any]) -> QuerySet[Any]:
    """``status`` means what ``client_status`` means in the list of the same records."""
    asked = call.body.get("status")
    words = ",".join(map(str, asked)) if isinstance(asked, list) else str(asked or "")
    kind = kinds.find(sheet.entity)
    narrow = call.registry.resources[kind.plural].all_filters.get("client_status") if kind else None
    return narrow(rows, words, call.who) if words and narrow else rows
