"""The page of everything that leaves by itself: when next, how often, and whether it is stopped."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comptoir.delivery.papers.models import Planned
from comptoir.insight.schedules.models import ENDLESS, RECORD, Schedule
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.pages import page
from comptoir.office.schedules.naming import MOST_NAMED, About, about, document_labels
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.office.statements.scheduling import often
from comptoir.ui import cells
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action
from comptoir.ui.tags.figures import day
from comptoir.ui.tags.marks import badge

SHOWN: Final = 200


def listed(place: Desk) -> HttpResponse:
    """Schedules first, then the e-mails that wait for their day."""
    live = Schedule.objects.filter(archived_at=None).select_related("user")
    rows = list(live.order_by("is_paused", "next_run", "pk")[:SHOWN])
    waiting = Planned.objects.filter(state=Planned.State.WAITING).select_related("client")
    planned = list(waiting.order_by("moment", "pk")[:SHOWN])
    context = {
        **frame(place, level_of(place), "schedules"),
        "table": _table(rows),
        "planned": _planned(planned),
        "new_url": reverse("office:new-schedule"),
    }
    return page(place, "schedules/list.html", context, module="settings")


def _table(rows: list[Schedule]) -> Table:
    at = reverse("office:schedule", args=["ID", "VERB"]).replace("ID", "{id}")
    edit = reverse("office:edit-schedule", args=["ID"]).replace("ID", "{id}")
    named = about(rows)
    return Table(
        columns=[
            Column("what", _("What"), strong=True, phone="main"),
            Column("whom", _("For")),
            Column("often", _("How often")),
            Column("next", _("Next time"), phone="sub"),
            Column("left", _("Remaining"), end=True),
            Column("state", _("State"), phone="end"),
        ],
        rows=[_row(row, named[row.pk]) for row in rows],
        actions=[
            Action(_("Edit"), edit, "pencil", "dialog", key="edit"),
            Action(_("Pause"), at.replace("VERB", "pause"), "player-pause", "post", key="pause"),
            Action(_("Resume"), at.replace("VERB", "resume"), "player-play", "post", key="resume"),
            Action(_("Delete"), at.replace("VERB", "delete"), "trash", "post", key="delete", danger=True),
        ],
        caption=_("Schedules"),
    )


def _row(row: Schedule, said: About) -> Row:
    stopped = "resume" if row.is_paused else "pause"
    endless = row.remaining_cycles == ENDLESS and row.template != RECORD
    left = "∞" if endless else str(max(row.remaining_cycles, 1))
    title = said.what if not row.name or row.name == said.what else cells.two(row.name, said.what)
    return Row(
        ids.encode(row.pk),
        row.name or said.what,
        [
            title,
            _whom(said),
            often(row.frequency_id) or _("Once"),
            day(row.next_run),
            left,
            _state(row),
        ],
        can=f"edit {stopped} delete",
    )


def _state(row: Schedule) -> Any:
    if row.is_paused:
        return badge(pgettext("schedule", "Paused"), "warning")
    return badge(pgettext("schedule", "Active"), "success")


def _whom(said: About) -> str | SafeString:
    if not said.whom:
        return _("All active clients")
    shown = [_link(label, url) for label, url in said.whom[:MOST_NAMED]]
    more = len(said.whom) - MOST_NAMED
    if more > 0:
        shown.append(format_html("{}", ngettext("and %(n)s other", "and %(n)s others", more) % {"n": more}))
    return SafeString(", ".join(shown))


def _link(label: str, url: str) -> SafeString:
    return format_html('<a class="link" href="{}">{}</a>', url, label) if url else format_html("{}", label)


def _planned(rows: list[Planned]) -> Table:
    labels = document_labels((row.kind, row.document_id) for row in rows)
    cancel = reverse("office:cancel-planned", args=["ID"]).replace("ID", "{id}")
    return Table(
        columns=[
            Column("document", _("Document"), strong=True, phone="main"),
            Column("client", _("Client"), phone="sub"),
            Column("day", _("Leaves on"), phone="end"),
        ],
        rows=[_planned_row(row, labels.get((row.kind, row.document_id))) for row in rows],
        actions=[Action(_("Cancel"), cancel, "x", "post", key="cancel", danger=True)],
        caption=_("Planned e-mails"),
    )


def _planned_row(row: Planned, label: tuple[str, str] | None) -> Row:
    name, url = label or ("", "")
    cell: Any = cells.link(name, url) if url else name
    return Row(ids.encode(row.pk), name, [cell, row.client.display_name, day(row.day)], can="cancel")
