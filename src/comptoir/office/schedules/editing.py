"""Making and changing schedules in a dialog: how often, from when, how many times, about which days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.insight.schedules.models import ENDLESS, INSTALMENTS, RECORD, REPORT, STATEMENT, Schedule
from comptoir.insight.schedules.operations import create_schedule, update_schedule
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.pages import go_to, part
from comptoir.office.schedules.naming import about
from comptoir.office.statements.scheduling import MONTHLY, SPANS, TICKS, VERBS
from comptoir.reference import frequency
from comptoir.reference.names import name_in
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import locale

ONLY_LISTED: Final = "only_clients_with_invoices"


def new(place: Desk) -> HttpResponse:
    """A schedule of statements, for the clients that are named or for all active ones."""
    if place.request.method == "GET":
        start = {"frequency_id": MONTHLY, "next_run": place.on.isoformat(), ONLY_LISTED: True}
        return _dialog(place, Form({**dict.fromkeys(TICKS, True), **start}), None)
    sent = place.request.POST
    try:
        fields = {"template": STATEMENT, **_read(sent, STATEMENT)}
        fields["name"] = fields["name"] or _("Statements")
        create_schedule(fields, by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, Form(_typed(sent), _at_fields(refused)), None, status=422)
    toasts.add(place.request, _("The schedule is made."))
    return go_to(place, reverse("office:schedules"))


def edit(place: Desk, key: str) -> HttpResponse:
    """Change it; what it does stays."""
    row = find(place, key)
    if place.request.method == "GET":
        return _dialog(place, Form(_values(row)), row)
    sent = place.request.POST
    try:
        update_schedule(row, _read(sent, row.template), by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, Form(_typed(sent), _at_fields(refused)), row, status=422)
    toasts.add(place.request, _("The schedule is saved."))
    return go_to(place, reverse("office:schedules"))


def change(place: Desk, key: str, verb: str) -> HttpResponse:
    """Pause it, let it go on, or take it away."""
    row = find(place, key)
    if verb not in VERBS:
        raise Http404
    run, said = VERBS[verb]
    if attempt(place, lambda: run(place, row)):
        toasts.add(place.request, said)
    return redirect("office:schedules")


def find(place: Desk, key: str) -> Schedule:
    """Raises Http404."""
    row: Schedule = place.find(Schedule.objects.filter(archived_at=None), key, "company", "edit")
    return row


def _read(sent: Any, template: str) -> dict[str, Any]:
    """Raises Refused at next_run or remaining_cycles for what cannot be read."""
    fields: dict[str, Any] = {"name": sent.get("name", "").strip()[:190]}
    if template == INSTALMENTS:
        return fields
    try:
        fields["next_run"] = date.fromisoformat(sent.get("next_run", ""))
    except ValueError:
        raise Refused("next_run", _("This is not a day.")) from None
    if template == RECORD:
        return fields
    times = sent.get("remaining_cycles", "").strip()
    if times and not (times.isascii() and times.isdigit() and 0 < int(times) < 1000):
        raise Refused("remaining_cycles", _("Say how many times, or leave it empty."))
    fields["frequency_id"] = sent.get("frequency_id", "")
    fields["remaining_cycles"] = int(times) if times else ENDLESS
    if template == REPORT:
        return fields
    return fields | {
        "parameters": {
            "clients": [key for key in sent.getlist("clients") if key],
            "date_range": sent.get("date_range", ""),
            "status": sent.get("status", "all"),
            ONLY_LISTED: sent.get(ONLY_LISTED, "") == "1",
            **{name: sent.get(name, "") == "1" for name in TICKS},
        },
    }


def _values(row: Schedule) -> dict[str, Any]:
    said = row.parameters
    endless = row.remaining_cycles == ENDLESS
    return {
        "name": row.name,
        "frequency_id": row.frequency_id,
        "next_run": row.next_run.isoformat(),
        "remaining_cycles": "" if endless else str(row.remaining_cycles),
        "clients": list(said.get("clients") or []),
        "date_range": said.get("date_range", ""),
        "status": said.get("status") or "all",
        ONLY_LISTED: bool(said.get(ONLY_LISTED)),
        **{name: bool(said.get(name, name != "show_opening_balance")) for name in TICKS},
    }


def _typed(sent: Any) -> dict[str, Any]:
    return {**dict(sent.items()), "clients": sent.getlist("clients")}


def _at_fields(refused: Refused) -> Mapping[str, Any]:
    return {name.removeprefix("parameters."): texts for name, texts in refused.errors.items()}


def _dialog(place: Desk, form: Form, row: Schedule | None, *, status: int = 200) -> HttpResponse:
    picked = Client.objects.filter(pk__in=ids.decode_all(form.values.get("clients") or []))
    context = {
        "form": form,
        "row": row,
        "about": about([row])[row.pk] if row else None,
        "is_statement": row is None or row.template == STATEMENT,
        "is_repeated": row is None or row.template in (STATEMENT, REPORT),
        "is_of_invoice": row is not None and row.template == INSTALMENTS,
        "url": place.request.path,
        "picked": [(ids.encode(one.pk), one.display_name or one.number) for one in picked],
        "clients_url": reverse("office:suggest-client"),
        "frequencies": [(each.id, name_in(each, locale())) for each in frequency],
        "spans": list(SPANS.items()),
        "statuses": [("all", _("All")), ("unpaid", _("Unpaid")), ("paid", _("Paid"))],
    }
    return part(place, "schedules/edit.html", context, status=status)
