"""What can happen to clients and what is theirs (activity codes: contract rules 17; events: rules 19).

What the wire has no code for, and concerns a client, counts as a change of that client (decision A2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Client, Contact, Group, Location


@dataclass(frozen=True)
class ClientFact(Fact):
    subject: Client


class ClientCreated(ClientFact):
    code, event = 1, 1
    phrase = _("{user} created client {client}")


class ClientUpdated(ClientFact):
    """``changes`` also names people: ``contacts.<key>.<field>``, or ``contacts.<key>`` who came or went."""

    code, event = 61, 10
    phrase = _("{user} updated client {client}")


class ClientArchived(ClientFact):
    code, event = 2, 37
    phrase = _("{user} archived client {client}")


class ClientDeleted(ClientFact):
    code, event = 3, 11
    phrase = _("{user} deleted client {client}")


class ClientRestored(ClientFact):
    code, event = 26, 45
    phrase = _("{user} restored client {client}")


class ClientLogoChanged(ClientFact):
    code, event = 61, 10
    phrase = _("{user} changed the logo of client {client}")


class ClientVatChecked(ClientFact):
    """VIES answered about ``notes``, the number that was asked about."""

    code, event = 61, 10
    phrase = _("{user} checked the VAT number of client {client}")


@dataclass(frozen=True)
class ClientMerged(ClientFact):
    """``subject`` has taken ``absorbed`` in. Whoever keeps rows of a client moves them from one to the other.

    ``contacts`` maps each contact of the absorbed client that did not move, since its e-mail was there
    already, to the contact that stands for it now. Currencies have been compared.
    """

    code, event = 61, 10
    phrase = _("{user} merged client {absorbed} into client {client}")
    absorbed: Client = field(kw_only=True)
    contacts: Mapping[int, Contact] = field(kw_only=True)
    on: date = field(kw_only=True)


class ClientAbsorbed(ClientFact):
    """The other half: this client is no more, ``refs["kept"]`` has what it had."""

    code, event = 3, 11
    phrase = _("{user} merged client {client} into client {kept}")


@dataclass(frozen=True)
class ClientPurged(ClientFact):
    """It is about to be erased. Whoever keeps rows of it erases them now, or refuses (decision C18)."""

    phrase = _("{user} erased client {client} and everything of it")
    on: date = field(kw_only=True)


class ContactKeyRevoked(ClientFact):
    code = 61
    phrase = _("{user} revoked the portal link of {contact}")


class ContactChoseMails(ClientFact):
    code = 61
    phrase = _("{user} chose which e-mails {contact} receives")


@dataclass(frozen=True)
class GroupFact(Fact):
    subject: Group


class GroupCreated(GroupFact):
    phrase = _("{user} created group {group}")


class GroupUpdated(GroupFact):
    phrase = _("{user} updated group {group}")


class GroupArchived(GroupFact):
    phrase = _("{user} archived group {group}")


class GroupDeleted(GroupFact):
    phrase = _("{user} deleted group {group}")


class GroupRestored(GroupFact):
    phrase = _("{user} restored group {group}")


@dataclass(frozen=True)
class LocationFact(Fact):
    subject: Location


class LocationCreated(LocationFact):
    code = 61
    phrase = _("{user} added location {location} to client {client}")


class LocationUpdated(LocationFact):
    code = 61
    phrase = _("{user} updated location {location} of client {client}")


class LocationArchived(LocationFact):
    code = 61
    phrase = _("{user} archived location {location} of client {client}")


class LocationDeleted(LocationFact):
    code = 61
    phrase = _("{user} deleted location {location} of client {client}")


class LocationRestored(LocationFact):
    code = 61
    phrase = _("{user} restored location {location} of client {client}")
