"""What runs by the clock. Each turn of a schedule is one job, whatever the number of workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from . import jobs
from .models import Job

F = TypeVar("F", bound=jobs.Work)

PREFIX: Final = "every:"
_EPOCH: Final = datetime(2000, 1, 3, tzinfo=UTC)  # a Monday, so that weeks start on one


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that comes back every ``period``, ``offset`` after the start of each (UTC)."""

    name: str
    period: timedelta
    offset: timedelta

    def turn(self, now: datetime) -> datetime:
        """The start of the turn that ``now`` is in."""
        return now - (now - _EPOCH - self.offset) % self.period

    def key(self, now: datetime) -> str:
        return f"{PREFIX}{self.name}:{self.turn(now):%Y-%m-%dT%H:%M:%SZ}"


_table: dict[str, Periodic] = {}
_queued: dict[str, str] = {}


def every(
    *, name: str, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0, at: str = "00:00"
) -> Callable[[F], F]:
    """Run the function once in each period, ``at`` hours:minutes after its start in UTC.

    It is called with ``turn``, the ISO moment at which the period began, and with no company in
    scope. Turns missed while no worker ran are not made up: the function looks back by itself.
    """
    hour, minute = (int(part) for part in at.split(":"))
    period = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)

    def register(work: F) -> F:
        _table[name] = Periodic(name, period, timedelta(hours=hour, minutes=minute))
        return jobs.job(name)(work)

    return register


def table() -> list[Periodic]:
    """Every schedule, by name."""
    return [_table[name] for name in sorted(_table)]


def queue_turns(now: datetime) -> None:
    """Queue the present turn of every schedule, unless another worker has."""
    fresh = [entry for entry in table() if _queued.get(entry.name) != entry.key(now)]
    if not fresh:
        return
    known = set(Job.objects.filter(key__in=[e.key(now) for e in fresh]).values_list("key", flat=True))
    Job.objects.bulk_create(
        [_job(entry, now) for entry in fresh if entry.key(now) not in known], ignore_conflicts=True
    )
    _queued.update({entry.name: entry.key(now) for entry in fresh})


def _job(entry: Periodic, now: datetime) -> Job:
    args = {"turn": entry.turn(now).isoformat()}
    return Job(name=entry.name, args=args, key=entry.key(now), run_at=now)
