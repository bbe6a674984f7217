"""Several PDFs as one, for printing."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2


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
