"""HTML in, PDF out: the one door to the renderer.

Each PDF is drawn in a process of its own, forked from a small single-threaded one (`zygote.py`), so
that a hostile or broken design can neither read a file, open a connection, fill the memory nor hold
up anything else.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comptoir.delivery.pdf import nursery
from comptoir.delivery.pdf.sealing import PATIENCE
from comptoir.designs.fonts import faces

LARGEST_HTML: Final = 8 * 1024 * 1024
LARGEST_ASSETS: Final = 24 * 1024 * 1024
LARGEST_PDF: Final = 64 * 1024 * 1024
AT_ONCE: Final = 2 + (os.cpu_count() or 1)
"""PDFs drawn at the same time by one process; the others wait their turn."""

BIRTH_SECONDS = 15
"""As long as one waits for a child: a zygote that warms up among others takes a few."""

_turns: Final = threading.BoundedSemaphore(AT_ONCE)


class PdfFailed(Exception):
    """No PDF could be made; `reason` is a sentence for the system log and for people."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Particulars:
    """What a PDF says about itself. `moment` is ISO 8601 in UTC: with a fixed one, so are the bytes."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    language: str = "en"
    moment: str = "2000-01-01T00:00:00Z"


@dataclass(frozen=True)
class Job:
    """One document to draw. HTML names its assets as `asset:NAME`; nothing else is ever fetched."""

    html: str
    particulars: Particulars = field(default_factory=Particulars)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    seconds: float = PATIENCE


def render(
    html: str,
    *,
    assets: Mapping[str, bytes] | None = None,
    particulars: Particulars | None = None,
    seconds: float = PATIENCE,
) -> bytes:
    """Draw a document, in at most so many seconds.

    The page size and margins are those of its own `@page` rule. Raises PdfFailed when it is too
    large, too slow, too hungry, or breaks the renderer.
    """
    job = Job(html, particulars or Particulars(), assets or {}, seconds)
    _refuse_oversize(job)
    with _turns:
        answer = _ask(_packed(job), seconds)
    return _opened(answer)


def _refuse_oversize(job: Job) -> None:
    weight = sum(map(len, job.assets.values()))
    if len(job.html) > LARGEST_HTML or weight > LARGEST_ASSETS:
        raise PdfFailed(_("The document is too large to be printed."))


def _packed(job: Job) -> bytes:
    """A line of JSON that gives the length of what follows: the HTML, then each asset."""
    dressed = faces(job.html, job.particulars.language)
    html = job.html.encode()
    head = {
        "html": len(html),
        "style": dressed.css,
        "fonts": dressed.files,
        "assets": {name: len(content) for name, content in job.assets.items()},
        "particulars": asdict(job.particulars),
        "seconds": job.seconds,
    }
    return b"".join((json.dumps(head).encode(), b"\n", html, *job.assets.values()))


def _ask(job: bytes, seconds: float) -> bytes:
    """Hand the job to a fresh child; a zygote that has gone to sleep, or hangs, is replaced once."""
    for _attempt in (1, 2):
        with nursery.child() as (wire, control):
            if not _is_born(wire):
                nursery.forget(control)
                continue
            wire.settimeout(seconds + 2)  # by then the kernel has ended the child
            try:
                return _exchanged(wire, job)
            except TimeoutError as late:
                raise PdfFailed(_("The document took too long to print.")) from late
            except OSError:
                nursery.forget(control)
    raise PdfFailed(_("The printing process could not be started."))


def _is_born(wire: socket.socket) -> bool:
    wire.settimeout(BIRTH_SECONDS)
    try:
        return wire.recv(1) == nursery.BORN
    except OSError:  # too late among them
        return False


def _exchanged(wire: socket.socket, job: bytes) -> bytes:
    wire.sendall(job)
    wire.shutdown(socket.SHUT_WR)
    answer = bytearray()
    while piece := wire.recv(1 << 20):
        answer += piece
        if len(answer) > LARGEST_PDF:
            raise PdfFailed(_("The document is too large to be printed."))
    return bytes(answer)


def _opened(answer: bytes) -> bytes:
    """The PDF; an empty answer is that of a child that was stopped by one of its limits."""
    if answer[:1] == nursery.DRAWN:
        return answer[1:]
    if answer[:1] == nursery.BROKEN:
        raise PdfFailed(answer[1:].decode(errors="replace"))
    raise PdfFailed(_("The document needed too much time or memory to print, or broke the renderer."))
