"""A sign of life of the workers, for the doctor and the start page of the office."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.utils import timezone

_KEY: Final = "worker-seen"
_EVERY: Final = timedelta(seconds=30)
_last: dict[str, datetime] = {}


def beat(now: datetime) -> None:
    """Say that a worker lives; written twice a minute at most."""
    if now - _last.get(_KEY, now - _EVERY) < _EVERY:
        return
    _last[_KEY] = now
    sign = {"at": now.isoformat(), "host": socket.gethostname(), "pid": os.getpid()}
    cache.set(_KEY, sign, timeout=None)


def last_seen() -> datetime | None:
    """When a worker last said that it lives; None when none ever has."""
    sign = cache.get(_KEY)
    return datetime.fromisoformat(sign["at"]) if sign else None


def alive(within: timedelta = timedelta(minutes=2)) -> bool:
    """Whether some worker is at work."""
    seen = last_seen()
    return seen is not None and timezone.now() - seen < within
