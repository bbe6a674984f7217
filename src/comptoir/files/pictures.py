"""Pictures: how large they are, and a clean copy of one when asked."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from .types import TYPES

MOST_PIXELS: Final = 80_000_000
"""More than any camera's ordinary picture, less than what fills a server's memory when decoded."""

_BOMBS: Final = (DecompressionBombError, DecompressionBombWarning)
_BROKEN: Final = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError)


class Damaged(ValueError):
    """What claims to be a picture cannot be read as one."""


class TooManyPixels(ValueError):
    """Small in bytes, too large to decode."""


def measure(content: File[bytes], type_: str) -> tuple[int, int]:
    """Width and height in pixels, from the header alone; (0, 0) for what is no picture.

    Raises Damaged or TooManyPixels.
    """
    picture = TYPES[type_].picture
    if not picture:
        return 0, 0
    content.seek(0)
    try:
        with Image.open(content, formats=(picture,)) as image:
            size = image.size
            _refuse_large(size)
            image.verify()
    except _BOMBS as bomb:
        raise TooManyPixels from bomb
    except TooManyPixels:
        raise
    except _BROKEN as broken:
        raise Damaged from broken
    finally:
        content.seek(0)
    return size


def reencode(content: File[bytes], type_: str, *, most_side: int = 4000) -> ContentFile[bytes]:
    """A copy decoded and written anew: turned upright, without metadata, no side above ``most_side``.

    What was hidden in the bytes does not survive it. Raises Damaged or TooManyPixels.
    """
    measure(content, type_)
    written = BytesIO()
    try:
        with Image.open(content, formats=(TYPES[type_].picture,)) as image:
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((most_side, most_side))
            upright.info.clear()
            upright.save(written, TYPES[type_].picture)
    except _BROKEN as broken:
        raise Damaged from broken
    return ContentFile(written.getvalue())


def _refuse_large(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise TooManyPixels
