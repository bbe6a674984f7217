"""Ids as the outside sees them: 1 is VolejRejNm (contract rules 3).

The published Hashids scheme, specialised for one whole number and at least ten letters: what does
not depend on the number's own digits is worked out once, when the salt is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"
MIN_LENGTH: Final = 10
LARGEST: Final = 2**63 - 1

_SEPARATORS: Final = "cfhistuCFHISTU"
_LETTERS_PER_GUARD: Final = 12
_RESIDUES: Final = 100
_MOST_DIGITS: Final = 12


def encode(number: int) -> str:
    """Give the public id of a row's key, in about a microsecond."""
    return _codec.encode(number)


def decode(text: str) -> int | None:
    """Give the row's key, or None when the text is no id of this installation."""
    return _codec.decode(text)


def decode_all(texts: Iterable[str]) -> list[int]:
    """Give the keys in their order, without those that are no ids."""
    return [number for text in texts if (number := decode(text)) is not None]


def configure(salt: str) -> None:
    """Use the installation's salt; ids made with another one no longer decode."""
    _codec.use(salt)


def _shuffled(letters: str, salt: str) -> str:
    """Order letters by the salt, the same way every time (Hashids' consistent shuffle)."""
    row = list(letters)
    if not salt:
        return letters
    step, total = 0, 0
    for last in range(len(row) - 1, 0, -1):
        step %= len(salt)
        total += ord(salt[step])
        other = (ord(salt[step]) + step + total) % last
        row[last], row[other] = row[other], row[last]
        step += 1
    return "".join(row)


class _Frame(NamedTuple):
    """All that surrounds the digits of the numbers with one remainder by 100."""

    alphabet: str
    before: list[str]
    """By count of digits: padding, guard and lottery letter."""
    after: list[list[str]]
    """By count of digits, then by place of the first digit: guard and padding."""


def _frame(residue: int, letters: str, guards: str, salt: str) -> _Frame:
    lottery = letters[residue % len(letters)]
    alphabet = _shuffled(letters, (lottery + salt + letters)[: len(letters)])
    padding = _shuffled(alphabet, alphabet)
    frame = _Frame(alphabet, [], [])
    for length in range(_MOST_DIGITS + 1):
        before, after = lottery, [""] * len(alphabet)
        if length + 1 < MIN_LENGTH:
            before = guards[(residue + ord(lottery)) % len(guards)] + before
        if length + 2 < MIN_LENGTH:
            left, right = _cut(padding, MIN_LENGTH - length - 3)
            before = left + before
            ends = [guard + right for guard in guards]
            after = [ends[(residue + ord(first)) % len(guards)] for first in alphabet]
        frame.before.append(before)
        frame.after.append(after)
    return frame


def _cut(padding: str, missing: int) -> tuple[str, str]:
    """Give what stands before and after a short id: the padding turned inside out, cut to length."""
    if missing <= 0:
        return "", ""
    half = len(padding) // 2
    left = padding[half + (len(padding) - missing) // 2 :]
    return left, padding[: missing - len(left)]


class _Codec:
    """The tables of one salt: a hundred frames, and where each letter stands in each alphabet."""

    def __init__(self, salt: str) -> None:
        self.use(salt)

    def use(self, salt: str) -> None:
        letters = "".join(letter for letter in ALPHABET if letter not in _SEPARATORS)
        letters = _shuffled(letters, salt)
        guard_count = -(-len(letters) // _LETTERS_PER_GUARD)
        guards, letters = letters[:guard_count], letters[guard_count:]
        self.base = len(letters)
        self.frames = [_frame(residue, letters, guards, salt) for residue in range(_RESIDUES)]
        self.split_at_guards = re.compile(f"[{guards}]").split
        self.places = {
            lottery: {letter: place for place, letter in enumerate(frame.alphabet)}
            for lottery, frame in zip(letters, self.frames, strict=False)
        }

    def encode(self, number: int) -> str:
        if not 0 <= number <= LARGEST:
            raise ValueError("no row has this key")
        alphabet, before, after = self.frames[number % _RESIDUES]
        base = self.base
        place = number % base  # by % and //: divmod() costs more than both
        body = alphabet[place]
        while number := number // base:
            place = number % base
            body = alphabet[place] + body
        length = len(body)
        return before[length] + body + after[length][place]

    def decode(self, text: str) -> int | None:
        if not MIN_LENGTH <= len(text) <= _MOST_DIGITS + 1:
            return None
        parts = self.split_at_guards(text)
        core = parts[1] if len(parts) in (2, 3) else parts[0]
        places = self.places.get(core[:1])
        if places is None:
            return None
        number = 0
        for letter in core[1:]:
            if (place := places.get(letter)) is None:
                return None
            number = number * self.base + place
        return number if number <= LARGEST and self.encode(number) == text else None


_codec = _Codec("")
