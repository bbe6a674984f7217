"""The kebab of a client, the same on every tab (S26)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.clients import client_url
from comptoir.office.desk import Desk
from comptoir.office.modules import MODULES
from comptoir.ui.parts import Action


def kebab(desk: Desk, client: Client) -> list[Action]:
    """What may be done with this client now."""
    if not desk.may("edit", "client", client):
        return _making(desk, client)
    if client.is_deleted:
        return [Action(_("Restore"), client_url(client, "act", "restore"), "archive-off", "post")]
    shelf = (
        Action(_("Restore"), client_url(client, "act", "restore"), "archive-off", "post", divided=True)
        if client.archived_at
        else Action(_("Archive"), client_url(client, "act", "archive"), "archive", "post", divided=True)
    )
    return [
        Action(_("Edit"), client_url(client, "edit"), "pencil"),
        Action(_("Assign a group"), client_url(client, "group"), "users-group", "dialog"),
        Action(_("Add a comment"), client_url(client, "comment"), "message-2", "dialog"),
        *_making(desk, client),
        shelf,
        Action(_("Delete"), client_url(client, "act", "delete"), "trash", "dialog", danger=True),
    ]


def _making(desk: Desk, client: Client) -> list[Action]:
    if client.is_deleted:
        return []
    made = [
        Action(str(module.add_label), f"{module.add_url}?client={ids.encode(client.pk)}", module.icon)
        for module in MODULES
        if module.tile and module.is_on(desk) and module.add_url and desk.may("create", module.entity)
    ]
    return made


