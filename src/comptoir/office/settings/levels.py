"""Whose settings a page changes: the company's, a group's or a client's (S24, S25, S104 to S109)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients.groups import update_group
from comptoir.clients.models import Client, Group
from comptoir.clients.operations import update_client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.clients import client_url
from comptoir.office.clients.currencies import warn_of_change
from comptoir.office.desk import Desk
from comptoir.preferences.cascade import DEFAULT, Found, Layers, Preferences, find
from comptoir.preferences.catalogue import CLIENT, COMPANY, GROUP
from comptoir.preferences.operations import update_company


@dataclass(frozen=True)
class Level:
    """``layers`` begin with what this level has set itself; ``name`` is the client's or the group's."""

    key: str
    layers: Layers
    row: Any
    name: str = ""
    group_name: str = ""
    back_url: str = ""

    @property
    def query(self) -> str:
        """What an address carries on: "" for the company."""
        return "" if self.key == COMPANY else f"?level={self.key}&id={ids.encode(self.row.pk)}"

    @property
    def is_company(self) -> bool:
        return self.key == COMPANY

    @property
    def own(self) -> Mapping[str, Any]:
        """What is set here and nowhere above."""
        return self.layers[0]

    def again(self) -> Level:
        """The same level with what its row holds now."""
        return replace(self, layers=(self.row.settings, *self.layers[1:]))

    @property
    def preferences(self) -> Preferences:
        return Preferences(self.layers)

    def has(self, key: str) -> bool:
        """Whether a setting has a value of its own here."""
        return find(key, self.layers).source == self.key

    def inherited(self, key: str) -> Found:
        """What would hold without an own value."""
        return find(key, self.layers[1:])

    def source_name(self, source: str) -> str:
        """Who gave a value, in words."""
        return {
            CLIENT: _("Client"),
            GROUP: self.group_name or _("Group"),
            COMPANY: _("Company"),
            DEFAULT: _("Default"),
        }[source]

    @property
    def banner(self) -> str:
        if self.key == CLIENT:
            return _("Settings of the client %(name)s") % {"name": self.name}
        return _("Settings of the group %(name)s") % {"name": self.name}

    @property
    def banner_text(self) -> str:
        if self.key == CLIENT:
            return _(
                "What you set here holds for this client only. What you leave empty follows its group "
                "or the company."
            )
        return _(
            "What you set here holds for every client of the group. What you leave empty follows the company."
        )

    def keep(self, desk: Desk, settings: Mapping[str, Any], switches: Mapping[str, Any]) -> None:
        """Save values by the level's own operation; "" lets go of one. Raises Refused at the fields."""
        try:
            if self.is_company:
                update_company(self.row, {**switches, "settings": dict(settings)}, by=desk.actor, on=desk.on)
                return
            whole = {"settings": {**self.row.settings, **settings}}
            if self.key == GROUP:
                update_group(self.row, whole, by=desk.actor, on=desk.on)
            else:
                before = self.row.currency_id
                update_client(self.row, whole, by=desk.actor, on=desk.on)
                warn_of_change(desk, self.row, before)
        except Refused as refused:
            raise Refused.many(_at_fields(refused)) from refused


def _at_fields(refused: Refused) -> dict[str, list[Any]]:
    """The faults of settings at their inputs; the wire's summary of them only where nothing else is said."""
    named = {key.removeprefix("settings."): texts for key, texts in refused.errors.items()}
    summary = named.pop("settings", [])
    return named or {"": summary}


_RIGHTS: Final = {COMPANY: "company", GROUP: "group_setting", CLIENT: "client"}


def level_of(desk: Desk) -> Level:
    """The level that the address names. Raises Http404, or PermissionDenied without the right to edit."""
    key = desk.request.GET.get("level", COMPANY) or COMPANY
    if key not in _RIGHTS:
        raise Http404
    if key == COMPANY:
        desk.need("edit", "company")
        return Level(COMPANY, (desk.company.settings,), desk.company)
    wanted = desk.request.GET.get("id", "")
    return group_level(desk, wanted) if key == GROUP else client_level(desk, wanted)


def group_level(desk: Desk, key: str) -> Level:
    group = desk.find(Group.objects.live(), key, "group_setting", "edit")
    back = reverse("office:groups")
    return Level(GROUP, (group.settings, desk.company.settings), group, group.name, group.name, back)


def client_level(desk: Desk, key: str) -> Level:
    client = desk.find(Client.objects.live().select_related("group"), key, "client", "edit")
    client.company = desk.company
    above = client.group.settings if client.group else {}
    group_name = client.group.name if client.group else ""
    layers = (client.settings, above, desk.company.settings)
    return Level(CLIENT, layers, client, client.display_name, group_name, client_url(client))
