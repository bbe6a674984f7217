"""Statements that a client gets by itself: how often, from when, about which days (S26b)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.models import Client
from comptoir.insight.schedules.models import STATEMENT, Schedule
from comptoir.insight.schedules.operations import create_schedule, delete_schedule, update_schedule
from comptoir.insight.statements.sending import receivers_of
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.pages import go_to, part
from comptoir.office.statements.finding import address, find
from comptoir.reference import frequency
from comptoir.reference.names import name_in
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import locale

MONTHLY: Final = "5"
SPANS: Final = {
    "last_month": gettext_lazy("Last month"),
    "this_month": gettext_lazy("This month"),
    "last_quarter": gettext_lazy("Last quarter"),
    "this_quarter": gettext_lazy("This quarter"),
    "this_year": gettext_lazy("This year"),
    "last_year": gettext_lazy("Last year"),
    "last30_days": gettext_lazy("Last 30 days"),
    "all_time": gettext_lazy("Everything"),
}
TICKS: Final = ("show_opening_balance", "show_payments_table", "show_credits_table", "show_aging_table")


def schedule(desk: Desk, key: str) -> HttpResponse:
    """Ask how often; POST keeps it."""
    client = find(desk, key, "edit")
    desk.need_email()
    if desk.request.method == "GET":
        start: dict[str, Any] = dict.fromkeys(TICKS, True)
        return _dialog(desk, client, Form(start | {"frequency_id": MONTHLY, "next_run": desk.on.isoformat()}))
    sent = desk.request.POST
    try:
        create_schedule(_fields(client, sent), by=desk.actor, on=desk.on)
    except Refused as refused:
        errors = {name.removeprefix("parameters."): texts for name, texts in refused.errors.items()}
        return _dialog(desk, client, Form(dict(sent.items()), errors), status=422)
    toasts.add(desk.request, _("The statement leaves by itself from now on."))
    return go_to(desk, address(client))


def _fields(client: Client, sent: Any) -> dict[str, Any]:
    try:
        first = date.fromisoformat(sent.get("next_run", ""))
    except ValueError:
        raise Refused("next_run", _("This is not a day.")) from None
    return {
        "name": _("Statement of %(client)s") % {"client": client.display_name or client.number},
        "template": STATEMENT,
        "frequency_id": sent.get("frequency_id", ""),
        "next_run": first,
        "parameters": {
            "clients": [ids.encode(client.pk)],
            "date_range": sent.get("date_range", ""),
            "status": sent.get("status", "all"),
            "only_clients_with_invoices": sent.get("only_clients_with_invoices", "") == "1",
            **{name: sent.get(name, "") == "1" for name in TICKS},
        },
    }


def change(desk: Desk, key: str, which: str, verb: str) -> HttpResponse:
    """Pause it, let it go on, or take it away."""
    client = find(desk, key, "edit")
    rows = {ids.encode(each.pk): each for each in Schedule.objects.about(client.pk)}
    if which not in rows or verb not in VERBS:
        raise Http404
    run, said = VERBS[verb]
    if attempt(desk, lambda: run(desk, rows[which])):
        toasts.add(desk.request, said)
    return redirect(address(client))


def _paused(state: bool) -> Callable[[Desk, Schedule], object]:
    return lambda desk, row: update_schedule(row, {"is_paused": state}, by=desk.actor, on=desk.on)


VERBS: Final[dict[str, tuple[Callable[[Desk, Schedule], object], Any]]] = {
    "pause": (_paused(True), gettext_lazy("It waits until you let it go on.")),
    "resume": (_paused(False), gettext_lazy("It leaves by itself again.")),
    "delete": (
        lambda desk, row: delete_schedule(row, by=desk.actor, on=desk.on),
        gettext_lazy("It leaves by itself no more."),
    ),
}


def listed(client: Client) -> list[dict[str, Any]]:
    """The client's own schedules, the next to leave first."""
    return [
        {
            "often": often(each.frequency_id),
            "span": SPANS.get(each.parameters.get("date_range", ""), ""),
            "next": each.next_run,
            "is_paused": each.is_paused,
            **{verb: address(client, "statement-schedule", ids.encode(each.pk), verb) for verb in VERBS},
        }
        for each in Schedule.objects.about(client.pk)
    ]


def often(frequency_id: str) -> str:
    """A frequency in words."""
    found = frequency(frequency_id)
    return name_in(found, locale()) if found else ""


def _dialog(desk: Desk, client: Client, form: Form, *, status: int = 200) -> HttpResponse:
    try:
        people, trouble = receivers_of(client).people, ""
    except Refused as refused:
        people, trouble = [], str(refused.sentence)
    context = {
        "form": form,
        "people": people,
        "trouble": trouble,
        "url": desk.request.path,
        "frequencies": [(each.id, name_in(each, locale())) for each in frequency],
        "spans": list(SPANS.items()),
        "statuses": [("all", _("All")), ("unpaid", _("Unpaid")), ("paid", _("Paid"))],
    }
    return part(desk, "statements/schedule.html", context, status=status)
