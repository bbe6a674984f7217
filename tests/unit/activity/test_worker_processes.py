"""Real processes on a real database file: nothing runs twice, nothing is lost."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from comptoir.activity.models import Job

from .conftest import Start, lines, until

pytestmark = pytest.mark.django_db(transaction=True)


def put(name: str, *numbers: int, **args: object) -> list[Job]:
    rows = [Job(name=name, args={"number": n, **args}, run_at=timezone.now()) for n in numbers]
    return Job.objects.bulk_create(rows)


def states() -> Counter[str]:
    return Counter(Job.objects.filter(name__startswith="test.").values_list("state", flat=True))


def test_two_workers_share_the_jobs_and_run_none_twice(start_worker: Start, diary: Path) -> None:
    put("test.note", *range(120), takes=0.01)

    for _ in range(2):
        start_worker()
    until(lambda: states() == {"done": 120})

    begun = Counter(line.split()[1] for line in lines(diary, "begin"))
    assert begun == {str(n): 1 for n in range(120)}
    assert len({line.split()[2] for line in lines(diary)}) == 2


def test_without_the_claims_lock_the_same_test_sees_jobs_run_twice(start_worker: Start, diary: Path) -> None:
    put("test.note", *range(40), takes=0.01)

    for _ in range(2):
        start_worker(unguarded=True)
    until(lambda: states()["queued"] == 0 and states()["running"] == 0)

    assert len(lines(diary, "begin")) > 40


def test_a_job_whose_worker_is_killed_runs_again_after_its_lease(start_worker: Start, diary: Path) -> None:
    (job,) = put("test.note", 1, takes=2)
    first = start_worker(lease=1)
    until(lambda: lines(diary, "begin"))
    first.kill()
    Job.objects.filter(pk=job.pk).update(args={"number": 1})

    second = start_worker(lease=1)
    until(lambda: states() == {"done": 1})

    assert lines(diary) == [f"begin 1 {first.pid}", f"begin 1 {second.pid}", f"end 1 {second.pid}"]
    job.refresh_from_db()
    assert job.attempts == 2


def test_a_job_that_must_not_run_twice_becomes_unknown(start_worker: Start, diary: Path) -> None:
    (job,) = put("test.note_once", 1, takes=2)
    first = start_worker(lease=1)
    until(lambda: lines(diary, "begin"))
    first.kill()

    start_worker(lease=1)
    until(lambda: states() == {"unknown": 1})
    put("test.note", 2)
    until(lambda: lines(diary, "end 2"))

    assert lines(diary, "begin 1") == [f"begin 1 {first.pid}"]
    job.refresh_from_db()
    assert (job.attempts, job.error) == (1, "Its worker stopped in the middle.")


def test_a_long_job_keeps_its_lease_while_its_worker_lives(start_worker: Start, diary: Path) -> None:
    put("test.note", 1, takes=3)

    for _ in range(2):
        start_worker(lease=1)
    until(lambda: states() == {"done": 1})

    assert len(lines(diary, "begin")) == 1


def test_told_to_stop_a_worker_finishes_the_job_in_hand(start_worker: Start, diary: Path) -> None:
    put("test.note", 1, 2, 3, takes=1)
    worker = start_worker(hands=1)
    until(lambda: lines(diary, "begin"))

    worker.signal(signal.SIGTERM)

    assert worker.wait() == 0
    assert states() == {"done": 1, "queued": 2}
    assert len(lines(diary, "end")) == 1
