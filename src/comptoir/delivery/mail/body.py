"""From what a person wrote (Markdown or HTML with $placeholders) to clean HTML."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any, Final

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from comptoir.delivery.placeholders import substitute

from .pieces import Values, expand

_STYLES: Final = {
    "background", "background-color", "border", "border-bottom", "border-collapse", "border-color",
    "border-left", "border-radius", "border-right", "border-spacing", "border-style", "border-top",
    "border-width", "box-shadow", "color", "display", "float", "font", "font-family", "font-size",
    "font-style", "font-weight", "height", "letter-spacing", "line-height", "list-style", "margin",
    "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width", "padding",
    "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration",
    "text-transform", "vertical-align", "white-space", "width", "word-break",
}  # fmt: skip
_LAYOUT: Final = {"bgcolor", "border", "cellpadding", "cellspacing", "height", "valign", "width"}
_CLASSES: Final = {"button", "action", "summary", "figure"}


def _attributes() -> dict[str, set[str]]:
    allowed = deepcopy(nh3.ALLOWED_ATTRIBUTES)
    allowed["*"] = {"style", "class", "align", "dir", "lang", "role", "title"}
    for tag in ("table", "tr", "td", "th"):
        allowed.setdefault(tag, set()).update(_LAYOUT)
    return allowed


def _class(_tag: str, attribute: str, value: str) -> str | None:
    """Only our own classes: others could borrow the look of the frame."""
    if attribute != "class":
        return value
    return " ".join(name for name in value.split() if name in _CLASSES) or None


def clean(html: str) -> SafeString:
    """HTML that a mail may hold: no scripts, forms, frames, relative or odd addresses."""
    rules: dict[str, Any] = {
        "tags": nh3.ALLOWED_TAGS | {"font", "u", "tfoot"},
        "attributes": _attributes(),
        "attribute_filter": _class,
        "filter_style_properties": _STYLES,
        "url_schemes": {"http", "https", "mailto", "tel"},
        "url_relative": "deny",
        "link_rel": None,
    }
    return mark_safe(nh3.clean(html, **rules))  # noqa: S308 (it was cleaned)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": True, "breaks": True})
        .enable(["table", "strikethrough"])
        .disable("code")
    )


def body(text: str, kind: str, values: Values, *, markdown: bool = True) -> SafeString:
    """The message itself, cleaned: our pieces expanded, Markdown turned, values filled in and escaped.

    A text that begins with a tag is HTML already. Values come last, so a client called ``*Star*``
    stays just that; what they hold is text, never HTML. Written in the language that is active.
    """
    typed = text.replace("\r\n", "\n").strip()
    whole = expand(typed, kind, values)
    if not typed.startswith("<"):
        whole = _markdown().render(whole) if markdown else linebreaks(whole)
    return clean(substitute(whole, values, html=True))
