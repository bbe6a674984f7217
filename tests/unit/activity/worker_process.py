"""A worker in a process of its own, on the database of the running tests.

Usage: worker_process.py DATABASE DATA JSON, where JSON has ``lease`` (seconds), ``diary`` (a file the
jobs write to) and ``unguarded`` (claim without a lock, to see that the tests see it).
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings


def point_at(database: str, data: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.DATA = Path(data)
    django.setup()


def write(diary: Path, line: str) -> None:
    with diary.open("a") as file:
        file.write(f"{line}\n")


def teach(diary: Path) -> None:
    from comptoir.activity.jobs import job

    @job("test.note")
    def note(*, number: int, takes: float = 0) -> None:
        write(diary, f"begin {number} {os.getpid()}")
        time.sleep(takes)
        write(diary, f"end {number} {os.getpid()}")

    job("test.note_once", at_most_once=True)(note)


def leave_unguarded() -> None:
    from comptoir.activity import claims
    from comptoir.activity.models import Job

    def take(lease: timedelta = claims.LEASE) -> Job | None:
        job = claims.due(claims.timezone.now()).first()
        time.sleep(0.02)
        if job is not None:
            job.state, job.attempts = Job.State.RUNNING, job.attempts + 1
            job.lease_until = claims.timezone.now() + lease
            job.save()
        return job

    claims.take = take


def main() -> None:
    database, data, plan = sys.argv[1:]
    wish = json.loads(plan)
    point_at(database, data)
    teach(Path(wish["diary"]))
    if wish.get("unguarded"):
        leave_unguarded()
    from comptoir.activity import worker

    worker.run(lease=timedelta(seconds=wish.get("lease", 60)), hands=wish.get("hands", 2))


if __name__ == "__main__":
    main()
