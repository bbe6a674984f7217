"""Turning schedules: each turn once, each statement of a turn once (reliability D8)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.jobs import job
from comptoir.activity.operations import operation, tell
from comptoir.activity.outbox import queue
from comptoir.clients.models import Client
from comptoir.insight.statements import email_statement, statement_of
from comptoir.kernel import cadence, ids
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import current_company

from . import spans
from .facts import ScheduleRan
from .models import ENDLESS, Schedule, Turn


def run_due(now: datetime) -> int:
    """Turn every schedule of the company in scope whose hour has come; how many turned."""
    company = current_company()
    on = now.astimezone(company.zone).date()
    due = Schedule.objects.waiting(on).order_by("pk")
    return sum(_turned(each, now, on) for each in due if moment_of(each.next_run, company) <= now)


def moment_of(on: date, company: Company) -> datetime:
    """When on its day a schedule turns: at the hour at which the company sends."""
    return cadence.send_moment(on, company.zone, int(Preferences((company.settings,)).entity_send_time))


def _turned(schedule: Schedule, now: datetime, on: date) -> bool:
    try:
        _turn(schedule, now, by=SYSTEM, on=on)
    except _NotDue:
        return False
    return True


class _NotDue(Exception):
    """Somebody else turned it, or it was stopped meanwhile."""


@operation
def _turn(schedule: Schedule, now: datetime, *, by: Actor, on: date) -> Schedule:
    """Leave one job for each client, and move on.

    After a long sleep only one turn is made up: nobody wants five statements at once.
    """
    lock(schedule)
    if schedule.is_paused or schedule.archived_at or schedule.remaining_cycles == 0 or schedule.next_run > on:
        raise _NotDue
    day = schedule.next_run
    _claim(schedule, day)
    for client_id in _clients(schedule):
        args = {"schedule": schedule.pk, "client": client_id, "day": day.isoformat(), "on": on.isoformat()}
        queue("schedules.statement", args, key=f"schedule:{schedule.pk}:{day}:{client_id}")
    while schedule.next_run <= on:
        schedule.next_run = cadence.step(schedule.next_run, schedule.frequency_id, schedule.anchor.day)
    if schedule.remaining_cycles != ENDLESS:
        schedule.remaining_cycles -= 1
    schedule.save()
    tell(ScheduleRan(schedule, actor=by))
    return schedule


def _claim(schedule: Schedule, day: date) -> None:
    """The row that makes the day ours; whoever comes second finds it taken."""
    try:
        with transaction.atomic():
            Turn(schedule=schedule, on=day).save(force_insert=True)
    except IntegrityError as error:
        raise _NotDue from error


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
        _log(whom, row, refused.sentence)


def _log(client: Client, schedule: Schedule, error: Any) -> None:
    systemlog.record(
        systemlog.Category.MAIL,
        systemlog.Event.MAIL_BOUNCED,
        systemlog.Type.GENERIC,
        client_id=client.pk,
        log={"kind": "statement", "schedule": schedule.name, "error": str(error), "at": f"{timezone.now()}"},
    )
