"""Menus of actions, and tabs that become one menu on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comptoir.ui.attributes import attributes
from comptoir.ui.parts import Action, Tab, danger_last
from comptoir.ui.tags.icons import icon

_LINKS: Final = {"get", "dialog"}


def menu_item(action: Action, pattern: bool = False) -> SafeString:
    """One entry of a menu, as its method asks; `pattern` for the menu that the rows of a table share."""
    css = "menu-item danger" if action.danger else "menu-item"
    given: dict[str, Any] = {"class": css, "role": "menuitem"} | doing(action)
    if pattern:
        given |= {"data_pattern": action.url, "data_action": action.key}
    name = "a" if action.method in _LINKS else "button"
    drawing = icon(action.icon, 17) if action.icon else ""
    line = "<hr>" if action.divided else ""
    entry = f"{line}<{name}{{}}>{{}}<span>{{}}</span></{name}>"
    return format_html(entry, attributes(given), drawing, action.label)


def doing(action: Action) -> dict[str, Any]:
    """The attributes that make an element do the action."""
    if action.method == "get":
        return {"href": action.url} | ({"target": "_blank", "rel": "noopener"} if action.new_tab else {})
    if action.method == "dialog":
        return {"href": action.url, "hx_get": action.url, "hx_target": "#dialog"}
    if action.method == "delete":
        return {"type": "button", "hx_delete": action.url}
    return {"form": "post", "formaction": action.url}


def kebab(
    actions: Sequence[Action],
    id: str = "kebab",  # noqa: A002
    label: str = "",
    small: bool = True,
) -> dict[str, Any]:
    """The three dots of a record and their menu; nothing when there is nothing to do."""
    return {"actions": danger_last(actions), "id": id, "label": label or _("More actions"), "small": small}


def tabs(tabs: Sequence[Tab], label: str = "", id: str = "tabs") -> dict[str, Any]:  # noqa: A002
    """Tabs on a desktop, one menu at the top on a phone; plain links."""
    active = next((tab for tab in tabs if tab.active), tabs[0])
    return {"tabs": tabs, "active": active, "label": label or _("Sections"), "id": id}
