"""A bell between the processes of one machine: a queued job is run at once instead of at the next look.

A named pipe in the data folder. Nothing depends on it: a worker that hears nothing looks by itself.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from django.conf import settings

_NAME: Final = "worker.bell"


def _place() -> Path:
    return Path(settings.DATA) / _NAME


def ring() -> None:
    """Wake a worker of this machine, if one listens. Call it once the job is committed."""
    try:
        pipe = os.open(_place(), os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return
    try:
        with suppress(BlockingIOError):
            os.write(pipe, b".")
    finally:
        os.close(pipe)


class Bell:
    """The listening end."""

    def __enter__(self) -> Self:
        self._pipe: int | None = None
        with suppress(OSError):
            with suppress(FileExistsError):
                os.mkfifo(_place(), 0o600)
            self._pipe = os.open(_place(), os.O_RDWR | os.O_NONBLOCK)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._pipe is not None:
            os.close(self._pipe)

    def wait(self, seconds: float) -> bool:
        """Sleep until the bell rings or the time is over; whether it rang."""
        listening = [] if self._pipe is None else [self._pipe]
        heard, _, _ = select.select(listening, [], [], seconds)
        if not heard or self._pipe is None:
            return False
        with suppress(BlockingIOError):
            os.read(self._pipe, 4096)
        return True
