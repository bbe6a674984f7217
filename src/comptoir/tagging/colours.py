"""The colours of tags: nine of the house, each with a name; any other is shown as the nearest of them.

A page may not write a colour into its markup (``style-src 'self'``), and a colour from elsewhere might
not be readable in either theme: so a tag is drawn by the class of its hue (``ui/frontend/pieces.css``).
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _


class Colour(NamedTuple):
    """``hue`` is its angle in OKLCH, None for grey; ``css`` the class that draws it."""

    code: str
    name: object
    css: str
    hue: int | None


PALETTE: Final = (
    Colour("#5283e0", _("Blue"), "hue-0", 262),
    Colour("#009cb7", _("Turquoise"), "hue-5", 210),
    Colour("#00a166", _("Green"), "hue-2", 160),
    Colour("#679725", _("Lime"), "hue-7", 130),
    Colour("#af7c00", _("Yellow"), "hue-4", 85),
    Colour("#cd632d", _("Orange"), "hue-1", 45),
    Colour("#d05a6e", _("Pink"), "hue-6", 12),
    Colour("#956ed2", _("Purple"), "hue-3", 300),
    Colour("#7c8594", _("Grey"), "", None),
)
GREY: Final = PALETTE[-1]
_PALE: Final = 0.03
"""Chroma below which a colour is seen as grey."""

_WRITTEN: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def is_colour(text: str) -> bool:
    """Whether it is written ``#rgb`` or ``#rrggbb``."""
    return bool(_WRITTEN.fullmatch(text))


@lru_cache(maxsize=1024)
def nearest(code: str) -> Colour:
    """The colour of the house that is closest in hue; grey for none and for what is nearly grey."""
    if not is_colour(code):
        return GREY
    a, b = _oklab(code)
    if math.hypot(a, b) < _PALE:
        return GREY
    angle = math.degrees(math.atan2(b, a)) % 360
    hued = [colour for colour in PALETTE if colour.hue is not None]
    return min(hued, key=lambda colour: abs((angle - (colour.hue or 0) + 180) % 360 - 180))


def _oklab(code: str) -> tuple[float, float]:
    """The two axes of colour of Björn Ottosson's OKLab."""
    digits = code[1:] if len(code) > 4 else "".join(digit * 2 for digit in code[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
