"""What a schedule can do, by the wire's ``template``: what it must say, and what one turn of it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.activity.actors import Actor
from comptoir.activity.outbox import queue_all

from . import instalments, records, reports, statements
from .models import INSTALMENTS, RECORD, REPORT, STATEMENT, Schedule

Faults = dict[str, list[Any]]


@dataclass(frozen=True)
class Kind:
    """``check`` finds faults in its parameters; ``work`` names what one turn leaves to the worker.

    ``work`` answers (job, arguments, key) and runs inside the turn's transaction. ``begin`` and ``end``
    follow its creation and its deletion. ``once``: it leaves on one day only, and is gone then.
    """

    check: Callable[[Schedule, date], Faults]
    work: Callable[[Schedule, date, date], Iterable[tuple[str, dict[str, Any], str]]]
    begin: Callable[[Schedule, Actor, date], None] = lambda *_: None
    end: Callable[[Schedule, Actor, date], None] = lambda *_: None
    once: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    STATEMENT: Kind(statements.faults, statements.work),
    RECORD: Kind(records.faults, records.work, once=True),
    REPORT: Kind(reports.faults, reports.work),
    INSTALMENTS: Kind(instalments.faults, instalments.work, instalments.begin, instalments.end),
}

REFUSED: Final[Mapping[str, Any]] = {
    "invoice_outstanding_tasks": _("Outstanding tasks are not invoiced by a schedule here."),
}
"""The wire's other template, and why not."""


def leave_work(schedule: Schedule, day: date, on: date) -> None:
    """Queue what the turn of ``day`` is about, each piece once for ever."""
    all_say = {"schedule": schedule.pk, "day": day.isoformat(), "on": on.isoformat()}
    left = KINDS[schedule.template].work(schedule, day, on)
    queue_all((job, {**all_say, **args}, key) for job, args, key in left)
