"""Small drawings made on the server: SVG with attributes only, so that the strict policy holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Figure = Decimal | int | float

_WIDTH: Final = 600
_BAR: Final = (
    '<g><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="4" fill="currentColor"/>'
    '<text x="{}" y="{}" text-anchor="middle">{}</text></g>'
)


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
    values: Sequence[Figure], labels: Sequence[str] = (), label: str = "", height: int = 120
) -> SafeString:
    """One bar for each value, its label below and its value on hover; negative ones are drawn by size."""
    step = _WIDTH / max(len(values), 1)
    top = max([*(abs(float(value)) for value in values), 1.0])
    said = [*labels, *[""] * len(values)]
    drawn = format_html_join(
        "",
        _BAR,
        (
            (f"{said[at]} {value}".strip(), *_bar(at * step, abs(float(value)) / top, step, height), said[at])
            for at, value in enumerate(values)
        ),
    )
    total = height + (18 if labels else 0)
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" height="{}" role="img" aria-label="{}">{}</svg>',
        _WIDTH, total, total, label, drawn,
    )  # fmt: skip


def _bar(left: float, share: float, step: float, height: int) -> tuple[str, ...]:
    """Where a bar and its label stand: x, y, width, height, and the label's x, y."""
    tall = max(share * (height - 4), 2.0)
    places = (left + step * 0.18, height - tall, step * 0.64, tall, left + step / 2, height + 14)
    return tuple(f"{place:.1f}" for place in places)


def _points(values: Sequence[Figure], width: int, height: int) -> list[tuple[float, float]]:
    """Six units are kept free above and below, so that the stroke is never cut."""
    numbers = [float(value) for value in values] or [0.0]
    low, high = min([*numbers, 0.0]), max(numbers)
    span = high - low or 1.0
    step = width / max(len(numbers) - 1, 1)
    return [(at * step, 6 + (height - 12) * (1 - (value - low) / span)) for at, value in enumerate(numbers)]
