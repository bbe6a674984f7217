from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import RLock
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]
NURSERY = (sys.executable, "-m", "tests.unit.activity.worker_process")
SEARCHED = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


class Nursery:
    """Starts workers as real processes, each in a few milliseconds (see worker_process)."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self.turn = RLock()
        self.process = subprocess.Popen(NURSERY, cwd=ROOT, env=SEARCHED, stdin=pipe, stdout=pipe, text=True)

    def ask(self, **command: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        with self.turn:
            self.process.stdin.write(f"{json.dumps(command)}\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


class Worker:
    """One worker process; ``returncode`` is None while it lives."""

    def __init__(self, nursery: Nursery, wish: dict[str, Any]) -> None:
        self.nursery = nursery
        self.pid: int = nursery.ask(start=wish)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        with self.nursery.turn:
            if self.returncode is None:
                self.returncode = self.nursery.ask(poll=self.pid)
            return self.returncode

    def signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.wait()

    def wait(self) -> int | None:
        until(lambda: self.poll() is not None)
        return self.returncode


Start = Callable[..., Worker]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """A data folder of the test's own, for the workers' bell."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary"


@pytest.fixture
def start_worker(transactional_db: None, nursery: Nursery, data: Path, diary: Path) -> Iterator[Start]:
    """Start workers; whatever still runs at the end is killed."""
    running: list[Worker] = []
    always = {"database": str(connection.settings_dict["NAME"]), "data": str(data), "diary": str(diary)}

    def start(**wish: Any) -> Worker:
        running.append(Worker(nursery, {**always, **wish}))
        return running[-1]

    yield start
    for worker in running:
        worker.kill()


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something that another process does; fails after a while."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.02)


def lines(diary: Path, word: str = "") -> list[str]:
    """What the jobs wrote so far, one entry a line."""
    text = diary.read_text() if diary.exists() else ""
    return [line for line in text.splitlines() if line.startswith(word)]
