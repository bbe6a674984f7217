"""The kebab of a client, the same on every tab (S26)."""

from __future__ import annotations

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.assigning.entries import assign_actions
from comptoir.office.clients import client_url
from comptoir.office.clients.portal import portal_url
from comptoir.office.clients.settings import settings_url
from comptoir.office.desk import Desk
from comptoir.office.modules import MODULES
from comptoir.office.runs import run_action
from comptoir.ui.parts import Action


def kebab(desk: Desk, client: Client) -> list[Action]:
    """What may be done with this client now; a deleted one can only come back, or go for good."""
    may_edit = desk.may("edit", "client", client)
    if client.is_deleted:
        back = Action(_("Restore"), client_url(client, "act", "restore"), "archive-off", "post")
        restorable = may_edit and client.merged_into_id is None
        return [back] * restorable + _purging(desk, client)
    found = _editing(desk, client) if may_edit else []
    if statement := _statement_url(client):
        found.append(Action(_("View the statement"), statement, "file-description"))
    found.append(run_action("client", client.pk))
    if portal := portal_url(desk, client):
        found.append(Action(_("Client portal"), portal, "external-link", new_tab=True))
    if may_edit:
        found.append(Action(_("Settings"), settings_url(client), "settings"))
    found += _making(desk, client)
    return found + _going(desk, client) if may_edit else found


def _statement_url(client: Client) -> str:
    try:
        return client_url(client, "statement")
    except NoReverseMatch:
        return ""


def _editing(desk: Desk, client: Client) -> list[Action]:
    return [
        Action(_("Edit"), client_url(client, "edit"), "pencil"),
        Action(_("Assign a group"), client_url(client, "group"), "users-group", "dialog"),
        *assign_actions(desk, "client", client),
        Action(_("Add a comment"), client_url(client, "comment"), "message-2", "dialog"),
    ]


def _making(desk: Desk, client: Client) -> list[Action]:
    """New records of this client, in every module that the member may fill."""
    able = [
        module
        for module in MODULES
        if module.tile and module.is_on(desk) and module.add_url and desk.may("create", module.entity)
    ]
    return [
        Action(
            str(module.add_label),
            f"{module.add_url}?client={ids.encode(client.pk)}",
            module.icon,
            divided=n == 0,
        )
        for n, module in enumerate(able)
    ]


def _going(desk: Desk, client: Client) -> list[Action]:
    """Merge, clone, archive, delete, erase."""
    found = [
        Action(
            _("Merge into another client"), client_url(client, "merge"), "git-merge", "dialog", divided=True
        )
    ]
    if desk.may("create", "client"):
        found.append(Action(_("Duplicate"), client_url(client, "clone"), "copy", "post"))
    if client.archived_at:
        found.append(Action(_("Restore"), client_url(client, "act", "restore"), "archive-off", "post"))
    else:
        found.append(Action(_("Archive"), client_url(client, "act", "archive"), "archive", "post"))
    delete = client_url(client, "act", "delete")
    return [*found, Action(_("Delete"), delete, "trash", "dialog", danger=True), *_purging(desk, client)]


def _purging(desk: Desk, client: Client) -> list[Action]:
    """For administrators alone, and after their password (features 2)."""
    if not desk.membership.is_boss:
        return []
    return [Action(_("Erase for good"), client_url(client, "purge"), "circle-x", "dialog", danger=True)]
