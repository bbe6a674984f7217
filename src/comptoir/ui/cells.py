"""Ready-made cells of a table, for pages that fill rows in Python."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comptoir.ui.tags.figures import NOTHING, day, moment, money, number
from comptoir.ui.tags.marks import avatar, badge

__all__ = ["NOTHING", "badge", "day", "link", "moment", "money", "number", "tags", "two", "who"]


def link(label: object, url: str) -> SafeString:
    """The cell that opens the record; arrows walk from one to the next."""
    return format_html('<a class="name" href="{}" data-open>{}</a>', url, label)


def who(name: str, sub: object = "", url: str = "", image: str = "") -> SafeString:
    """A face, a name that opens the record, and a second line."""
    named = link(name, url) if url else format_html('<span class="name">{}</span>', name)
    return format_html('<span class="who">{}{}</span>', avatar(name, image=image), _lines(named, sub))


def two(first: object, second: object) -> SafeString:
    """Two lines; the second is quieter."""
    return format_html('<span class="who">{}</span>', _lines(first, second))


def _lines(first: object, second: object) -> SafeString:
    below = format_html('<span class="sub">{}</span>', second) if second else ""
    return format_html('<span class="min-w-0">{}{}</span>', first, below)


def tags(found: Iterable[tuple[str, str]]) -> SafeString:
    """Words in their colours, from pairs of name and class (``hue-3``); nothing for none."""
    chips = format_html_join("", '<span class="tag {}">{}</span>', ((css, name) for name, css in found))
    return format_html('<span class="tag-row">{}</span>', chips) if chips else chips
