"""A process that has loaded the house and forks workers when asked, on the database of the tests.

It reads commands from its input, one JSON object a line, and answers each with a JSON line:
``{"start": {…}}`` with the process id of a new worker, ``{"poll": id}`` with its exit code or null.

A start has ``database``, ``data`` (a folder), ``lease`` (seconds), ``hands``, ``diary`` (a file the jobs
write to), ``settings`` (of Django, changed) and two ways to go wrong on purpose, to see that the tests
see it: ``unguarded`` (claim without a lock) and ``blind`` (send what may have been sent).
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections


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


def forget_what_was_begun() -> None:
    from comptoir.delivery.mail.models import MailDelivery

    MailDelivery.everywhere.filter(state="sending").update(state="queued")


def work(wish: dict[str, Any]) -> None:
    connections["default"].settings_dict["NAME"] = wish["database"]
    for name, value in {**wish.get("settings", {}), "DATA": Path(wish["data"])}.items():
        setattr(settings, name, value)
    teach(Path(wish["diary"]))
    if wish.get("unguarded"):
        leave_unguarded()
    if wish.get("blind"):
        forget_what_was_begun()
    from comptoir.activity import worker

    worker.run(lease=timedelta(seconds=wish.get("lease", 60)), hands=wish.get("hands", 2))


def fork(wish: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(wish)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    return child


def poll(child: int) -> int | None:
    reaped, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if reaped else None


def main() -> None:
    django.setup()
    from comptoir.activity import jobs

    jobs.discover()
    for line in sys.stdin:
        command = json.loads(line)
        answer = fork(command["start"]) if "start" in command else poll(command["poll"])
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
