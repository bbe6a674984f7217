"""Gives a connected child of the zygote for each PDF.

Under `comptoir serve` there is one zygote, which the supervisor starts once somebody wants a PDF
(`share`, `become`); any other process keeps one of its own.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, NoReturn

BORN: Final = b"A"
DRAWN: Final = b"P"
BROKEN: Final = b"F"
KEPT_VARIABLES: Final = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")
"""What the zygote inherits from the environment; no secret of the house is among them."""

LEAVE_SECONDS = 1

_COMMAND = (sys.executable, "-P", "-m", "comptoir.delivery.pdf.zygote")
_lock: Final = threading.Lock()


@dataclass
class Zygote:
    """A started process and the socket that it takes orders from."""

    control: socket.socket
    process: subprocess.Popen[bytes]
    keeper: int = field(default_factory=os.getpid)

    def end(self) -> None:
        """Close the control, at which the process leaves, or is made to; a forked copy of us only lets go."""
        self.control.close()
        if self.keeper == os.getpid():
            try:
                self.process.wait(timeout=LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


_kept: Final[list[Zygote]] = []
_shared: Final[list[socket.socket]] = []


@contextmanager
def child() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A socket whose other end is held by a child that is about to be born, and where it was ordered."""
    ours, theirs = socket.socketpair()
    with ours:
        control = _control()
        with theirs, suppress(OSError):  # a zygote that has died: the caller sees no BORN
            socket.send_fds(control, [b"c"], [theirs.fileno()])
        yield ours, control


def share() -> socket.socket:
    """From now on this process and what is forked from it order at one place: what is given here.

    Something can be read there while an order waits for a zygote.
    """
    ours, theirs = socket.socketpair()
    _shared[:] = [ours]
    return theirs


def become(orders: socket.socket) -> NoReturn:
    """Make this process the zygote that takes its orders there. Nothing of its memory is left."""
    os.dup2(orders.fileno(), 0)
    os.execve(sys.executable, _COMMAND, _environment())  # noqa: S606 - no shell is wanted


def forget(control: socket.socket | None = None) -> None:
    """Let go of the zygote that no longer answers there, or of any; the next PDF starts another."""
    with _lock:
        while _kept and control in (None, _kept[-1].control):
            _kept.pop().end()


def _control() -> socket.socket:
    """Of the shared one, or of ours: a forked process must not keep its parent's."""
    if _shared:
        return _shared[0]
    with _lock:
        while _kept and _kept[-1].keeper != os.getpid():
            _kept.pop().end()
        if not _kept:
            _kept.append(_started())
        return _kept[-1].control


def _started() -> Zygote:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            _COMMAND,
            stdin=theirs.fileno(),
            env=_environment(),
            start_new_session=True,  # a Ctrl-C at the terminal is for the server, which then lets us go
        )
    return Zygote(ours, process)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}


atexit.register(forget)
