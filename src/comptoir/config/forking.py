"""A child by fork: it begins with our memory and none of our signal handlers, and ends when we do."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Final, NoReturn

HANDLED: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
_SET_PDEATHSIG: Final = 1
_SET_NAME: Final = 15
_libc: Final = ctypes.CDLL(None)  # loaded before any fork: the child must not


def fork(name: str, work: Callable[[], object]) -> int:
    """Run ``work`` in a new process and give its id. Only a process with one thread may ask.

    What ``work`` answers is the exit code (None: 0); an error ends it with 1. No exit handlers run there,
    since most are ours: what must be done at the end, ``work`` does itself. Raises OSError.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    house = os.getpid()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HANDLED)
    try:
        pid = os.fork()
        if pid == 0:
            _live(name, work, house, before)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


def wait(pid: int) -> int:
    """The exit code of a child, once it ends; minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _live(name: str, work: Callable[[], object], house: int, mask: Iterable[int]) -> NoReturn:
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in HANDLED:
            signal.signal(number, signal.SIG_DFL)
        _introduce(name, house)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        code = int(work() or 0)  # type: ignore[call-overload]
    except SystemExit as ended:
        code = _code(ended)
    except BaseException:
        traceback.print_exc()
    finally:
        _flush()
        os._exit(code)


def _introduce(name: str, house: int) -> None:
    """Under its own name in `ps`; a killed supervisor leaves nothing behind."""
    if sys.platform == "linux":
        _libc.prctl(_SET_NAME, f"comptoir-{name}".encode())
        _libc.prctl(_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != house:  # it died while we were born
            os._exit(1)


def _code(ended: SystemExit) -> int:
    if ended.code is None or isinstance(ended.code, int):
        return ended.code or 0
    print(ended.code, file=sys.stderr)
    return 1


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
