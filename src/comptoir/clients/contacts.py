"""The contacts of a client, brought in line with a list (contract rules 15, decisions C7 to C12).

The list is the order, and one flagged as primary comes first in it. Whoever is not in it is removed;
whoever has no id, or one that is not of this client, is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.tenancy.inserting import insert
from comptoir.tenancy.keyed import fresh

from . import passwords
from .columns import Fault, too_long, written
from .models import CUSTOM, Client, Contact

EDITABLE: Final = frozenset(
    {
        "first_name",
        "last_name",
        "email",
        "phone",
        "send_email",
        "cc_only",
        "can_sign",
        "is_locked",
        "language_id",
        *CUSTOM,
    }
)
_KEPT: Final = (*sorted(EDITABLE), "is_primary", "password", "position")

State = dict[str, Any]


@dataclass(slots=True)
class Arrangement:
    """What a list makes of the contacts; nothing is saved yet.

    ``contacts`` are in their new order, ``places`` says where each stood in the list as sent.
    """

    contacts: list[Contact] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    removed: list[Contact] = field(default_factory=list)
    before: dict[int, State] = field(default_factory=dict)
    new_passwords: dict[int, str] = field(default_factory=dict)  # by position
    faults: list[Fault] = field(default_factory=list)

    @property
    def claims(self) -> list[tuple[str, Contact]]:
        """Who would sign in with an e-mail that was not theirs to sign in with before."""
        return [
            (f"contacts.{place}.{'password' if contact.position in self.new_passwords else 'email'}", contact)
            for place, contact in zip(self.places, self.contacts, strict=True)
            if contact.email and self._claims(contact)
        ]

    def _claims(self, contact: Contact) -> bool:
        had = self.before.get(contact.pk, {}).get("email", "")
        moved = bool(contact.password) and had.lower() != contact.email.lower()
        return moved or contact.position in self.new_passwords

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        """``contacts.<key>.<field>``: (old, new); a person who came or went has no field."""
        found: dict[str, tuple[Any, Any]] = {f"contacts.{one.pk}": (str(one), None) for one in self.removed}
        for contact in self.contacts:
            old = self.before.get(contact.pk)
            if old is None:
                found[f"contacts.{contact.pk}"] = (None, str(contact))
                continue
            new = _state(contact)
            different = [name for name in _KEPT if old[name] != new[name] and name != "position"]
            for name in different:
                pair = (old[name], new[name]) if name != "password" else (bool(old[name]), True)
                found[f"contacts.{contact.pk}.{name}"] = pair
        return found


def arrange(client: Client, present: Sequence[Contact], given: Sequence[Mapping[str, Any]]) -> Arrangement:
    """Place everybody in ``given``. With nobody in it, the client has one blank contact."""
    known = {contact.pk: contact for contact in present}
    made = Arrangement(before=states(present))
    primary_first = sorted(enumerate(given or [{}]), key=lambda one: not one[1].get("is_primary"))
    for position, (place, entry) in enumerate(primary_first):
        contact = known.pop(entry.get("id") or 0, None) or Contact(
            company_id=client.company_id, client=client
        )
        made.contacts.append(contact)
        made.places.append(place)
        contact.position, contact.is_primary = position, position == 0
        made.faults += [(f"contacts.{place}.{name}", why) for name, why in _put(contact, entry, made)]
    if not any(contact.send_email for contact in made.contacts):
        made.contacts[0].send_email = True  # somebody receives the documents (C8)
    for contact in known.values():
        contact.deleted_at = contact.archived_at = timezone.now()
        contact.is_primary = False
        made.removed.append(contact)
    made.faults += _twice(made)
    return made


def _put(contact: Contact, entry: Mapping[str, Any], made: Arrangement) -> Iterator[Fault]:
    """Set what was sent; say what is wrong with it."""
    values = written(Contact, entry, EDITABLE)
    for name, value in values.items():
        setattr(contact, name, value)
    yield from too_long(Contact, values)
    if values.get("email"):
        try:
            validate_email(values["email"])
        except ValidationError:
            yield "email", _("This is not an e-mail address.")
    if password := passwords.sent(entry.get("password")):
        made.new_passwords[contact.position] = password
        yield from (("password", sentence) for sentence in passwords.weak(password))


def _twice(made: Arrangement) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, contact in sorted(zip(made.places, made.contacts, strict=True), key=lambda one: one[0]):
        email = contact.email.lower()
        if email and email in seen:
            yield f"contacts.{place}.email", _("Another contact of this client has this e-mail already.")
        seen.add(email)


def save(*arrangements: Arrangement) -> None:
    """Write them: all new people at once, of those known only who changed.

    The old primary steps down first: the database allows only one at any moment.
    """
    added = []
    for made in arrangements:
        _hash_passwords(made)
        changed = [one for one in made.contacts if one.pk and made.before[one.pk] != _state(one)]
        primary = [pk for pk, state in made.before.items() if state["is_primary"]]
        if primary and primary != [made.contacts[0].pk]:
            Contact.objects.filter(pk__in=primary).update(is_primary=False)
        for contact in (*made.removed, *changed):
            contact.save()
        added += [contact for contact in made.contacts if contact.pk is None]
    for contact in added:
        contact.client_id = contact.client.pk
        vars(contact).update(fresh("contact"))
    insert(added)


def _hash_passwords(made: Arrangement) -> None:
    """Slow on purpose, so it comes once everything else is right."""
    for position, password in made.new_passwords.items():
        made.contacts[position].password = make_password(password)


def states(people: Sequence[Contact]) -> dict[int, State]:
    """What people are like before a change, by key."""
    return {contact.pk: _state(contact) for contact in people}


def _state(contact: Contact) -> State:
    return {name: getattr(contact, name) for name in _KEPT}
