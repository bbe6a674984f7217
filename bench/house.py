"""A real Comptoir to measure: `comptoir serve` on a temporary folder and, if asked, on PostgreSQL."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench import processes

EMAIL = "owner@example.com"
PASSWORD = "measured-on-a-quiet-day"
_REST = 3.0  # milliseconds of CPU that an idle family may use in a fifth of a second

_BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass
class House:
    """A prepared installation: its environment, and the server once it runs."""

    port: int
    environ: dict[str, str]
    pid: int = 0
    database: str = ""  # the address of the PostgreSQL database; "" for SQLite

    def call(self, *words: str) -> None:
        """Run `comptoir` or another module of ours to its end."""
        subprocess.run([sys.executable, "-m", *words], env=self.environ, check=True)

    def pids(self) -> list[int]:
        return processes.family(self.pid) + self._backends()

    def cpu(self) -> float:
        """Milliseconds used so far, once everything that was asked for is done."""
        used = processes.cpu(self.pids())
        while True:
            time.sleep(0.2)
            now = processes.cpu(self.pids())
            if now - used <= _REST:
                return now
            used = now

    def cpu_of_web(self) -> float:
        """Milliseconds that the processes of pages and API used so far, and the database for anybody."""
        family = processes.family(self.pid)
        web = [pid for pid in family if (one := processes.resident(pid)) and one.name == "comptoir-web"]
        return processes.cpu(web + self._backends())

    def memory(self) -> float:
        """Megabytes of the family; PostgreSQL, which shares its cache with others, is left out."""
        return processes.memory(processes.family(self.pid))

    def _backends(self) -> list[int]:
        """The processes of PostgreSQL that serve us."""
        if not self.database:
            return []
        import psycopg

        with psycopg.connect(self.database, autocommit=True) as connection:
            return [pid for (pid,) in connection.execute(_BACKENDS)]


@contextmanager
def house(database_url: str = "") -> Iterator[House]:
    """An empty installation with one owner; gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-") as folder, _database(database_url) as address:
        made = kept(Path(folder), address)
        found(made)
        yield made


def kept(folder: Path, database_url: str = "") -> House:
    """The installation in a folder, and in that very database if one is named; empty if it is new."""
    port = _free_port()
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("COMPTOIR_", "DATABASE_URL"))}
    environ |= {
        "COMPTOIR_DATA": str(folder / "data"),
        "COMPTOIR_PORT": str(port),
        "COMPTOIR_RATES_URL": "off",
    }
    if database_url:
        environ["DATABASE_URL"] = database_url
    return House(port, environ, database=database_url)


def found(made: House) -> None:
    """Make the company and its owner."""
    who = ("--email", EMAIL, "--password", PASSWORD, "--company", "Mesures et fils", "--country", "BE")
    made.call("comptoir", "setup", *who)


@contextmanager
def serving(made: House) -> Iterator[House]:
    """The server running, in production settings, until the block ends."""
    command = [sys.executable, "-m", "comptoir", "serve"]
    process = subprocess.Popen(command, env=made.environ, stdout=subprocess.DEVNULL)
    made.pid = process.pid
    try:
        _wait_for(made.port, process)
        yield made
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _database(url: str) -> Iterator[str]:
    """A database of our own beside the one that is named, dropped afterwards."""
    if not url:
        yield ""
        return
    import psycopg

    name = f"comptoir_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"error: comptoir serve ended with {process.returncode}; its own words are above.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("error: comptoir serve does not answer.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
