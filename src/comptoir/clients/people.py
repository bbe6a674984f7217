"""What a contact changes by itself in the portal, and a link taken away from one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.refused import Refused
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.locking import lock

from . import facts
from .models import Contact
from .operations import update_client

OWN_FIELDS: Final = ("first_name", "last_name", "email", "phone", "language_id", "password")
"""What contacts may change about themselves; nothing of the client, nothing of others (S97, S98)."""


@operation
def update_contact(contact: Contact, fields: Mapping[str, Any], *, by: Actor, on: date) -> Contact:
    """Change one contact and leave all others of the client as they are. Raises Refused at the field."""
    client = contact.client
    lock(client)
    people = list(client.contacts.live().values_list("pk", flat=True))
    place = people.index(contact.pk)
    own = {name: value for name, value in fields.items() if name in OWN_FIELDS}
    entries = [{"id": pk, **(own if pk == contact.pk else {})} for pk in people]
    try:
        update_client(client, {"contacts": entries}, by=by, on=on)
    except Refused as refusal:
        prefix = f"contacts.{place}."
        refusal.errors = {path.removeprefix(prefix): texts for path, texts in refusal.errors.items()}
        raise
    contact.refresh_from_db()
    return contact


@operation
def revoke_contact_key(contact: Contact, *, by: Actor, on: date) -> Contact:
    """Close the portal link that opens as this contact; a new one takes its place at once."""
    lock(contact)
    vars(contact).update(fresh("contact"))
    contact.save(update_fields=["key_seed", "key_digest", "updated_at"])
    tell(facts.ContactKeyRevoked(contact.client, actor=by, refs={"contact": contact}, notes=str(contact)))
    return contact
