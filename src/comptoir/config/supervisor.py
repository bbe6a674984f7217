"""Keeps child processes alive: starts a dead one again with back-off, stops them all when told to.

Children are forked, not executed: they share with us whatever was loaded before, and with each other.
So this process has one thread, and neither a connection nor a file that a child might take for its own.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from comptoir.config import forking

GRACE = 25.0  # seconds between SIGTERM and SIGKILL
HEALTHY = 10.0  # seconds after which a child counts as started well
FIRST_WAIT = 0.5  # seconds before the first new start; each failure doubles it
LONGEST_WAIT = 30.0
MOST_FAILED_STARTS = 5


@dataclass
class Child:
    """A function to keep running, in a process of its own that leads a group.

    One with an ``order`` is started only while something waits to be read there, and may end when it
    has had nothing to do; a ``once`` runs once.
    """

    name: str
    work: Callable[[], object]
    first_wait: float = FIRST_WAIT
    order: socket.socket | None = None
    once: bool = False
    pid: int = 0
    started: float = 0.0
    due: float = 0.0
    failures: int = 0
    was_healthy: bool = False
    over: bool = field(default=False, init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        try:
            self.pid = forking.fork(self.name, self.work)
        except OSError as error:  # no memory, too many processes
            self._fail(self.started, str(error))

    def look(self, now: float) -> None:
        """Notice a death, and when the next start is due."""
        if not self.pid:
            return
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        lived = now - self.started
        if not ended:
            self.was_healthy = self.was_healthy or lived >= HEALTHY
            return
        self.signal(signal.SIGKILL)  # what it leaves behind would hold the port
        self.pid = 0
        code = os.waitstatus_to_exitcode(status)
        self.over = self.once
        if code == 0 and self.order:
            self.failures = 0
        elif not self.over:
            self.failures = 0 if lived >= HEALTHY else self.failures
            self._fail(now, f"ended ({code})")

    def _fail(self, now: float, why: str) -> None:
        self.failures += 1
        self.due = now + min(LONGEST_WAIT, self.first_wait * 2 ** (self.failures - 1))
        print(f"comptoir: {self.name} {why}; starting it again", file=sys.stderr, flush=True)

    def signal(self, number: int) -> None:
        """To the whole group, which outlives its leader."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def hopeless(self) -> bool:
        """It never ran well since we began: a wrong setting, which no further start will mend."""
        return not self.order and not self.was_healthy and self.failures >= MOST_FAILED_STARTS

    def absent(self) -> bool:
        return not self.pid and not self.over

    def wanted(self, orders: Sequence[socket.socket]) -> bool:
        return self.order is None or self.order in orders


class Supervisor:
    """`run()` returns 0 after an orderly stop, 1 when a child cannot be started at all."""

    def __init__(self, children: Sequence[Child], grace: float = GRACE) -> None:
        self.children = children
        self.grace = grace
        self._stop = False

    def run(self) -> int:
        bell, ringer = socket.socketpair()
        for end in (bell, ringer):
            end.setblocking(False)
        with bell, ringer:
            signal.set_wakeup_fd(ringer.fileno(), warn_on_full_buffer=False)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, self._told_to_stop)
            signal.signal(signal.SIGCHLD, lambda *_: None)  # it rings the bell
            code = self._rounds(bell)
            signal.set_wakeup_fd(-1)
        return code

    def _rounds(self, bell: socket.socket) -> int:
        code = 0
        orders: list[socket.socket] = []
        while not self._stop:
            code = self._round(orders)
            if code:
                break
            orders = self._wait(bell)
        self._end()
        return code

    def _round(self, orders: Sequence[socket.socket]) -> int:
        now = time.monotonic()
        for child in self.children:
            child.look(now)
            if child.hopeless():
                print(f"comptoir: {child.name} cannot start; its own words are above.", file=sys.stderr)
                return 1
            if child.absent() and child.due <= now and child.wanted(orders):
                child.start()
        return 0

    def _wait(self, bell: socket.socket) -> list[socket.socket]:
        """Until a signal, an order or the next start; gives the orders that wait."""
        now = time.monotonic()
        awaited = [c.order for c in self.children if c.order and c.absent() and c.due <= now]
        found = select.select([bell, *awaited], [], [], self._pause(now))[0]
        if bell in found:
            with contextlib.suppress(BlockingIOError):
                bell.recv(4096)
        return [one for one in found if one is not bell]

    def _pause(self, now: float) -> float | None:
        """Until the next start is due; a death wakes us by SIGCHLD."""
        waits = [c.due - now for c in self.children if c.absent() and (c.due > now or not c.order)]
        young = [HEALTHY for c in self.children if c.pid and not c.was_healthy]
        return max(0.0, min([*waits, *young])) if waits or young else None

    def _told_to_stop(self, *_: object) -> None:
        self._stop = True

    def _end(self) -> None:
        """SIGTERM to each child, then SIGKILL to whatever is left after the grace."""
        running = [child for child in self.children if child.pid]
        for child in running:
            os.kill(child.pid, signal.SIGTERM)
        end = time.monotonic() + self.grace
        for child in running:
            while not os.waitpid(child.pid, os.WNOHANG)[0] and time.monotonic() < end:
                time.sleep(0.02)
        for child in running:
            child.signal(signal.SIGKILL)
