"""What keeps the memory of our processes small."""

from __future__ import annotations

import ctypes
import gc
from datetime import date
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_LARGE: Final = 1 << 20
_ANY_WORD: Final = "Save"
"""Any: asking for a word loads all words of a language."""


def give_back() -> None:
    """Have the C library return to the system what is freed, from 1 MiB on (glibc only).

    By itself it learns from the first hash of a password, which takes 19 MiB, to keep twice as much.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_TRIM_THRESHOLD, _LARGE)


def load() -> None:
    """Load what web and worker need before they part, so that they share it.

    Afterwards nothing is connected and nothing that was loaded is ever looked at as garbage: the
    collector would write into each page of it, and a page that is written to is no longer shared.
    """
    import granian  # noqa: F401 - the web child begins with it

    from comptoir.config import wsgi  # noqa: F401

    _warm()
    _close()
    gc.collect()
    gc.freeze()


def _warm() -> None:
    """What the first requests would load in each process."""
    from django.conf import settings
    from django.utils import translation

    from comptoir.activity import jobs
    from comptoir.api.registry import registry
    from comptoir.kernel import formats

    jobs.discover()
    registry()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext(_ANY_WORD)
        formats.day(date(2026, 1, 1), code)
        formats.number(1, code)


def _close() -> None:
    """A connection that two processes share would mix up their answers."""
    from django.db import connections

    connections.close_all()
