"""Reading pages in tests."""

from __future__ import annotations

import html
import re
from typing import Any


def text(answer: Any) -> str:
    """What a reader sees: without tags, spaces of every kind made one."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def toasts(answer: Any) -> list[str]:
    """The sentences of the toasts."""
    found = re.findall(
        r'<div class="toast[^"]*"><span class="dot"></span><span>(.*?)</span>', answer.content.decode()
    )
    return [html.unescape(one) for one in found]


def faults(answer: Any) -> dict[str, list[str]]:
    """The errors of the form that a page shows."""
    return {name: [str(one) for one in texts] for name, texts in answer.context["form"].errors.items()}


def labels(actions: Any) -> list[str]:
    """What a menu offers."""
    return [str(action.label) for action in actions]
