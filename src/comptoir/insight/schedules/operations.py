"""Everything that can be done to schedules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.locking import lock

from . import facts, rules
from .kinds import KINDS
from .models import INSTALMENTS, ONCE, Schedule

SPLITTING: Final = frozenset({"parameters", "next_run", "frequency_id", "remaining_cycles"})
"""What changes the instalments of an invoice."""


@operation
def create_schedule(fields: Mapping[str, Any], *, by: Actor, on: date) -> Schedule:
    """Without a first day it begins today. Raises Refused at each field."""
    schedule = Schedule(user_id=by.user_id, next_run=on)
    changed(schedule, {name: value for name, value in fields.items() if value is not None})
    schedule.anchor = schedule.next_run
    rules.refuse_odd(schedule, on, moved=True)
    kind = KINDS[schedule.template]
    if kind.once:
        schedule.frequency_id = ONCE
    kind.begin(schedule, by, on)
    schedule.save(force_insert=True)
    tell(facts.ScheduleCreated(schedule, actor=by))
    return schedule


@operation
def update_schedule(schedule: Schedule, fields: Mapping[str, Any], *, by: Actor, on: date) -> Schedule:
    """Another next day is counted from then on. Raises Refused at each field."""
    lock(schedule)
    shelving.refuse_deleted(schedule)
    before, template = schedule.next_run, schedule.template
    changes = changed(schedule, {name: value for name, value in fields.items() if value is not None})
    rules.refuse_another_template(template, schedule)
    moved = schedule.next_run != before
    if moved:
        schedule.anchor = schedule.next_run
    rules.refuse_odd(schedule, on, moved=moved)
    if template == INSTALMENTS and SPLITTING & changes.keys():
        KINDS[template].begin(schedule, by, on)
    schedule.save()
    tell(facts.ScheduleUpdated(schedule, actor=by, changes=changes))
    return schedule


@operation
def archive_schedule(schedule: Schedule, *, by: Actor, on: date) -> Schedule:
    shelving.archive(schedule)
    tell(facts.ScheduleArchived(schedule, actor=by))
    return schedule


@operation
def delete_schedule(schedule: Schedule, *, by: Actor, on: date) -> Schedule:
    shelving.delete(schedule)
    KINDS[schedule.template].end(schedule, by, on)
    tell(facts.ScheduleDeleted(schedule, actor=by))
    return schedule


@operation
def restore_schedule(schedule: Schedule, *, by: Actor, on: date) -> Schedule:
    rules.refuse_restoring(schedule)
    shelving.restore(schedule)
    tell(facts.ScheduleRestored(schedule, actor=by))
    return schedule
