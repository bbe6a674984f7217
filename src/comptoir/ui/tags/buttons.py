"""Buttons: one tag for what links, submits, acts, opens a menu or opens a dialog."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from comptoir.ui.attributes import attributes
from comptoir.ui.tags import icons

KINDS = {
    "primary": "btn-primary",
    "plain": "btn-plain",
    "quiet": "btn-quiet",
    "danger": "btn-error",
    "link": "link",
}


def button(
    label: object,
    href: str = "",
    icon: str = "",
    kind: str = "plain",
    *,
    icon_only: bool = False,
    small: bool = True,
    submit: bool = False,
    post: str = "",
    delete: str = "",
    dialog: str = "",
    fetch: str = "",
    menu: str = "",
    css: str = "",
    end_icon: str = "",
    **more: Any,
) -> SafeString:
    """`{% button _("Save") icon="check" kind="primary" submit=True %}`.

    `href` links; `submit` sends the form around it; `post` and `delete` act on a URL from anywhere;
    `dialog` opens the dialog of that id; `fetch` loads a dialog from a URL; `menu` opens that popover.
    """
    shape = " btn-sm" if small else ""
    square = " btn-square" if icon_only else ""
    classes = KINDS[kind] if kind == "link" else f"btn{shape}{square} {KINDS[kind]}"
    given: dict[str, Any] = {"class": f"{classes} {css}".strip(), **_doing(href, submit, post, delete)}
    given |= _opening(dialog, fetch, menu)
    if icon_only:
        given |= {"aria_label": label, "title": label}
    size = 16 if small else 18
    inside = [icons.icon(icon, 18 if icon_only else size) if icon else "", "" if icon_only else label]
    inside.append(icons.icon(end_icon, 15) if end_icon else "")
    name = "a" if given.get("href") else "button"
    return format_html(f"<{name}{{}}>{{}}{{}}{{}}</{name}>", attributes(given | more), *inside)


def _doing(href: str, submit: bool, post: str, delete: str) -> dict[str, Any]:
    if href:
        return {"href": href}
    if post:
        return {"type": "submit", "form": "post", "formaction": post}
    if delete:
        return {"type": "button", "hx_delete": delete}
    return {"type": "submit" if submit else "button"}


def _opening(dialog: str, fetch: str, menu: str) -> dict[str, Any]:
    if dialog:
        return {"commandfor": dialog, "command": "show-modal"}
    if fetch:
        return {"type": None, "href": fetch, "hx_get": fetch, "hx_target": "#dialog"}
    return {"popovertarget": menu} if menu else {}
