"""Icons: Tabler's outlines, drawn into the page so that they take the colour of the text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER: Final = Path(__file__).resolve().parents[1] / "icons" / "built"
_BACKGROUND = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


@lru_cache(maxsize=2048)
def icon(name: str, size: int = 18, css: str = "", label: str = "") -> SafeString:
    """An icon; without a label it is decoration, and hidden from screen readers."""
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="ico{}" width="{}" height="{}" viewBox="0 0 24 24" {}>{}</svg>',
        f" {css}" if css else "",
        size,
        size,
        meaning,
        outline(name),
    )


@cache
def outline(name: str) -> SafeString:
    """The shapes of an icon; empty where the assets were never built.

    Raises LookupError for a name that `ui/icons/vendor.json` does not list.
    """
    path = FOLDER / f"{name}.svg"
    if path.is_file():
        return mark_safe(_shapes(path.read_text(encoding="utf-8")))  # noqa: S308
    if FOLDER.is_dir():
        raise LookupError(f"No icon “{name}”: name it in ui/icons/vendor.json.")
    return mark_safe("")


def _shapes(drawing: str) -> str:
    inside = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    shapes = re.sub(r"\s+", " ", inside.replace(_BACKGROUND, ""))
    return shapes.replace(" />", "/>").replace("> <", "><").strip()
