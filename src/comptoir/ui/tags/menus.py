"""Menus of actions, and tabs that become one menu on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from comptoir.ui.parts import Action, Tab


def item(action: Action) -> dict[str, Any]:
    """One entry of a menu, for what its action's method asks."""
    return {"action": action}


def kebab(actions: Sequence[Action], id: str = "kebab", label: str = "", small: bool = True) -> dict[str, Any]:  # noqa: A002
    """The three dots of a record and their menu; nothing when there is nothing to do."""
    return {"actions": actions, "id": id, "label": label or _("More actions"), "small": small}


def tabs(tabs: Sequence[Tab], label: str = "", target: str = "", id: str = "tabs") -> dict[str, Any]:  # noqa: A002
    """Tabs on a desktop, a menu at the top on a phone; links, swapped into `target` by htmx when given."""
    active = next((tab for tab in tabs if tab.active), tabs[0])
    return {"tabs": tabs, "active": active, "label": label or _("Sections"), "target": target, "id": id}
