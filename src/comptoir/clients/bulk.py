"""What is done to many clients at once (S110)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.kernel.folding import haystack
from comptoir.kernel.refused import Refused
from comptoir.reference import BULK_UPDATES
from comptoir.tagging.operations import copy_tags
from comptoir.tenancy.locking import lock

from . import contacts, drafts, facts, rules
from .models import Client, Group
from .operations import Clients, create_clients


def assign_group(clients: Clients, group: Group | None, *, by: Actor, on: date) -> Clients:
    """Put clients in a group, or in none. Their own settings stay; deleted clients are left out."""
    if wanted := [client for client in clients if not client.is_deleted]:
        _set(wanted, {"group": group}, by=by)
    return clients


def bulk_update(clients: Clients, column: str, value: Any, *, by: Actor, on: date) -> Clients:
    """Write one value to one column of many clients. Raises Refused at ``column`` or ``new_value``."""
    if column not in BULK_UPDATES["client"]:
        raise Refused("column", _("This column cannot be changed for many clients at once."))
    values = drafts.values_of({column: value})
    if faults := [sentence for _path, sentence in rules.faults_of(values)]:
        raise Refused.many({"new_value": faults})
    if wanted := [client for client in clients if not client.is_deleted]:
        _set(wanted, values, by=by)
    return clients


@operation
def _set(clients: Clients, values: Mapping[str, Any], *, by: Actor) -> None:
    lock(*clients)
    told = []
    for client in clients:
        told.append(facts.ClientUpdated(client, actor=by, changes=changed(client, values)))
        client.updated_at, client.search_text = timezone.now(), haystack(client.searched())
    Client.objects.bulk_update(clients, [*values, "search_text", "updated_at"])
    tell(*told)


@operation
def clone_clients(clients: Clients, *, by: Actor, on: date) -> list[Client]:
    """Make a new client like each: its people and tags too, but no password, number, money or file."""
    made = create_clients([_like(client) for client in clients], by=by, on=on)
    copy_tags(zip(clients, made, strict=True))
    return made


def _like(client: Client) -> dict[str, Any]:
    fields = {name: getattr(client, name) for name in drafts.EDITABLE - {"number", "id_number"}}
    if client.name:
        fields["name"] = (_("%(name)s (copy)") % {"name": client.name})[:190]
    people = client.contacts.live()
    copied = (*contacts.EDITABLE, "is_primary")
    fields["contacts"] = [{name: getattr(contact, name) for name in copied} for contact in people]
    return {**fields, "settings": client.settings}
