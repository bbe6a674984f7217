"""Schedules on the wire, which calls them task schedulers (contract schemas.json task_scheduler)."""

from __future__ import annotations

from comptoir.api.resources.wire import Dated
from comptoir.contract.fields import Day, Flag, Json, Key, Text, Whole
from comptoir.contract.resources import Resource
from comptoir.insight.schedules import operations
from comptoir.insight.schedules.models import ENDLESS, Schedule


class TaskSchedulers(Dated, Resource):
    path, entity, model = "task_schedulers", "task_scheduler", Schedule

    id = Key("pk", writable=False)
    name = Text()
    frequency_id = Text()
    next_run = Day(required=True)
    template = Text(required=True)
    is_paused = Flag()
    parameters = Json(shape=dict)
    remaining_cycles = Whole(default=ENDLESS)

    search = ("name",)
    create, update = operations.create_schedule, operations.update_schedule
    actions = {
        "archive": operations.archive_schedule,
        "restore": operations.restore_schedule,
        "delete": operations.delete_schedule,
    }
