"""Keeps child processes alive: restarts a dead one with back-off, stops them all when told to."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

GRACE = 25.0  # seconds between SIGTERM and SIGKILL
HEALTHY = 10.0  # seconds after which a child counts as started well
FIRST_WAIT = 0.5  # seconds before the first new start; each failure doubles it
LONGEST_WAIT = 30.0
MOST_FAILED_STARTS = 5
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_libc = ctypes.CDLL(None)  # loaded before any fork: the child must not


@dataclass
class Child:
    """A command to keep running, in a process group of its own."""

    name: str
    command: Sequence[str]
    first_wait: float = FIRST_WAIT
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0
    due: float = 0.0
    failures: int = 0
    was_healthy: bool = False

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def look(self, now: float) -> None:
        """Notice a death, and when the next start is due."""
        if self.process is None:
            return
        code = self.process.poll()
        lived = now - self.started
        if code is None:
            self.was_healthy = self.was_healthy or lived >= HEALTHY
            return
        self.signal(signal.SIGKILL)  # what it leaves behind would hold the port
        self.process = None
        self.failures = 1 if lived >= HEALTHY else self.failures + 1
        self.due = now + min(LONGEST_WAIT, self.first_wait * 2 ** (self.failures - 1))
        print(f"comptoir: {self.name} ended ({code}); starting it again", file=sys.stderr, flush=True)

    def signal(self, number: int) -> None:
        """To the whole group, which outlives its leader."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def hopeless(self) -> bool:
        """It never ran well since we began: a wrong setting, which no further start will mend."""
        return not self.was_healthy and self.failures >= MOST_FAILED_STARTS


class Supervisor:
    """`run()` returns 0 after an orderly stop, 1 when a child cannot be started at all."""

    def __init__(self, children: Sequence[Child], grace: float = GRACE) -> None:
        self.children = children
        self.grace = grace
        self._stop = False
        self._wake = threading.Event()

    def stopping(self) -> bool:
        return self._stop

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: self._wake.set())
        code = 0
        while not self._stop:
            code = self._round()
            self._stop = self._stop or bool(code)
            if not self._stop:
                self._wake.wait(self._pause())
                self._wake.clear()
        self._end()
        return code

    def _round(self) -> int:
        now = time.monotonic()
        for child in self.children:
            child.look(now)
            if child.hopeless():
                print(f"comptoir: {child.name} cannot start; its own words are above.", file=sys.stderr)
                return 1
            if child.process is None and child.due <= now:
                child.start()
        return 0

    def _pause(self) -> float | None:
        """Until the next start is due; a death wakes us by SIGCHLD."""
        waits = [child.due - time.monotonic() for child in self.children if child.process is None]
        young = [HEALTHY for child in self.children if not child.was_healthy]
        return max(0.0, min([*waits, *young])) if waits or young else None

    def _told_to_stop(self, *_: object) -> None:
        self._stop = True
        self._wake.set()

    def _end(self) -> None:
        """SIGTERM to each child, then SIGKILL to whatever is left after the grace."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        end = time.monotonic() + self.grace
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, end - time.monotonic()))
        for child in self.children:
            child.signal(signal.SIGKILL)


def _die_with_parent() -> None:
    """In the child, before exec: a killed supervisor leaves nothing behind."""
    _libc.prctl(_DIE_WITH_PARENT, signal.SIGTERM)
