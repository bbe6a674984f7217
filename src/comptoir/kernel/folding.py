"""Text as it is sorted and searched: without case, accents and typographic niceties."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

SHORT: Final = 3
"""Letters that an index of trigrams needs; a shorter word is found where a word begins with it."""

PAD: Final = "  "
_MOST_WORDS: Final = 8
_PLAIN: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": "'"})
_BEGINNING: Final = re.compile(r"(?<=[^\w\s])(?=\w)|(?=[\u3040-\u30ff\u3400-\u9fff])")
"""Inside a word, where another begins: behind a hyphen or an @, and at each ideograph."""
_LEADING_ZEROS: Final = re.compile(r"(?<!\d)0+([1-9]\d*)")


def folded(text: str) -> str:
    """Without case and accents: É sorts with e and is found however it is typed, in one character or two."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def haystack(texts: Iterable[str]) -> str:
    """What is stored of a row to search in: each word once, two spaces before it and its parts.

    With the spaces even a single letter that begins a word is a trigram. A number with leading zeros
    begins behind them too.
    """
    return "".join(PAD + _parted(word).lstrip() for word in dict.fromkeys(_all_words(texts)))


def needles(text: str) -> list[str]:
    """What a person typed, word by word as it stands in a haystack; a row must hold all of them.

    A word may stand anywhere within another; one of fewer letters than SHORT only where one begins.
    """
    return [_needle(word) for word in dict.fromkeys(_words(text))][:_MOST_WORDS]


def _needle(word: str) -> str:
    parted = _parted(word)
    return parted if len(parted) >= SHORT else PAD + parted


def _all_words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _words(text)
        yield from _LEADING_ZEROS.findall(text)


def _words(text: str) -> list[str]:
    return folded(text.replace("\0", "")).split()


def _parted(word: str) -> str:
    return word if word.isalnum() and word.isascii() else _BEGINNING.sub(PAD, word)
