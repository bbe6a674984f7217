"""Draw a piece of template, as a page would."""

from __future__ import annotations

import re
from typing import Any

from django.template import engines


def draw(source: str, **context: Any) -> str:
    """The HTML of `source` with `{% load ui %}` before it, spaces between tags taken out."""
    html = engines["django"].from_string("{% load i18n ui %}" + source).render(context)
    return re.sub(r">\s+<", "><", html).strip()


def attribute(html: str, name: str) -> str | None:
    """The value of the first attribute of that name."""
    found = re.search(rf'\s{name}="([^"]*)"', html)
    return found[1] if found else None
