"""What the pages of the settings are made of, and which keys they offer to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from comptoir.office.settings import registering
from comptoir.office.settings.switches import SWITCHES
from comptoir.preferences.catalogue import CATALOGUE, COMPANY, Kind

Group = Literal["basic", "advanced", "management"]
GROUPS: Final[dict[Group, Any]] = {
    "basic": _("Your company"),
    "advanced": _("Documents and clients"),
    "management": _("People and security"),
}


@dataclass(frozen=True)
class Section:
    """A titled part of a page: ``names`` of settings and switches; ``extra`` is a template below them."""

    key: str
    title: Any
    names: str
    hint: Any = ""
    extra: str = ""

    @property
    def keys(self) -> list[str]:
        return self.names.split()


@dataclass(frozen=True)
class Page:
    """``extra`` is a template below the form (and names the context it needs, see ``pages.EXTRAS``);
    ``route`` is a page of its own that no table describes.
    """

    key: str
    title: Any
    text: Any
    icon: str
    group: Group = "basic"
    sections: tuple[Section, ...] = ()
    extra: str = ""
    aside: str = ""
    route: str = ""

    def at(self, level: str) -> list[tuple[Section, list[str]]]:
        """The sections and keys that are offered at a level, without those of absent modules."""
        found = [
            (section, [key for key in section.keys if is_offered(key, level)]) for section in self.sections
        ]
        return [(section, keys) for section, keys in found if keys or (section.extra and level == COMPANY)]


def is_offered(key: str, level: str) -> bool:
    """Whether a level may set it: switches and counters are the company's, settings say their levels."""
    if not _module_stands(key):
        return False
    if key in SWITCHES or key in ("smtp_password", registering.SWITCH):
        return level == COMPANY
    if key == "company_gateway_ids" and level == COMPANY:
        return False  # the company orders its gateways on their own page
    setting = CATALOGUE[key]
    return level in setting.levels and (level == COMPANY or setting.kind is not Kind.COUNTER)


_MODULES: Final = {
    "purchase_order": "purchase_orders",
    "vendor": "vendors",
    "expense": "expenses",
    "recurring": "recurring",
    "project": "projects",
    "auto_bill": "gateways",
    "task": "tasks",
}
_ANYWAY: Final = frozenset({"default_task_rate"})
"""Kept with clients whether or not there are tasks (guide, S88)."""


def _module_stands(key: str) -> bool:
    """A key is nowhere while the module that it is about is not installed."""
    named = next((label for word, label in _MODULES.items() if word in key and key not in _ANYWAY), "")
    return not named or any(config.label == named for config in apps.get_app_configs())
