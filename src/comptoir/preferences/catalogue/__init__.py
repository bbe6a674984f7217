"""Every setting, by chapter: key, type, default, levels, choices, label, help. Nowhere else."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from . import (
    defaults,
    designs,
    email,
    identity,
    localization,
    numbers,
    payments,
    portal,
    reminders,
    tasks,
    taxes,
    templates,
    workflow,
)
from .setting import CLIENT, COMPANY, EVERYWHERE, GROUP, Kind, Setting

__all__ = ["CATALOGUE", "CHAPTERS", "CLIENT", "COMPANY", "EVERYWHERE", "GROUP", "TITLES", "Kind", "Setting"]

_MODULES: Final = {
    "identity": identity,
    "localization": localization,
    "defaults": defaults,
    "payments": payments,
    "taxes": taxes,
    "tasks": tasks,
    "designs": designs,
    "numbers": numbers,
    "email": email,
    "templates": templates,
    "reminders": reminders,
    "portal": portal,
    "workflow": workflow,
}

CHAPTERS: Final[dict[str, tuple[Setting, ...]]] = {name: module.SETTINGS for name, module in _MODULES.items()}
"""The pages of the settings area, in their order."""

TITLES: Final[dict[str, Any]] = {name: module.TITLE for name, module in _MODULES.items()}

CATALOGUE: Final = MappingProxyType({row.key: row for rows in CHAPTERS.values() for row in rows})
"""Every setting by key."""
