"""The frame around a message: colours, sides, and the page template."""

from __future__ import annotations

from typing import Any, Final

import css_inline
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_bidi

from .look import CARD_DARK, CARD_LIGHT, Look

_inliner: Final = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

DAY: Final = {
    "desk": "#f3f4f6",
    "card": CARD_LIGHT,
    "panel": "#f6f7f9",
    "line": "#e4e7ec",
    "ink": "#1f2430",
    "quiet": "#596273",
    "faint": "#667085",
}
NIGHT: Final = {
    "desk": "#11151c",
    "card": CARD_DARK,
    "panel": "#252b36",
    "line": "#323a47",
    "ink": "#f0f2f5",
    "quiet": "#aeb6c4",
    "faint": "#98a2b3",
}


def styled(html: str) -> str:
    """HTML with its style sheet written onto its elements."""
    return _inliner.inline(html)


def framed(look: Look, **parts: Any) -> str:
    """The whole HTML page, its style inlined (mail programs drop style sheets).

    ``parts``: subject, message, signature, footer, unsubscribe, preheader, action. Only the rules
    for small screens and dark mode stay in the head.
    """
    side, far = ("right", "left") if get_language_bidi() else ("left", "right")
    palette = NIGHT if look.is_dark else DAY
    context = {
        **parts,
        "look": look,
        "palette": {**palette, "word": look.glow if look.is_dark else look.ink},
        "night": NIGHT,
        "side": side if look.alignment == "center" else look.alignment,
        "far": far,
        "align": look.alignment,
        "language": translation.get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return styled(render_to_string("mail/page.html", context))
