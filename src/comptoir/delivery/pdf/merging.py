"""Several PDFs as one."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Final

import pypdfium2

_IDENTITY: Final = re.compile(rb"/ID\[<[0-9A-F]+><[0-9A-F]+>\]")


def merged(documents: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, in order."""
    whole = pypdfium2.PdfDocument.new()
    for content in documents:
        part = pypdfium2.PdfDocument(content)
        whole.import_pages(part)
        part.close()
    written = io.BytesIO()
    whole.save(written)
    whole.close()
    return written.getvalue()


def appended(content: bytes, more: bytes) -> bytes:
    """A PDF, its title and language kept, with the pages of another after its own: the same of the same."""
    whole, part = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument(more)
    whole.import_pages(part)
    written = io.BytesIO()
    whole.save(written)
    for document in (part, whole):
        document.close()
    return _IDENTITY.sub(_blank, written.getvalue())


def _blank(found: re.Match[bytes]) -> bytes:
    """The writer's random identity of a file, as noughts: no offset moves."""
    return re.sub(rb"[0-9A-F](?=[0-9A-F]*>)", b"0", found[0])
