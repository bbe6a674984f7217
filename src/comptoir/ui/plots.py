"""Small drawings made on the server: SVG with attributes only, so that the strict policy holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Figure = Decimal | int | float

_PALE: Final = mark_safe(' fill-opacity=".28"')


def sparkline(values: Sequence[Figure], label: str = "", width: int = 300, height: int = 64) -> SafeString:
    """A line over its shade, as wide as its place; `label` says it to screen readers."""
    points = _points(values, width, height)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return format_html(
        '<svg class="plot" viewBox="0 0 {w} {h}" height="{h}" preserveAspectRatio="none"'
        ' role="img" aria-label="{label}">'
        '<polygon points="0,{h} {line} {w},{h}" fill="currentColor" fill-opacity=".12"/>'
        '<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"'
        ' vector-effect="non-scaling-stroke"/></svg>',
        w=width, h=height, line=line, label=label,
    )  # fmt: skip


def bars(
    values: Sequence[Figure],
    labels: Sequence[str] = (),
    label: str = "",
    height: int = 120,
    beside: Sequence[Figure] = (),
    said: Sequence[str] = (),
    top: Figure = 0,
) -> SafeString:
    """One bar for each value, as wide as its place allows; negative ones are drawn by size.

    `labels` stand below; `said` is told on hover, else the label and the value. `beside` is a second, paler
    series. `top` is the value as high as the drawing, else the highest one (see `ceiling`).
    """
    step = 100 / max(len(values), 1)
    most = float(top) or max([*(abs(float(value)) for value in [*values, *beside]), 1.0])
    below = [*labels, *[""] * len(values)]
    told = said or [f"{below[at]} {value}".strip() for at, value in enumerate(values)]
    series = [beside, values] if beside else [values]
    drawn = format_html_join(
        "",
        '<g><title>{}</title><rect x="{}%" width="{}%" height="{}" fill-opacity="0"/>{}'
        '<text x="{}%" y="{}" text-anchor="middle">{}</text></g>',
        (
            (told[at], f"{at * step:.2f}", f"{step:.2f}", height, _stand(series, at, step, most, height),
             f"{(at + 0.5) * step:.2f}", height + 16, below[at])
            for at in range(len(values))
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="plot" height="{}" role="img" aria-label="{}">{}</svg>',
        height + (20 if labels else 0), label, drawn,
    )  # fmt: skip


def ceiling(values: Sequence[Figure]) -> int:
    """A round number not below any value, for an axis: 1, 2, 3, 4, 5, 6 or 8 times a power of ten."""
    most = max([*(abs(float(value)) for value in values), 1.0])
    power: int = 10 ** (len(str(int(most))) - 1)
    return next(times * power for times in (1, 2, 3, 4, 5, 6, 8, 10) if times * power >= most)


def _stand(series: Sequence[Sequence[Figure]], at: int, step: float, most: float, height: int) -> SafeString:
    """The bars of one place side by side; all but the last are pale."""
    wide = 0.64 / len(series)
    return format_html_join(
        "",
        '<rect class="bar" x="{}%" y="{}" width="{}%" height="{}" rx="3" fill="currentColor"{}/>',
        (
            (f"{(at + 0.18 + wide * n) * step:.2f}", f"{height - tall:.1f}", f"{wide * step * 0.94:.2f}",
             f"{tall:.1f}", "" if n == len(series) - 1 else _PALE)
            for n, row in enumerate(series)
            for tall in [max(abs(float(row[at])) / most * (height - 4), 2.0)]
        ),
    )  # fmt: skip


def _points(values: Sequence[Figure], width: int, height: int) -> list[tuple[float, float]]:
    """Six units are kept free above and below, so that the stroke is never cut."""
    numbers = [float(value) for value in values] or [0.0]
    low, high = min([*numbers, 0.0]), max(numbers)
    span = high - low or 1.0
    step = width / max(len(numbers) - 1, 1)
    return [(at * step, 6 + (height - 12) * (1 - (value - low) / span)) for at, value in enumerate(numbers)]
