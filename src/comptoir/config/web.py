"""The web process: granian serving wsgi.py, and how one sees that it answers."""

import contextlib
import errno
import multiprocessing
import socket
import sys
import time
from collections.abc import Callable, Iterable

from comptoir.config.environment import Environment


def serve(env: Environment) -> None:
    """Serve until told to stop.

    Few processes and several threads: SQLite has one writer, and memory is the dearest thing.
    Idle threads keep their database connection, hence the long time-out.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, RuntimeModes
    from granian.log import LogLevels

    if sys.platform == "linux":  # its processes share what we have loaded
        multiprocessing.set_start_method("fork", force=True)
    Granian(
        "comptoir.config.wsgi:application",
        address=env.host,
        port=env.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=env.workers,
        blocking_threads=env.threads,
        blocking_threads_idle_timeout=600,
        runtime_mode=RuntimeModes.st,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=20,
        log_level=LogLevels.warning,
    ).serve(target_loader=_application, wrap_loader=False)


def _application() -> Callable[..., Iterable[bytes]]:
    from comptoir.config.wsgi import application

    return application


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


def wait_until_up(host: str, port: int, seconds: float = 120) -> bool:
    """True as soon as somebody accepts connections there."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection((there, port), timeout=1):
            return True
        time.sleep(0.05)
    return False
