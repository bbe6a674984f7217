"""The name a person gave a file, made harmless. It is shown and sent, never used as a path."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 190

_DIRECTION: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_HARMFUL: Final = re.compile(f"[\0-\x1f\x7f-\x9f\ud800-\udfff{_DIRECTION}]")


def clean(name: str) -> str:
    """The last part of a path, without control or direction characters, at most 190 characters.

    A right-to-left override would show "annexe[RLO]txt.exe" as "annexeexe.txt".
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = unicodedata.normalize("NFC", _HARMFUL.sub("", last)).strip(" .")
    stem, dot, tail = shown.rpartition(".")
    if len(shown) > LONGEST and dot and len(tail) < 10:
        return f"{stem[: LONGEST - len(tail) - 1]}.{tail}"
    return shown[:LONGEST]


def extension(name: str) -> str:
    """ "pdf" of "Contrat.PDF"; "" when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def apart(names: list[str]) -> list[str]:
    """The same names, none twice: "a.txt", "a (2).txt" (case counts for nothing, as in many folders)."""
    seen: set[str] = set()
    chosen = []
    for name in names:
        stem, dot, tail = name.rpartition(".")
        candidate, turn = name, 1
        while candidate.lower() in seen:
            turn += 1
            candidate = f"{stem} ({turn}).{tail}" if dot else f"{name} ({turn})"
        seen.add(candidate.lower())
        chosen.append(candidate)
    return chosen
