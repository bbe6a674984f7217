"""QR codes as pictures that a page can hold."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Final

import segno

PIXELS: Final = 4
WHITE: Final = b"\xff" * PIXELS
BLACK: Final = b"\0" * PIXELS


def qr_png(text: str) -> bytes:
    """A grey PNG of a text in UTF-8, error correction M."""
    # Choosing the mask costs 16 ms and more; any of the eight can be read.
    return _png(segno.make_qr(text, error="m", boost_error=False, mask=4, encoding="utf-8").matrix)


def _png(modules: Sequence[bytearray]) -> bytes:
    """A grey image of a code, so many pixels a module that screens draw its edges sharp."""
    rows = (b"\0" + b"".join(WHITE if not dark else BLACK for dark in row) for row in modules)
    pixels = b"".join(row * PIXELS for row in rows)
    size = len(modules) * PIXELS
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
