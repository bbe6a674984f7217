"""How large the letters of a payment part may be, so that all of it finds its room.

Source: SIX, Swiss Implementation Guidelines for the QR-bill 2.3, chapter 3.4 (letters of 6 to 10 points)
and its style guide (the two places that are measured here).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MM: Final = 72 / 25.4

_GROUPS: Final = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;fI[]\\t", 333: "()-r`", 334: "{}", 355: '"', 389: "*",
    469: "^", 500: "ckJsvxyz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_WIDTHS: Final = {letter: wide / 1000 for wide, letters in _GROUPS.items() for letter in letters}
"""Letters of Arimo, in units of their size: those of Arial and Helvetica."""
_WIDEST: Final = 1.0


@dataclass(frozen=True)
class Place:
    """Where texts stand below each other: its measures in points, those of lines that are left to write on,
    and the sizes of letters with the height of a line, the largest first.
    """

    width: float
    height: float
    room: float
    sizes: Sequence[tuple[int, int]]

    def size(self, texts: Sequence[Sequence[str]]) -> int | None:
        """The largest letters in which paragraphs of lines have room, each under a heading.

        An empty paragraph leaves room to write. None when they have none in the smallest.
        """
        for size, leading in self.sizes:
            rows = 2 * len(texts) - 1 + sum(lines(one, self.width / size) for text in texts for one in text)
            if rows * leading + self.room * sum(not text for text in texts) <= self.height:
                return size
        return None

    @property
    def smallest(self) -> int:
        return self.sizes[-1][0]


PAYMENT: Final = Place(87 * _MM, 85 * _MM, 26 * _MM, ((10, 11), (9, 10), (8, 9), (7, 8), (6, 7)))
RECEIPT: Final = Place(52 * _MM, 56 * _MM, 21 * _MM, ((8, 9), (7, 8), (6, 7)))


def lines(text: str, room: float) -> int:
    """How many lines a text takes that are ``room`` wide, in units of the size of its letters."""
    count, taken = 1, 0.0
    for word in text.split(" "):
        letters = [_width(letter) for letter in word]
        space = _WIDTHS[" "] if taken else 0.0
        if taken and taken + space + sum(letters) > room:
            count, taken, space = count + 1, 0.0, 0.0
        taken += space
        for wide in letters:
            if taken + wide > room:
                count, taken = count + 1, 0.0
            taken += wide
    return count


def _width(letter: str) -> float:
    """An accent makes no letter wider."""
    return _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _WIDEST)
