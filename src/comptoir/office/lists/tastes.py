"""What a member keeps for themselves about a list: columns and views, in the settings of the membership.

Apps write into the same object, so that nothing about its form can be taken for granted.
"""

from __future__ import annotations

from typing import Any, Literal

from comptoir.office.desk import Desk
from comptoir.people.operations import update_preferences

Taste = Literal["columns", "views"]


def kept(desk: Desk, taste: Taste, name: str) -> list[Any]:
    """What is kept about the list of that name."""
    every = _every(desk, taste)
    found = every.get(name)
    return found if isinstance(found, list) else []


def keep(desk: Desk, taste: Taste, name: str, value: list[Any]) -> None:
    """Keep it from now on."""
    settings = desk.membership.settings | {taste: {**_every(desk, taste), name: value}}
    update_preferences(desk.membership, {"settings": settings}, by=desk.actor, on=desk.on)


def _every(desk: Desk, taste: Taste) -> dict[str, Any]:
    settings = desk.membership.settings
    found = settings.get(taste) if isinstance(settings, dict) else None
    return found if isinstance(found, dict) else {}
