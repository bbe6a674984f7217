"""The web process: granian serving wsgi.py, and how one sees that it answers."""

import contextlib
import errno
import socket
import sys
import time
from collections.abc import Callable

from comptoir.config.environment import Environment


def command(env: Environment) -> list[str]:
    """Few processes and several threads: SQLite has one writer, and memory is the dearest thing.

    Idle threads keep their database connection, hence the long time-out.
    """
    return [
        *(sys.executable, "-m", "granian", "comptoir.config.wsgi:application", "--interface", "wsgi"),
        *("--host", env.host, "--port", str(env.port), "--http", "1", "--no-ws"),
        *("--workers", str(env.workers), "--blocking-threads", str(env.threads)),
        *("--blocking-threads-idle-timeout", "600", "--runtime-mode", "st"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "20"),
        *("--log-level", "warning"),
    ]


def taken(host: str, port: int) -> bool:
    """Whether another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise
    return False


def wait_until_up(host: str, port: int, given_up: Callable[[], bool], seconds: float = 120) -> bool:
    """True as soon as somebody accepts connections there."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    end = time.monotonic() + seconds
    while time.monotonic() < end and not given_up():
        with contextlib.suppress(OSError), socket.create_connection((there, port), timeout=1):
            return True
        time.sleep(0.05)
    return False
