"""The modules of the office: what the menu shows and what a client's page has tiles for.

A module that the company switched off, or whose app is not there, is nowhere. ``bit`` is the wire's
mask (contract rules 27).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from comptoir.activity import kinds
from comptoir.office.desk import Desk
from comptoir.ui.parts import MenuEntry


@dataclass(frozen=True)
class Module:
    """``key`` is the URL prefix and name ("invoices"), ``entity`` that of the kind of its records.

    ``title`` stands above it in the menu; ``own_label`` names a module without records.
    """

    key: str
    entity: str
    icon: str
    add_label: Any = ""
    bit: int = 0
    title: Any = ""
    tile: bool = False
    own_label: Any = ""

    def is_on(self, desk: Desk) -> bool:
        """Whether this company uses it and this person may see any of it."""
        switched = not self.bit or bool(desk.company.enabled_modules & self.bit)
        return switched and bool(self.list_url) and (not self.entity or self._is_open_to(desk))

    def _is_open_to(self, desk: Desk) -> bool:
        """Own and assigned records may be seen without a word: then the module shows those."""
        if desk.may("view", self.entity) or desk.may("create", self.entity):
            return True
        return self.kind is not None and desk.seen(self.rows(), self.entity).exists()

    @property
    def kind(self) -> kinds.Kind | None:
        """What its records are; None without records, or without the room that has them."""
        return kinds.find(self.entity)

    @property
    def label(self) -> Any:
        return self.kind.many if self.kind else self.own_label

    @property
    def model(self) -> Any:
        """The table of its records."""
        return kinds.named(self.entity).model

    def rows(self) -> Any:
        """The records of the module, of the company in scope."""
        return self.model.objects.all()

    @property
    def list_url(self) -> str:
        return _url(f"office:{self.key}")

    @property
    def add_url(self) -> str:
        return _url(f"office:new-{self.entity}")


@lru_cache(maxsize=64)
def _url(name: str) -> str:
    """Asked for once: the menu and the tiles of every page want them all."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


MODULES = (
    Module("dashboard", "", "home", own_label=_("Dashboard")),
    Module("clients", "client", "users", _("New client")),
    Module("products", "product", "package", _("New product")),
    Module("invoices", "invoice", "file-invoice", _("New invoice"), 4096, _("Sales"), tile=True),
    Module("payments", "payment", "credit-card", _("New payment"), tile=True),
    Module("recurring", "recurring_invoice", "refresh", _("New recurring invoice"), 1, tile=True),
    Module("quotes", "quote", "file-text", _("New quote"), 4, tile=True),
    Module("credits", "credit", "receipt-refund", _("New credit"), 2, tile=True),
    Module("projects", "project", "briefcase", _("New project"), 32, _("Work"), tile=True),
    Module("tasks", "task", "checkbox", _("New task"), 8, tile=True),
    Module("expenses", "expense", "receipt", _("New expense"), 16, tile=True),
)

OF_KINDS: Final = {module.kind.word: module for module in MODULES if module.kind}
"""The modules that have records here, by the word of their kind."""


def module_of(entity: str) -> Module:
    """The module with the list of such records. Raises KeyError."""
    return OF_KINDS[kinds.named(entity).word]


def menu(desk: Desk, active: str) -> list[MenuEntry]:
    """The entries of the sidebar, ``active`` being the module of the page."""
    return [
        MenuEntry(
            label=str(module.label),
            icon=module.icon,
            url=module.list_url,
            add_url=module.add_url if module.entity and desk.may("create", module.entity) else "",
            add_label=str(module.add_label),
            active=module.key == active,
            title=str(module.title),
        )
        for module in MODULES
        if module.is_on(desk)
    ]
