"""The supervisor, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from comptoir.config import web

RUN = """
import sys
from comptoir.config.supervisor import Child, Supervisor
note = sys.argv[1]
code = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); " + sys.argv[2]
sys.exit(Supervisor([Child("child", [sys.executable, "-c", code, note], first_wait=0.1)], grace=1).run())
"""
STAYS = "time.sleep(60)"
FALLS = "sys.exit(3)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "pids"


@pytest.fixture
def start(note: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(life: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", RUN, str(note), life], stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def pids(note: Path, count: int, seconds: float = 10) -> list[int]:
    """Process ids of the first `count` starts."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        lines = note.read_text().split() if note.exists() else []
        if len(lines) >= count:
            return [int(line) for line in lines]
        time.sleep(0.02)
    raise AssertionError(f"The child was started fewer than {count} times.")


def gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_a_killed_child_is_started_again(start: Start, note: Path) -> None:
    start(STAYS)
    first = pids(note, 1)[0]
    os.kill(first, signal.SIGKILL)
    second = pids(note, 2)[1]
    assert second != first
    assert not gone(second, 0.2)


def test_sigterm_stops_the_children_too(start: Start, note: Path) -> None:
    supervisor = start(STAYS)
    child = pids(note, 1)[0]
    supervisor.terminate()
    assert supervisor.wait(5) == 0
    assert gone(child)


def test_a_child_that_will_not_stop_is_killed_after_the_grace(start: Start, note: Path) -> None:
    supervisor = start(DEAF)
    child = pids(note, 1)[0]
    time.sleep(0.2)
    supervisor.terminate()
    assert supervisor.wait(6) == 0
    assert gone(child)


def test_a_killed_supervisor_leaves_no_child_behind(start: Start, note: Path) -> None:
    supervisor = start(STAYS)
    child = pids(note, 1)[0]
    supervisor.kill()
    assert gone(child)


def test_a_child_that_never_runs_is_given_up(start: Start, note: Path) -> None:
    began = time.monotonic()
    assert start(FALLS).wait(20) == 1
    assert len(pids(note, 1)) == 5
    assert time.monotonic() - began > 0.1 + 0.2 + 0.4 + 0.8  # the back-off


def test_a_taken_port_is_noticed() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert web.taken("127.0.0.1", port)
    assert not web.taken("127.0.0.1", port)
