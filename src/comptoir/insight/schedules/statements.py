"""Statements by schedule: one mail to each client of it (template email_statement)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.clients.models import Client
from comptoir.insight.statements import email_statement, statement_of
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused

from . import spans
from .logs import unsent
from .models import Schedule


def faults(schedule: Schedule, on: date) -> dict[str, list[Any]]:
    """A period that is none, or clients that are not there."""
    parameters = schedule.parameters
    try:
        spans.wish(parameters, on)
    except Refused as refused:
        return {f"parameters.{name}": list(texts) for name, texts in refused.errors.items()}
    except KeyError:
        return {"parameters.date_range": [_("There is no such period.")]}
    except ValueError:
        return {"parameters.start_date": [_("Choose a first and a last day.")]}
    wanted = {ids.decode(str(key)) for key in parameters.get("clients") or []}
    if Client.objects.live().filter(pk__in=wanted - {None}).count() != len(wanted):
        return {"parameters.clients": [_("There is no such client.")]}
    return {}


def work(schedule: Schedule, day: date, on: date) -> Iterator[tuple[str, dict[str, Any], str]]:
    """One job for each client, of whom there may be very many."""
    for client in _clients(schedule):
        yield "schedules.statement", {"client": client}, f"schedule:{schedule.pk}:{day}:{client}"


def _clients(schedule: Schedule) -> list[int]:
    """Those it names, in the place of absorbed ones their new selves; without names all active ones."""
    wanted = [ids.decode(str(key)) for key in schedule.parameters.get("clients") or []]
    if not wanted:
        return list(Client.objects.active().order_by("pk").values_list("pk", flat=True))
    rows = Client.objects.filter(pk__in=wanted).values_list("pk", "merged_into_id", "deleted_at")
    alive = {pk if deleted is None else merged for pk, merged, deleted in rows}
    live = Client.objects.live().filter(pk__in=alive - {None})
    return list(live.order_by("pk").values_list("pk", flat=True))


@job("schedules.statement")
def send(*, schedule: int, client: int, day: str, on: str) -> None:
    """One statement to one client; run twice, it leaves once. Who cannot be reached is told in the logs."""
    row = Schedule.objects.filter(pk=schedule, deleted_at=None).first()
    whom = Client.objects.live().select_related("company", "group").filter(pk=client).first()
    if row is None or whom is None:
        return
    today = date.fromisoformat(on)
    wish = spans.wish(row.parameters, today)
    if row.parameters.get("only_clients_with_invoices") and not statement_of(whom, wish, on=today).invoices:
        return
    try:
        email_statement(whom, wish, by=SYSTEM, on=today, occurrence=f"schedule-{row.pk}-{day}")
    except Refused as refused:
        unsent(row, "statement", whom.pk, str(refused.sentence))
