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
from comptoir.config.forking import HANDLED

RUN = """
import os, signal, socket, sys, time
from comptoir.config.supervisor import Child, Supervisor
note, life = sys.argv[1:]
ours, order = socket.socketpair()
def work():
    with open(note, "a") as file:
        file.write(f"{os.getpid()}\\n")
    exec(life, {**globals(), "order": order})
{prepare}
child = Child("child", work, first_wait=0.1, {more})
sys.exit(Supervisor([child], grace=1).run())
"""
STAYS = "time.sleep(60)"
FALLS = "sys.exit(3)"
BREAKS = "1 / 0"
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
SERVES = "order.recv(1)"
ORDERS = """
if os.fork() == 0:
    for _ in range(2):
        time.sleep(0.6)
        ours.send(b"1")
    os._exit(0)
"""
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "pids"


@pytest.fixture
def start(note: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(life: str, prepare: str = "", more: str = "") -> subprocess.Popen[bytes]:
        run = RUN.replace("{prepare}", prepare).replace("{more}", more)
        process = subprocess.Popen([sys.executable, "-c", run, str(note), life], stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


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
    supervisor = start(FALLS)
    _, said = supervisor.communicate(timeout=20)
    assert supervisor.returncode == 1
    assert len(pids(note, 1)) == 5
    assert time.monotonic() - began > 0.1 + 0.2 + 0.4 + 0.8  # the back-off
    assert said.decode().splitlines() == [
        *["comptoir: child ended (3); starting it again"] * 5,
        "comptoir: child cannot start; its own words are above.",
    ]


def test_an_error_of_a_child_is_written_down_and_ends_it(start: Start) -> None:
    supervisor = start(BREAKS)
    _, said = supervisor.communicate(timeout=20)
    assert supervisor.returncode == 1
    assert said.decode().count("ZeroDivisionError: division by zero") == 5
    assert "comptoir: child ended (1); starting it again" in said.decode()


def test_a_child_that_waits_for_orders_starts_with_the_first_and_may_end(start: Start, note: Path) -> None:
    started = time.monotonic()
    start(SERVES, prepare=ORDERS, more="order=order")
    assert len(set(pids(note, 2))) == 2  # one for each order; that it ends is no failure
    assert time.monotonic() - started > 0.5
    time.sleep(0.3)
    assert len(pids(note, 2)) == 2


def test_a_child_that_is_wanted_once_is_not_started_again(start: Start, note: Path) -> None:
    supervisor = start("pass", more="once=True")
    pids(note, 1)
    time.sleep(0.5)
    assert len(pids(note, 1)) == 1
    supervisor.terminate()
    assert supervisor.wait(5) == 0


def test_a_child_has_its_name_and_none_of_our_signal_handlers(start: Start, note: Path) -> None:
    start(STAYS)
    child = Path("/proc") / str(pids(note, 1)[0])
    assert (child / "comm").read_text() == "comptoir-child\n"
    caught = next(line for line in (child / "status").read_text().splitlines() if line.startswith("SigCgt"))
    assert int(caught.split()[1], 16) & sum(1 << (n - 1) for n in HANDLED) == 0


def test_a_taken_port_is_noticed() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert web.taken("127.0.0.1", port)
    assert not web.taken("127.0.0.1", port)
