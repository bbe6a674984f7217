"""A client is created, updated, archived, deleted, restored. More verbs: ``__init__``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.numbering.drawing import draw_many
from comptoir.numbering.patterns import Context
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import contacts, drafts, facts, passwords, rules
from .models import Client, Contact
from .naming import entitle
from .vat import checking

Clients = Sequence[Client]


def create_client(fields: Mapping[str, Any], *, by: Actor, on: date) -> Client:
    """Add one client with its people; it always has at least one contact.

    ``fields`` hold columns, ``settings`` and ``contacts`` (mappings, in order). Raises Refused with every
    fault at its field.
    """
    return create_clients([fields], by=by, on=on)[0]


def create_clients(batch: Sequence[Mapping[str, Any]], *, by: Actor, on: date) -> list[Client]:
    """Add many clients, all of them or none. Faults of a longer batch begin with the place in it."""
    return _create(batch, by=by, on=on) if batch else []


@operation
def _create(batch: Sequence[Mapping[str, Any]], *, by: Actor, on: date) -> list[Client]:
    made = drafts.draft(batch, by=by)
    drafts.refuse_faulty(made)
    clients = [one.client for one in made]
    _number([client for client in clients if not client.number], by=by, on=on)
    for one in made:
        entitle(one.client, one.people.contacts)
    with rules.twins_are_refused():
        insert(clients)
    contacts.save(*(one.people for one in made))
    tell(*(facts.ClientCreated(client, actor=by) for client in clients))
    return clients


def _number(clients: Clients, *, by: Actor, on: date) -> None:
    preferences = Preferences((current_company().settings,))
    owner = None
    if "user" in preferences.client_number_pattern:
        owner = User.objects.filter(pk=by.user_id).first()
    contexts = [Context(on=on, user=owner, client=client, group_id=client.group_id) for client in clients]
    numbers = draw_many("client", preferences, contexts, Client.objects.all())
    for client, number in zip(clients, numbers, strict=True):
        client.number = number


@operation
def update_client(client: Client, fields: Mapping[str, Any], *, by: Actor, on: date) -> Client:
    """Change what was sent; a key that is absent stays untouched, ``contacts`` and ``settings`` are replaced.

    Raises WrongState for a deleted or merged client, Refused with every fault at its field.
    """
    lock(client)
    rules.refuse_gone(client)
    values = drafts.values_of(fields)
    if not values.get("number"):
        values.pop("number", None)  # a client never loses its number
    changes = changed(client, values)
    if {"vat_number", "country_id"} & set(changes):
        checking.forget_other_number(client, on=on)
    one = drafts.Draft(client, _arranged(client, fields))
    one.faults += rules.faults_of(values)
    one.faults += rules.faults_of_twins([client])[0]
    drafts.note_claims([one.people])
    one.faults += one.people.faults
    if "settings" in fields:
        settings = drafts.own_settings(fields["settings"], client.settings, client.group)
        changes |= changed(client, {"settings": settings})
    drafts.refuse_faulty([one])
    if "contacts" in fields:
        contacts.save(one.people)
        changes |= one.people.changes
    entitle(client, one.people.contacts)
    with rules.twins_are_refused():
        client.save()
    tell(facts.ClientUpdated(client, actor=by, changes=changes))
    return client


def _arranged(client: Client, fields: Mapping[str, Any]) -> contacts.Arrangement:
    """The people as sent, or as they are."""
    present = list(client.contacts.live())
    if "contacts" in fields:
        return contacts.arrange(client, present, fields["contacts"] or ())
    return contacts.Arrangement(present, list(range(len(present))), before=contacts.states(present))


def archive_clients(clients: Clients, *, by: Actor, on: date) -> Clients:
    """Out of the way; no total changes. Those that are archived already stay as they are."""
    if wanted := [client for client in clients if not client.is_archived]:
        _stamp(wanted, facts.ClientArchived, timezone.now(), None, by=by)
    return clients


def delete_clients(clients: Clients, *, by: Actor, on: date) -> Clients:
    """Out of lists and totals, with everything of theirs, until they are restored."""
    if wanted := [client for client in clients if not client.is_deleted]:
        now = timezone.now()
        _stamp(wanted, facts.ClientDeleted, now, now, by=by)
    return clients


def restore_clients(clients: Clients, *, by: Actor, on: date) -> Clients:
    """Bring archived or deleted clients back. Raises WrongState for one that was merged away."""
    if wanted := [client for client in clients if client.is_archived or client.is_deleted]:
        _restore(wanted, by=by)
    return clients


@operation
def _restore(clients: Clients, *, by: Actor) -> None:
    lock(*clients)
    for client in clients:
        if client.merged_into_id:
            rules.refuse_gone(client)
    _stamp(clients, facts.ClientRestored, None, None, by=by)
    _free_claimed_passwords(clients)


def _free_claimed_passwords(clients: Clients) -> None:
    """While they were deleted somebody else may have begun to sign in with their e-mail (C10)."""
    people = Contact.objects.live().filter(client__in=clients).exclude(password="").exclude(email="")
    for _path, _why, contact in passwords.claimed_twice([("", person) for person in people]):
        contact.password = ""
        contact.save(update_fields=["password", "updated_at"])


@operation
def _stamp(
    clients: Clients,
    fact: type[facts.ClientFact],
    archived: datetime | None,
    deleted: datetime | None,
    *,
    by: Actor,
) -> None:
    lock(*clients)
    for client in clients:
        client.deleted_at, client.updated_at = deleted, timezone.now()
        client.archived_at = archived and (client.archived_at or archived)
    Client.objects.bulk_update(clients, ["archived_at", "deleted_at", "updated_at"])
    tell(*(fact(client, actor=by) for client in clients))
