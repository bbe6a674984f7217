"""A real Comptoir for tests that need one: `comptoir serve` on a temporary folder, mail into a list."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

EMAIL = "owner@example.com"
PASSWORD = "a-long-walk-by-the-sea"


@dataclass
class Served:
    """A running installation with one company; `letters` are the mails that it sent."""

    url: str
    data: Path
    log: Path
    email: str = EMAIL
    password: str = PASSWORD
    pid: int = 0
    letters: list[Message] = field(default_factory=list)


class _Letterbox(MessageHandler):
    def __init__(self, letters: list[Message]) -> None:
        super().__init__()
        self.letters = letters

    def handle_message(self, message: Message) -> None:
        self.letters.append(message)


@contextmanager
def serving(data: Path, *, found: bool = True, **environ: str) -> Iterator[Served]:
    """Serve from `data` until the block ends; with `found`, the first company is made before."""
    port = free_port()
    served = Served(f"http://127.0.0.1:{port}", data, data.with_suffix(".log"))
    post = Controller(_Letterbox(served.letters), hostname="127.0.0.1", port=free_port())
    post.start()
    environ = clean_environment(
        COMPTOIR_DATA=str(data),
        COMPTOIR_PORT=str(port),
        EMAIL_URL=f"smtp://127.0.0.1:{post.port}",
        **environ,
    )
    if found:
        words = ("setup", "--email", EMAIL, "--password", PASSWORD, "--company", "Atelier Bleu")
        subprocess.run(_comptoir(*words), env=environ, check=True)
    with served.log.open("w") as log:
        process = subprocess.Popen(_comptoir("serve"), env=environ, stdout=log, stderr=log)
    served.pid = process.pid
    try:
        wait_for(served.url, process)
        yield served
    finally:
        process.terminate()
        process.wait(30)
        post.stop()


def clean_environment(**changes: str) -> dict[str, str]:
    """This process's environment without what the tests or their machine say about Comptoir.

    No bank is asked for rates of exchange unless a test says so.
    """
    changes = {"COMPTOIR_RATES_URL": "off"} | changes
    ours = ("COMPTOIR_", "DJANGO_", "DATABASE_URL", "EMAIL_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | changes


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until it accepts connections; fails at once when the process has ended."""
    port = int(url.rpartition(":")[2])
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Nothing answers at {url} (exit code {process.poll()}).")


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _comptoir(*words: str) -> list[str]:
    return [sys.executable, "-m", "comptoir", *words]
