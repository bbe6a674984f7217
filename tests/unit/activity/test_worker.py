"""How one job ends, with the clock in our hands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from comptoir.activity import bell, claims, handlers, heartbeat, jobs, schedule, worker
from comptoir.activity.jobs import GiveUp, Retry, job
from comptoir.activity.models import Job
from comptoir.tenancy.models import Account, Company
from comptoir.tenancy.scope import NoCompany, current_company

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_registry", {})
    monkeypatch.setattr(schedule, "_table", {})
    monkeypatch.setattr(schedule, "_queued", {})


@pytest.fixture
def company() -> Company:
    account = Account.objects.create(key="a" * 32)
    return Company.objects.create(account=account, company_key="k" * 32)


def put(name: str, **more: object) -> Job:
    return Job.objects.create(**{"name": name, "run_at": timezone.now(), **more})


def ran(row: Job) -> Job:
    worker.run_once()
    row.refresh_from_db()
    return row


def test_a_job_runs_with_its_arguments_in_the_scope_of_its_company(company: Company) -> None:
    seen: list[object] = []
    job("test.look")(lambda *, word: seen.extend([word, current_company()]))

    row = ran(put("test.look", args={"word": "bonjour"}, company=company))

    assert seen == ["bonjour", company]
    assert (row.state, row.attempts, row.lease_until, row.finished_at) == ("done", 1, None, NOON)


def test_a_job_without_company_has_none_in_scope() -> None:
    job("test.look")(current_company)

    row = ran(put("test.look"))

    assert row.error.startswith(NoCompany.__name__)


def test_a_job_of_later_waits(clock: time_machine.Traveller) -> None:
    job("test.look")(lambda: None)
    row = put("test.look", run_at=NOON + timedelta(hours=1))

    assert ran(row).state == "queued"
    clock.move_to(NOON + timedelta(hours=1))
    assert ran(row).state == "done"


def test_the_oldest_job_comes_first() -> None:
    order: list[int] = []
    job("test.order")(lambda *, number: order.append(number))
    for number, minutes in ((1, 1), (2, 3), (3, 2)):
        put("test.order", args={"number": number}, run_at=NOON - timedelta(minutes=minutes))

    while worker.run_once():
        pass

    assert order == [2, 3, 1]


def test_a_job_that_fails_is_tried_again_with_growing_pauses_then_given_up(
    clock: time_machine.Traveller,
) -> None:
    def break_down() -> None:
        raise ValueError("no ink")

    job("test.break", attempts=4)(break_down)
    row = put("test.break")
    waits = []
    while ran(row).state == "queued":
        waits.append(row.run_at - timezone.now())
        clock.move_to(row.run_at)

    assert [round(w.total_seconds() / w0) for w, w0 in zip(waits, (5, 20, 80), strict=True)] == [1, 1, 1]
    assert (row.state, row.attempts) == ("failed", 4)
    assert row.error.startswith("ValueError: no ink\n")
    assert "break_down" in row.error


def test_pauses_vary_so_that_jobs_do_not_come_back_together() -> None:
    seconds = {claims.pause(3).total_seconds() for _ in range(50)}

    assert len(seconds) > 5
    assert all(60 <= s <= 100 for s in seconds)
    assert claims.pause(30) <= timedelta(hours=7.5)


def test_a_job_may_ask_to_be_run_later_as_often_as_it_likes(clock: time_machine.Traveller) -> None:
    def put_off() -> None:
        raise Retry(timedelta(minutes=5), "busy")

    job("test.later", attempts=1)(put_off)
    row = put("test.later")
    for n in range(1, 4):
        assert (ran(row).state, row.attempts, row.run_at) == ("queued", n, NOON + timedelta(minutes=5 * n))
        clock.move_to(row.run_at)


def test_a_job_may_give_up() -> None:
    def hopeless() -> None:
        raise GiveUp("no such address")

    job("test.hopeless")(hopeless)

    row = ran(put("test.hopeless"))

    assert (row.state, row.attempts) == ("failed", 1)
    assert row.error.startswith("GiveUp: no such address")


def test_a_job_that_must_not_run_twice_fails_at_its_first_error() -> None:
    def break_down() -> None:
        raise ValueError("half done")

    job("test.once", at_most_once=True)(break_down)

    assert ran(put("test.once")).state == "failed"


def test_a_job_of_a_newer_version_waits_for_that_version() -> None:
    row = ran(put("test.from_the_future"))

    assert row.state == "queued"
    assert row.error.startswith("LookupError: No job is called test.from_the_future in this version.")


def test_a_claim_that_lost_its_lease_cannot_write_the_outcome(clock: time_machine.Traveller) -> None:
    job("test.look")(lambda: None)
    row = put("test.look")
    slow = claims.take(timedelta(seconds=10))
    assert slow is not None
    clock.shift(11)
    assert claims.reclaim() == 1
    fast = claims.take()
    assert fast is not None

    assert not claims.finish(slow)
    assert not claims.renew(slow)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("running", 2)
    assert claims.finish(fast)


def test_a_job_that_kills_its_worker_every_time_is_given_up(clock: time_machine.Traveller) -> None:
    job("test.bomb", attempts=2)(lambda: None)
    row = put("test.bomb")
    for _ in range(2):
        assert claims.take()
        clock.shift(61)
        claims.reclaim()

    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == ("failed", 2, "Its worker stopped in the middle.")


@pytest.mark.parametrize(
    ("promises", "ends"), [({"attempts": 2}, "failed"), ({"at_most_once": True}, "unknown")]
)
def test_whoever_waits_for_a_job_learns_once_that_it_was_given_up(
    clock: time_machine.Traveller, company: Company, promises: dict[str, Any], ends: str
) -> None:
    """Whether it failed too often or killed its worker too often."""
    told: list[object] = []

    def break_down(*, word: str) -> None:
        raise ValueError(word)

    tell = lambda *, word: told.append((word, current_company()))  # noqa: E731
    job("test.break", given_up=tell, **promises)(break_down)
    row = put("test.break", args={"word": "oh"}, company=company)
    while ran(row).state == "queued":
        assert told == []
        clock.move_to(row.run_at)
    assert (row.state, told) == ("failed", [("oh", company)])
    row = put("test.break", args={"word": "ah"}, company=company)
    while row.state in ("queued", "running"):
        assert told == [("oh", company)]
        assert claims.take()
        clock.shift(61)
        claims.reclaim()
        row.refresh_from_db()
    claims.reclaim()
    assert (row.state, told) == (ends, [("oh", company), ("ah", company)])


def test_a_fault_in_telling_gives_the_job_up_all_the_same() -> None:
    job("test.break", attempts=1, given_up=lambda: 1 / 0)(lambda: 1 / 0)
    row = ran(put("test.break"))
    assert (row.state, row.error.splitlines()[0]) == ("failed", "ZeroDivisionError: division by zero")


def test_a_database_that_is_away_for_a_moment_does_not_lose_the_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job("test.look")(lambda: None)
    finish, tries = claims.finish, []

    def finish_at_third(row: Job) -> bool:
        tries.append(row)
        if len(tries) < 3:
            raise DatabaseError("database is locked")
        return finish(row)

    monkeypatch.setattr(claims, "finish", finish_at_third)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", lambda _: None)

    assert ran(put("test.look")).state == "done"
    assert len(tries) == 3


def test_no_fault_ends_a_workers_round(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", waits.append)
    crew = worker.Crew(Event(), 0, claims.LEASE)
    faults = iter([DatabaseError("locked"), InterfaceError("closed"), None, ValueError("a bug"), None])

    def step() -> None:
        fault = next(faults, None)
        if fault:
            raise fault
        if len(waits) == 3:
            crew.stop.set()

    crew.patiently(step)

    assert waits == [0.5, 1.0, 0.5]


def test_each_turn_of_a_schedule_is_queued_once_whoever_looks(clock: time_machine.Traveller) -> None:
    turns: list[str] = []
    schedule.every(name="test.hourly", hours=1, at="00:10")(lambda *, turn: turns.append(turn))
    for minutes in (0, 9, 10, 40, 69, 70):
        clock.move_to(NOON + timedelta(minutes=minutes))
        for _worker in range(3):
            schedule._queued.clear()
            schedule.queue_turns(timezone.now())
        while worker.run_once():
            pass

    assert turns == [
        "2026-03-02T11:10:00+00:00",
        "2026-03-02T12:10:00+00:00",
        "2026-03-02T13:10:00+00:00",
    ]


def test_a_daily_schedule_keeps_its_hour() -> None:
    entry = schedule.Periodic("test.daily", timedelta(days=1), timedelta(hours=6, minutes=20))

    assert entry.turn(NOON) == dt.datetime(2026, 3, 2, 6, 20, tzinfo=dt.UTC)
    assert entry.turn(NOON.replace(hour=6)) == dt.datetime(2026, 3, 1, 6, 20, tzinfo=dt.UTC)


def test_old_jobs_are_forgotten_but_not_the_keys_that_stop_a_second_run() -> None:
    old, young = NOON - timedelta(days=15), NOON - timedelta(days=13)
    put("a", state="done", run_at=old)
    put("b", state="done", run_at=young)
    put("c", state="done", run_at=old, key="invoice:1")
    put("d", state="done", run_at=old, key="every:x:2026-02-01T00:00:00Z")
    put("e", state="failed", run_at=old)
    put("f", state="unknown", run_at=old)

    assert handlers.drop_old_jobs(turn=NOON.isoformat()) == 2
    assert sorted(Job.objects.values_list("name", flat=True)) == ["b", "c", "e", "f"]


def test_a_worker_says_that_it_lives(clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_last", {})
    assert not heartbeat.alive()

    heartbeat.beat(NOON)
    assert heartbeat.last_seen() == NOON
    clock.shift(60)
    assert heartbeat.alive()
    clock.shift(61)
    assert not heartbeat.alive()


def test_the_bell_ends_the_wait(data: object) -> None:
    bell.ring()  # nobody listens: nothing happens
    with bell.Bell() as listening:
        assert not listening.wait(0)
        bell.ring()
        assert listening.wait(0)
        assert not listening.wait(0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_before_it_starts_ends(data: object, clock: time_machine.Traveller) -> None:
    stop = Event()
    stop.set()
    thread = Thread(target=worker.run, args=(stop,))
    thread.start()
    thread.join(timeout=10)

    assert not thread.is_alive()
