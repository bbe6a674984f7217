"""Everything that can be done to schedules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Schedule


@operation
def create_schedule(fields: Mapping[str, Any], *, by: Actor, on: date) -> Schedule:
    """Without a first day it begins today. Raises Refused at each field."""
    schedule = Schedule(user_id=by.user_id, next_run=on)
    changed(schedule, {name: value for name, value in fields.items() if value is not None})
    schedule.anchor = schedule.next_run
    rules.refuse_odd(schedule, on, moved=True)
    schedule.save(force_insert=True)
    tell(facts.ScheduleCreated(schedule, actor=by))
    return schedule


@operation
def update_schedule(schedule: Schedule, fields: Mapping[str, Any], *, by: Actor, on: date) -> Schedule:
    """Another next day is counted from then on. Raises Refused at each field."""
    lock(schedule)
    shelving.refuse_deleted(schedule)
    before = schedule.next_run
    changes = changed(schedule, {name: value for name, value in fields.items() if value is not None})
    moved = schedule.next_run != before
    if moved:
        schedule.anchor = schedule.next_run
    rules.refuse_odd(schedule, on, moved=moved)
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
    tell(facts.ScheduleDeleted(schedule, actor=by))
    return schedule


@operation
def restore_schedule(schedule: Schedule, *, by: Actor, on: date) -> Schedule:
    shelving.restore(schedule)
    tell(facts.ScheduleRestored(schedule, actor=by))
    return schedule
