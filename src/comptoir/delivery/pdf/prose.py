"""Texts that people wrote (notes, terms, footer), as HTML that a page may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from comptoir.delivery.placeholders import substitute

TAGS: Final = {
    "a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "s",
    "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "div",
}  # fmt: skip
_MARKED_UP: Final = re.compile(r"</?[a-zA-Z][^<>]*>")


def prose(text: str, values: Mapping[str, str], *, markdown: bool = False) -> SafeString:
    """Turn Markdown (when the company writes it) or line breaks into HTML, clean it, fill in the values.

    Values come last: what they hold is text, and is never read as Markdown, HTML or a placeholder.
    """
    text = text.strip()
    if markdown:
        html = nh3.clean(_markdown().render(text), tags=TAGS)
    elif _MARKED_UP.search(text):
        html = nh3.clean(text, tags=TAGS)
    else:
        html = escape(text).replace("\r\n", "\n").replace("\n", "<br>")
    return mark_safe(substitute(html, values, html=True) if "$" in html else html)  # noqa: S308 cleaned above


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
