"""A company's colour as a stylesheet: readable in light and in dark, whatever the colour."""

from __future__ import annotations

import colorsys
import re
from typing import Final

Rgb = tuple[float, float, float]

_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6})")
_AA: Final = 4.5
_WHITE: Final[Rgb] = (1.0, 1.0, 1.0)
_NIGHT: Final[Rgb] = (0x16 / 255, 0x1A / 255, 0x22 / 255)
_INK: Final[Rgb] = (0.05, 0.06, 0.08)


def stylesheet(colour: str, own_css: str = "") -> str:
    """The tokens for a colour `#rrggbb`; "" when it is none. `own_css` is added as it is.

    The colour is darkened (on light) or lightened (on dark) until text in it reads, WCAG AA.
    """
    found = _HEX.fullmatch(colour.strip())
    if not found:
        return own_css
    rgb: Rgb = tuple(int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4))  # type: ignore[assignment]
    light, dark = readable(rgb, _WHITE, -1), readable(rgb, _NIGHT, 1)
    day = _tokens(light, mixed(light, _WHITE, 0.09))
    night = _tokens(dark, mixed(dark, _NIGHT, 0.2))
    return (
        f":root,[data-theme=light]{{{day}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}"
        f"[data-theme=dark]{{{night}}}{own_css}"
    )


def readable(colour: Rgb, ground: Rgb, step: int) -> Rgb:
    """The nearest shade that reads on a ground: darker for step -1, lighter for 1."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    while contrast(colour, ground) < _AA and 0 < lightness + step * 0.02 < 1:
        lightness += step * 0.02
        colour = colorsys.hls_to_rgb(hue, lightness, saturation)
    return colour


def contrast(one: Rgb, other: Rgb) -> float:
    """The ratio of WCAG, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def mixed(colour: Rgb, ground: Rgb, share: float) -> Rgb:
    """A tint: so much of the colour on the ground."""
    red, green, blue = (c * share + g * (1 - share) for c, g in zip(colour, ground, strict=True))
    return red, green, blue


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _tokens(colour: Rgb, soft: Rgb) -> str:
    content = _WHITE if contrast(colour, _WHITE) >= contrast(colour, _INK) else _INK
    ink = readable(colour, soft, -1 if _luminance(soft) > 0.5 else 1)
    return (
        f"--color-primary:{_hex(colour)};--color-primary-content:{_hex(content)};"
        f"--c-primary-soft:{_hex(soft)};--c-primary-ink:{_hex(ink)}"
    )


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in rgb)
