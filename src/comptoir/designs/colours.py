"""Tints and readable inks from the two colours that a company chose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

RGB = tuple[int, int, int]
WHITE: RGB = (255, 255, 255)
BLACK: RGB = (17, 24, 39)
ENOUGH = 4.5
"""Contrast that small letters need (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True)
class Colours:
    """CSS colours. `ink` and `second` are the two made dark enough to be read on white."""

    primary: str
    secondary: str
    ink: str
    second: str
    tint: str
    faint: str
    on_primary: str


@lru_cache(maxsize=256)
def colours(primary: str, secondary: str) -> Colours:
    """Work out the rest; both are #rgb or #rrggbb."""
    main = _read(primary)
    return Colours(
        primary=_written(main),
        secondary=_written(_read(secondary)),
        ink=_written(_darkened(main)),
        second=_written(_darkened(_read(secondary))),
        tint=_written(_mixed(main, WHITE, 0.10)),
        faint=_written(_mixed(main, WHITE, 0.05)),
        on_primary=_written(WHITE if _contrast(main, WHITE) >= 3 else BLACK),
    )


def _darkened(colour: RGB) -> RGB:
    """The nearest darker shade that small letters can have on white."""
    part = 1.0
    while _contrast(_mixed(colour, BLACK, part), WHITE) < ENOUGH and part > 0:
        part -= 0.05
    return _mixed(colour, BLACK, max(part, 0.0))


def _mixed(first: RGB, second: RGB, part: float) -> RGB:
    red, green, blue = (round(a * part + b * (1 - part)) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _contrast(first: RGB, second: RGB) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read(text: str) -> RGB:
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _written(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
