"""The worker: runs what the outbox holds (architecture, decision 7).

One process has a foreman, who looks twice a second whether anything is due, and a few hands, who run
the jobs. Any number of such processes, on any number of machines, share one database.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread, current_thread, main_thread
from typing import Final

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connections
from django.utils import timezone, translation

from . import claims, heartbeat, jobs, schedule
from .bell import Bell
from .models import Job

log: Final = logging.getLogger(__name__)

POLL: Final = 0.5
_PATIENCE: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


def run(stop: Event | None = None, *, hands: int = 2, lease: timedelta = claims.LEASE) -> None:
    """Work until ``stop`` is set, then finish the jobs in hand.

    Without ``stop``, SIGTERM and SIGINT set it.
    """
    jobs.discover()
    stop = stop or _stop_on_signals()
    Crew(stop, hands, lease).work()


def run_once(lease: timedelta = claims.LEASE) -> Job | None:
    """Claim one due job and run it; None when nothing is due."""
    job = claims.take(lease)
    if job is not None:
        perform(job)
    return job


def perform(job: Job) -> None:
    """Run a claimed job and write down how it ended."""
    try:
        with claims.scope_of(job), translation.override(settings.LANGUAGE_CODE):
            _work(job.name)(**job.args)
    except jobs.Retry as later:
        log.info("Job %s %s is put off: %s", job.pk, job.name, later)
        _write_down(claims.fail, job, later)
    except Exception as error:
        log.warning("Job %s %s failed, attempt %s", job.pk, job.name, job.attempts, exc_info=error)
        _write_down(claims.fail, job, error)
    else:
        _write_down(claims.finish, job)


def _work(name: str) -> jobs.Work:
    found = jobs.registered(name)
    if found is None:
        raise LookupError(f"No job is called {name} in this version.")
    return found.work


def _write_down(outcome: Callable[..., object], *what: object) -> None:
    """Keep trying: an outcome that is lost makes the job run again."""
    for wait in _PATIENCE:
        try:
            outcome(*what)
        except DatabaseFault as error:
            _recover(error, wait)
        else:
            return
    outcome(*what)


def _recover(error: Exception, wait: float) -> None:
    if isinstance(error, DatabaseFault):
        log.error("The database does not answer: %s", error)
    else:
        log.error("The worker stumbled", exc_info=error)
    connections.close_all()
    time.sleep(wait)


def _stop_on_signals() -> Event:
    stop = Event()
    if current_thread() is main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    return stop


class Crew:
    """The foreman and the hands of one process."""

    def __init__(self, stop: Event, hands: int, lease: timedelta) -> None:
        self.stop = stop
        self.lease = lease
        self.wake = Event()
        self.in_hand: dict[int, Job] = {}
        self.hands = [Thread(target=self.hand, name=f"hand-{n}") for n in range(hands)]
        self.chores_at = timezone.now()

    def work(self) -> None:
        for hand in self.hands:
            hand.start()
        with Bell() as bell:
            self.patiently(lambda: self.look(bell))
        self.wake.set()
        for hand in self.hands:
            hand.join()
        connections.close_all()

    def look(self, bell: Bell) -> None:
        """The foreman's round: chores now and then, wake the hands when something is due."""
        now = timezone.now()
        if now >= self.chores_at:
            self.chores(now)
            self.chores_at = now + min(self.lease / 4, timedelta(seconds=10))
        if claims.due(now).exists():
            self.wake.set()
        bell.wait(POLL)

    def chores(self, now: datetime) -> None:
        for job in list(self.in_hand.values()):
            claims.renew(job, self.lease)
        claims.reclaim()
        schedule.queue_turns(now)
        heartbeat.beat(now)

    def patiently(self, step: Callable[[], None]) -> None:
        """Repeat ``step`` until told to stop. A database that is away is waited for; no fault ends it."""
        failures = 0
        while not self.stop.is_set():
            try:
                step()
                failures = 0
            except Exception as error:
                _recover(error, _PATIENCE[min(failures, len(_PATIENCE) - 1)])
                failures += 1

    def hand(self) -> None:
        self.patiently(self.take_one)
        connections.close_all()

    def take_one(self) -> None:
        job = claims.take(self.lease)
        if job is None:
            self.wake.wait(POLL * 10)
            self.wake.clear()
            return
        self.in_hand[job.pk] = job
        try:
            perform(job)
        finally:
            del self.in_hand[job.pk]
