"""In which encoding a text is: its mark, strict UTF-8, then whichever old code page gives words."""

from __future__ import annotations

import codecs
from typing import Final

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows 1252",
    "iso8859-15": "ISO 8859-15",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp1250": "Windows 1250",
}
_OLD: Final = ("cp1252", "mac_roman", "cp850")
_USUAL: Final = frozenset("àâäáãåæçéèêëîïíìñôöóòõœøùûüúÿßß’“”«»–€°\N{NO-BREAK SPACE}")
_RARE: Final = frozenset("ÀÂÄÁÃÅÆÇÉÈÊËÎÏÍÌÑÔÖÓÒÕŒØÙÛÜÚŸ")


def found_encoding(content: bytes) -> str:
    """A key of ENCODINGS. French Windows 1252 looks like other code pages to counting guessers."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return max(_OLD, key=lambda name: _likeness(content[:200_000], name))
    return "utf-8"


def decoded(content: bytes, encoding: str) -> str:
    """The text without its mark. Raises Refused at ``encoding``."""
    if encoding not in ENCODINGS:
        raise Refused("encoding", _("This encoding is not known."))
    try:
        return content.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except UnicodeDecodeError:
        said = _("This file is not in %(encoding)s. Choose another encoding.")
        raise Refused("encoding", said % {"encoding": ENCODINGS[encoding]}) from None


def _likeness(content: bytes, encoding: str) -> int:
    """How much the letters beyond ASCII look like those of western words."""
    letters = [letter for letter in content.decode(encoding, "replace") if letter > "\x7f"]
    return sum(2 if letter in _USUAL else 1 if letter in _RARE else -3 for letter in letters)
