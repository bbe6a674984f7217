"""Taking jobs from the outbox so that each is run by one worker at a time."""

from __future__ import annotations

import logging
import secrets
import traceback
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import Error as DatabaseFault
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .jobs import GiveUp, Registered, Retry, registered
from .models import Job

log: Final = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=60)
_FIRST_PAUSE: Final = timedelta(seconds=5)
_LONGEST_PAUSE: Final = timedelta(hours=6)
_UNTOLD: Final = Registered("", lambda: None)


def due(now: datetime) -> QuerySet[Job]:
    """Jobs waiting to be run, oldest first."""
    return Job.objects.filter(state=Job.State.QUEUED, run_at__lte=now).order_by("run_at", "id")


def take(lease: timedelta = LEASE) -> Job | None:
    """Claim the next due job, or None.

    The row is locked while it is chosen and marked: SQLite has one writer, PostgreSQL skips what
    another worker holds. Nothing is written while nothing is due.
    """
    now = timezone.now()
    waiting = due(now)
    if not waiting.exists():
        return None
    with transaction.atomic():
        job = waiting.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.lease_until = now + lease
        job.attempts += 1
        job.save(update_fields=["state", "lease_until", "attempts"])
    return job


def _held(job: Job) -> QuerySet[Job]:
    """The row while this claim holds it: another worker's claim has raised ``attempts``."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)


def scope_of(job: Job) -> AbstractContextManager[Any]:
    """What a job runs in: its company, or none."""
    return nullcontext() if job.company_id is None else acting_for(Company.objects.get(pk=job.company_id))


def renew(job: Job, lease: timedelta = LEASE) -> bool:
    """Hold on to a job that is still running; False when it was taken away."""
    return bool(_held(job).update(lease_until=timezone.now() + lease))


def finish(job: Job) -> bool:
    """Mark a job done; False when its lease had run out and somebody else took it."""
    done = {"state": Job.State.DONE, "error": "", "lease_until": None, "finished_at": timezone.now()}
    return bool(_held(job).update(**done))


def fail(job: Job, error: Exception) -> Job.State:
    """Put a job back for later, or give it up, as its kind and its error say. Its new state."""
    kind = registered(job.name)
    again = _again(job, kind, error)
    state = Job.State.FAILED if again is None else Job.State.QUEUED
    now = timezone.now()
    with transaction.atomic():
        held = _held(job).update(
            state=state,
            run_at=now + again if again is not None else F("run_at"),
            error=_account(error),
            lease_until=None,
            finished_at=now if again is None else None,
        )
        if held and again is None:
            _say_given_up(job, kind)
    return state


def _say_given_up(job: Job, kind: Registered | None) -> None:
    """In the transaction that gives it up; a fault of the listener's own does not keep it from that."""
    if kind is None or kind.given_up is None:
        return
    try:
        with transaction.atomic(), scope_of(job):
            kind.given_up(**job.args)
    except DatabaseFault:
        raise
    except Exception:
        log.exception("Nobody could be told that job %s %s was given up", job.pk, job.name)


def _again(job: Job, kind: Registered | None, error: Exception) -> timedelta | None:
    if isinstance(error, Retry):
        return error.after
    if isinstance(error, GiveUp) or (kind and kind.at_most_once):
        return None
    return pause(job.attempts) if job.attempts < (kind or _UNTOLD).attempts else None


def pause(attempts: int) -> timedelta:
    """How long to wait after the nth attempt: 5 s, 20 s, 80 s … 6 h, give or take a quarter."""
    wait: timedelta = min(_FIRST_PAUSE * 4 ** min(attempts - 1, 8), _LONGEST_PAUSE)
    return wait * (0.75 + secrets.randbelow(501) / 1000)


def _account(error: Exception) -> str:
    """What a person needs to find the fault: the error, then where it was raised."""
    where = "".join(traceback.format_tb(error.__traceback__)[-6:])
    return f"{type(error).__name__}: {error}\n{where}"[:8000]


def reclaim() -> int:
    """Deal with jobs whose worker went silent; how many there were."""
    lost = list(Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=timezone.now()))
    return sum(_let_go(job) for job in lost)


def _let_go(job: Job) -> int:
    kind = registered(job.name) or _UNTOLD
    now = timezone.now()
    over = {"error": "Its worker stopped in the middle.", "lease_until": None}
    held = _held(job).filter(lease_until__lt=now)
    if not kind.at_most_once and job.attempts < kind.attempts:
        return held.update(state=Job.State.QUEUED, run_at=now, **over)
    state = Job.State.UNKNOWN if kind.at_most_once else Job.State.FAILED
    with transaction.atomic():
        gone = held.update(state=state, finished_at=now, **over)
        if gone:
            _say_given_up(job, kind)
    return gone
