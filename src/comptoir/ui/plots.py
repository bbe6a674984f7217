"""Small drawings made on the server: SVG with attributes only, so that the strict policy holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Figure = Decimal | int | float


def sparkline(values: Sequence[Figure], label: str = "", width: int = 300, height: int = 64) -> SafeString:
    """A line over its shade, as wide as its place; `label` says it to screen readers."""
    points = _points(values, width, height)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return format_html(
        '<svg class="plot" viewBox="0 0 {w} {h}" height="{h}" preserveAspectRatio="none" role="img" aria-label="{label}">'
        '<polygon points="0,{h} {line} {w},{h}" fill="currentColor" fill-opacity=".12"/>'
        '<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"'
        ' vector-effect="non-scaling-stroke"/></svg>',
        w=width, h=height, line=line, label=label,
    )  # fmt: skip


def bars(values: Sequence[Figure], labels: Sequence[str] = (), label: str = "", height: int = 120) -> SafeString:
    """One bar for each value, its label below and its value on hover."""
    step, foot = 40, 18 if labels else 0
    top = max([*(abs(Decimal(value)) for value in values), Decimal(1)])
    drawn = format_html_join(
        "",
        '<g><title>{}</title><rect x="{}" y="{}" width="26" height="{}" rx="4" fill="currentColor"/>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text></g>',
        (
            (
                f"{said} {value}".strip(), at * step + 7, f"{height - tall:.1f}", f"{tall:.1f}",
                at * step + 20, height + 14, said,
            )
            for at, (value, said, tall) in enumerate(_bars(values, labels, top, height))
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        max(len(values), 1) * step, height + foot, label, drawn,
    )  # fmt: skip


def _points(values: Sequence[Figure], width: int, height: int) -> list[tuple[float, float]]:
    """Six units are kept free above and below, so that the stroke is never cut."""
    numbers = [float(value) for value in values] or [0.0]
    low, high = min([*numbers, 0.0]), max(numbers)
    span = high - low or 1.0
    step = width / max(len(numbers) - 1, 1)
    return [(at * step, 6 + (height - 12) * (1 - (value - low) / span)) for at, value in enumerate(numbers)]


def _bars(
    values: Sequence[Figure], labels: Sequence[str], top: Decimal, height: int
) -> list[tuple[Figure, str, Decimal]]:
    said = [*labels, *[""] * len(values)]
    return [(v, said[i], max(abs(Decimal(v)) / top * (height - 4), Decimal(2))) for i, v in enumerate(values)]
