"""Activity and system logs of a client: who did what, and what the machinery did (S42 to S50)."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.activity.models import Activity, SystemLog
from comptoir.clients.models import Client
from comptoir.office.clients.logs import CATEGORIES, failed, shown_logs
from comptoir.office.clients.paging import PAGE, turns
from comptoir.office.desk import Desk
from comptoir.office.history import happened
from comptoir.office.lists import ListFilter, Rows
from comptoir.office.lists.bar import Bar
from comptoir.office.lists.exports import MOST, streamed
from comptoir.office.lists.periods import by_date
from comptoir.office.modules import OF_KINDS

_CODES = frozenset(str(key) for key in CATEGORIES)


def activity(desk: Desk, client: Client) -> dict[str, Any] | HttpResponseBase:
    """Who did what, when, on the client's file."""
    rows = Activity.objects.filter(client_id=client.pk)
    bar = Bar(desk, [_by_person(rows), _by_record(), by_date(desk, "created_at__date")])
    chosen = bar.narrowed(rows).order_by("-pk")
    if bar.kind:
        return _export(desk, bar.kind, client, chosen)
    start = (bar.asked.page - 1) * PAGE
    shown = list(chosen[start : start + PAGE + 1])
    return {"bar": bar.drawn(), "activity": happened(desk, shown[:PAGE]), **turns(bar.asked, len(shown))}


def _by_person(rows: Rows) -> ListFilter:
    """The people who did something here, and the system."""

    def narrow(rows: Rows, value: str) -> Rows:
        return rows.filter(actor_kind="system") if value == "system" else rows.filter(actor_name=value)

    known = rows.exclude(actor_name="").order_by("actor_name").values_list("actor_name", flat=True)
    choices = [("system", _("System")), *((name, name) for name in known.distinct()[:50])]
    return ListFilter("who", gettext_lazy("Who"), choices, narrow)


def _by_record() -> ListFilter:
    """The client itself, and every kind of records that are a client's."""
    theirs = [(word, each.label) for word, each in OF_KINDS.items() if hasattr(each.model, "client")]
    choices = [("client", _("The client")), *theirs]
    return ListFilter(
        "kind", gettext_lazy("Record"), choices, lambda rows, value: rows.filter(subject_kind=value)
    )


def _export(desk: Desk, kind: str, client: Client, chosen: Any) -> HttpResponseBase:
    heads = [_("Date"), _("Who"), _("What happened"), _("What changed"), _("IP address")]
    rows = [
        [
            each.when, each.who, strip_tags(each.sentence),
            "; ".join(f"{name}: {old} → {new}" for name, old, new in each.changes), each.ip,
        ]
        for each in happened(desk, chosen[:MOST])
    ]  # fmt: skip
    return streamed(desk, kind, f"{client.number or 'client'}-{_('activity')}", heads, rows)


def logs(desk: Desk, client: Client) -> dict[str, Any]:
    """What the machinery did for the client: PDFs, mails, and whether it worked."""
    bar = Bar(desk, [_by_category(), _by_outcome(), by_date(desk, "created_at__date")])
    chosen = bar.narrowed(SystemLog.objects.filter(client_id=client.pk)).order_by("-pk")
    start = (bar.asked.page - 1) * PAGE
    shown = list(chosen[start : start + PAGE + 1])
    drawn = bar.drawn() | {"exports": []}
    return {"bar": drawn, "logs": shown_logs(shown[:PAGE]), **turns(bar.asked, len(shown))}


def _by_category() -> ListFilter:
    return ListFilter(
        "category",
        gettext_lazy("Category"),
        [(str(key), label) for key, label in CATEGORIES.items()],
        lambda rows, value: rows.filter(category_id=value) if value in _CODES else rows,
    )


def _by_outcome() -> ListFilter:
    return ListFilter(
        "outcome",
        gettext_lazy("Outcome"),
        (("failed", _("Failures")), ("done", _("Successes"))),
        lambda rows, value: rows.filter(failed()) if value == "failed" else rows.exclude(failed()),
    )
