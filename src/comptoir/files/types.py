"""Which files are taken, and how their first bytes must look (contract rules 21)."""

from __future__ import annotations

from typing import Final, NamedTuple

MOST_KB: Final = 100_000
"""The largest file from staff and apps, in units of 1,024 bytes."""
PORTAL_KB: Final = 20_000
"""The largest from a client in the portal."""

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OPEN: Final = "application/vnd.oasis.opendocument."
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff")


class Type(NamedTuple):
    """``starts`` are the beginnings a file of this type may have; none: it is text.

    ``picture`` is Pillow's name of the format, "" for what is no picture of the web.
    """

    content_type: str
    starts: tuple[bytes, ...] = ()
    picture: str = ""


_JPEG: Final = Type("image/jpeg", (b"\xff\xd8\xff",), "JPEG")
_TIFF: Final = Type("image/tiff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "TIFF")

TYPES: Final[dict[str, Type]] = {
    "png": Type("image/png", (b"\x89PNG\r\n\x1a\n",), "PNG"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "gif": Type("image/gif", (b"GIF87a", b"GIF89a"), "GIF"),
    "webp": Type("image/webp", (b"RIFF",), "WEBP"),
    "tiff": _TIFF,
    "tif": _TIFF,
    "pdf": Type("application/pdf", (b"%PDF-",)),
    "ai": Type("application/postscript", (b"%PDF-", b"%!PS")),
    "psd": Type("image/vnd.adobe.photoshop", (b"8BPS",)),
    "doc": Type("application/msword", (*_OLE, b"{\\rtf")),
    "xls": Type("application/vnd.ms-excel", _OLE),
    "ppt": Type("application/vnd.ms-powerpoint", _OLE),
    "docx": Type(_OFFICE + "wordprocessingml.document", _ZIP),
    "xlsx": Type(_OFFICE + "spreadsheetml.sheet", _ZIP),
    "pptx": Type(_OFFICE + "presentationml.presentation", _ZIP),
    "odt": Type(_OPEN + "text", _ZIP),
    "ods": Type(_OPEN + "spreadsheet", _ZIP),
    "odp": Type(_OPEN + "presentation", _ZIP),
    "zip": Type("application/zip", _ZIP),
    "txt": Type("text/plain"),
    "csv": Type("text/csv"),
    "xml": Type("application/xml"),
}

INLINE: Final = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
"""What a page may show in place: pictures that cannot carry a script."""


def content_type(extension: str) -> str:
    """What is said of a file when it is sent; never what its sender claimed."""
    found = TYPES.get(extension)
    return found.content_type if found else "application/octet-stream"


def begins_like(extension: str, head: bytes) -> bool:
    """Whether the first bytes fit the name: a program called .pdf does not."""
    starts = TYPES[extension].starts
    if starts:
        return head.startswith(starts) and (extension != "webp" or head[8:12] == b"WEBP")
    return b"\0" not in head or head.startswith(_WIDE_TEXT)
