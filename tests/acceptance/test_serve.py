"""`comptoir serve`, as people run it: a process tree on a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.serving import Served, clean_environment, serving


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation in which nobody works yet."""
    with serving(tmp_path_factory.mktemp("empty") / "data", found=False) as installation:
        yield installation


def ask(served: Served, path: str) -> int:
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def children(served: Served) -> dict[str, int]:
    """Process ids of the supervisor's children, by name."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            name = (folder / "comm").read_text().strip()
            environ = (folder / "environ").read_bytes().decode()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if f"COMPTOIR_DATA={served.data}\0" in environ and parent == served.pid:
            found[name.removeprefix("comptoir-")] = int(folder.name)
    found.pop("herald", 0)  # it says where we answer, and ends
    return found


def wait_for_another(served: Served, name: str, pid: int) -> int:
    for _ in range(400):
        now = children(served).get(name)
        if now not in (None, pid):
            return int(now or 0)
        time.sleep(0.05)
    raise AssertionError(f"No other {name} was started.")


def test_the_first_start_prints_where_it_answers_and_the_set_up_link(empty: Served) -> None:
    for _ in range(100):
        said = empty.log.read_text()
        if "/setup/" in said:
            break
        time.sleep(0.05)
    assert f"Comptoir answers at {empty.url}" in said
    link = re.search(r"http://\S+/setup/\S+", said)
    assert link
    assert link.group().rpartition("/")[2] == (empty.data / "setup-link").read_text()


def test_a_wrong_set_up_link_opens_nothing(empty: Served) -> None:
    assert ask(empty, "/setup/guessed") == 404


def test_the_supervisor_which_forks_has_one_thread_and_no_database(empty: Served) -> None:
    folder = Path("/proc") / str(empty.pid)
    assert len(list((folder / "task").iterdir())) == 1
    assert not [one for one in (folder / "fd").iterdir() if "comptoir.sqlite3" in str(one.resolve())]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_process_comes_back(empty: Served, name: str) -> None:
    before = children(empty)
    assert set(before) == {"web", "worker"}
    os.kill(before[name], signal.SIGKILL)
    wait_for_another(empty, name, before[name])
    for _ in range(200):
        try:
            assert ask(empty, "/setup/guessed") == 404
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("The pages did not come back.")


def test_the_data_folder_is_private(empty: Served) -> None:
    assert empty.data.stat().st_mode & 0o077 == 0
    open_to_others = [path for path in empty.data.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_a_taken_port_is_said_plainly(empty: Served, tmp_path: Path) -> None:
    port = empty.url.rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "-m", "comptoir", "serve"],
        env=clean_environment(COMPTOIR_DATA=str(tmp_path / "data"), COMPTOIR_PORT=port),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert second.returncode == 2
    assert f"port {port} is taken by another program" in second.stderr
    assert "Traceback" not in second.stderr
    assert not (tmp_path / "data").exists()


def test_a_wrong_setting_is_said_plainly(tmp_path: Path) -> None:
    for name, value in (("COMPTOIR_PORT", "many"), ("EMAIL_URL", "http://x"), ("COMPTOIR_SECRET", "secret")):
        run = subprocess.run(
            [sys.executable, "-m", "comptoir", "migrate"],
            env=clean_environment(COMPTOIR_DATA=str(tmp_path / "data"), **{name: value}),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert run.returncode == 2
        assert run.stderr.startswith("comptoir: ")
        assert "Traceback" not in run.stderr


def test_a_stop_ends_every_process_and_frees_the_port(tmp_path: Path) -> None:
    with serving(tmp_path / "data", found=False) as served:
        port = int(served.url.rpartition(":")[2])
        running = children(served)
    assert set(running) == {"web", "worker"}
    for pid in running.values():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
