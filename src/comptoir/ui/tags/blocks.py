"""Block tags: what stands around a piece of page."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from comptoir.ui.attributes import attributes


def _around(template: str, content: str, **shown: Any) -> SafeString:
    return render_to_string(template, shown | {"content": content})


def panel(
    content: str,
    title: str = "",
    *,
    icon: str = "",
    url: str = "",
    link: str = "",
    flush: bool = False,
    **more: Any,
) -> SafeString:
    """A surface with a heading; `flush`: its content touches the edges; `link` to `url` ends the heading."""
    attrs = attributes({"class": f"panel {more.pop('css', '')}".strip()} | more)
    return _around(
        "ui/panel.html", content, title=title, icon=icon, url=url, link=link, flush=flush, attrs=attrs
    )


def dialog(content: str, id: str, title: str, wide: bool = False) -> SafeString:  # noqa: A002
    """A native dialog; `{% button … dialog="id" %}` opens it. Close it with `<form method="dialog">`."""
    return _around("ui/dialog.html", content, id=id, title=title, wide=wide)


def dropdown(content: str, id: str, label: str = "", from_start: bool = False) -> SafeString:  # noqa: A002
    """A popover of menu items; `{% button … menu="id" %}` opens it."""
    return _around("ui/dropdown.html", content, id=id, label=label, from_start=from_start)


def section(content: str, key: str, title: str, hint: str = "", icon: str = "") -> SafeString:
    """A part of a long form: heading beside its fields on a desktop, a tab of its own on a phone."""
    return _around("ui/section.html", content, key=key, title=title, hint=hint, icon=icon)


def nothing(content: str, title: str, icon: str = "inbox") -> SafeString:
    """Nothing here yet: say what to do, and put the button inside."""
    return _around("ui/nothing.html", content, title=title, icon=icon)


def notice(content: str, tone: str = "info", icon: str = "") -> SafeString:
    """A sentence that must be seen, inside a page."""
    icons = {"error": "alert-circle", "warning": "alert-triangle", "success": "circle-check"}
    return _around("ui/notice.html", content, tone=tone, icon=icon or icons.get(tone, "info-circle"))
