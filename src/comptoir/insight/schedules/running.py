"""Turning schedules: each turn once, whatever it leaves once (reliability D8)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel import cadence
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import current_company

from . import instalments
from .facts import ScheduleRan
from .kinds import KINDS, leave_work
from .models import ENDLESS, INSTALMENTS, Schedule, Turn


def run_due(now: datetime) -> int:
    """Turn every schedule of the company in scope whose hour has come; how many turned."""
    company = current_company()
    on = now.astimezone(company.zone).date()
    due = Schedule.objects.waiting(on).order_by("pk")
    return sum(_turned(each, on) for each in due if moment_of(each.next_run, company) <= now)


def moment_of(on: date, company: Company) -> datetime:
    """When on its day a schedule turns: at the hour at which the company sends."""
    return cadence.send_moment(on, company.zone, int(Preferences((company.settings,)).entity_send_time))


def _turned(schedule: Schedule, on: date) -> bool:
    try:
        _turn(schedule, by=SYSTEM, on=on)
    except _NotDue:
        return False
    return True


class _NotDue(Exception):
    """Somebody else turned it, or it was stopped meanwhile."""


@operation
def _turn(schedule: Schedule, *, by: Actor, on: date) -> Schedule:
    """Leave its work, and move on.

    After a long sleep only one turn is made up: nobody wants five statements at once.
    """
    lock(schedule)
    if schedule.is_paused or schedule.archived_at or schedule.remaining_cycles == 0 or schedule.next_run > on:
        raise _NotDue
    day = schedule.next_run
    _claim(schedule, day)
    leave_work(schedule, day, on)
    _move_on(schedule, on)
    schedule.save()
    tell(ScheduleRan(schedule, actor=by))
    return schedule


def _move_on(schedule: Schedule, on: date) -> None:
    """To the day after ``on`` that is next; what leaves once is gone (contract rules 27)."""
    following: date | None = None
    if schedule.template == INSTALMENTS:
        following = instalments.following(schedule, on)
    elif not KINDS[schedule.template].once:
        following = schedule.next_run
        while following <= on:
            following = cadence.step(following, schedule.frequency_id, schedule.anchor.day)
    if following is None:
        schedule.remaining_cycles = 0
        schedule.archived_at = schedule.deleted_at = timezone.now()
        return
    schedule.next_run = following
    if schedule.remaining_cycles != ENDLESS:
        schedule.remaining_cycles -= 1


def _claim(schedule: Schedule, day: date) -> None:
    """The row that makes the day ours; whoever comes second finds it taken."""
    try:
        with transaction.atomic():
            Turn(schedule=schedule, on=day).save(force_insert=True)
    except IntegrityError as error:
        raise _NotDue from error
