from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

WORKER = Path(__file__).with_name("worker_process.py")
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """A data folder of the test's own, for the workers' bell."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary"


@pytest.fixture
def start_worker(transactional_db: None, data: Path, diary: Path) -> Iterator[Start]:
    """Start workers as real processes; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def start(**wish: Any) -> subprocess.Popen[bytes]:
        plan = json.dumps({"diary": str(diary), **wish})
        name = str(connection.settings_dict["NAME"])
        running.append(subprocess.Popen([sys.executable, str(WORKER), name, str(data), plan]))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


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
