"""Answers that carry files: always an attachment, never run or sniffed (T33, reliability S6).

Whoever calls has checked that the reader may see the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from .models import File
from .shelves import storage
from .types import INLINE
from .zips import zip_of

_INERT: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def download(file: File) -> FileResponse:
    """The file under the name a person gave it. Raises FileNotFoundError when its bytes are missing."""
    return FileResponse(
        storage().open(file.path),
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
        headers=_INERT,
    )


def picture(file: File) -> FileResponse:
    """A picture to show in place; any other file comes as a download."""
    if file.type not in INLINE or not file.is_picture:
        return download(file)
    answer = FileResponse(storage().open(file.path), content_type=file.content_type, headers=_INERT)
    answer["Content-Disposition"] = content_disposition_header(False, file.name) or "inline"
    return answer


def zip_download(files: Sequence[File], name: str) -> StreamingHttpResponse:
    """Several files in one archive, written while it is sent."""
    answer = StreamingHttpResponse(zip_of(files), content_type="application/zip", headers=_INERT)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
