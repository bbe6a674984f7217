"""A company's colour, made readable wherever the mail puts it (WCAG contrast)."""

from __future__ import annotations

import re
from typing import Final

DEFAULT: Final = "#298aab"
ENOUGH: Final = 4.5
_HEX: Final = re.compile(r"#[0-9a-f]{6}")
Rgb = tuple[float, float, float]


def colour(text: str) -> str:
    """A colour as ``#rrggbb``; our own when ``text`` is none."""
    plain = text.strip().lower()
    if len(plain) == 4:
        plain = "#" + "".join(letter * 2 for letter in plain[1:])
    return plain if _HEX.fullmatch(plain) else DEFAULT


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(background: str) -> str:
    """White or near-black, whichever reads better."""
    return max(("#ffffff", "#14171f"), key=lambda ink: contrast(ink, background))


def readable(wanted: str, background: str) -> str:
    """``wanted``, moved towards the far end of the scale until it can be read on ``background``."""
    goal = 0.0 if _luminance(background) > 0.18 else 255.0
    rgb = _rgb(wanted)
    for step in range(21):
        mixed = _hex(tuple(part + (goal - part) * step / 20 for part in rgb))  # type: ignore[arg-type]
        if contrast(mixed, background) >= ENOUGH:
            return mixed
    return text_on(background)


def _rgb(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in rgb)


def _luminance(text: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _unit(text)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _unit(text: str) -> list[float]:
    return [part / 255 for part in _rgb(text)]
