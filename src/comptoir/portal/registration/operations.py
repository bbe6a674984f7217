"""A stranger becomes the first contact of a new client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.activity.outbox import queue
from comptoir.clients.models import Contact
from comptoir.clients.operations import create_client
from comptoir.clients.queries import contacts_with_email
from comptoir.kernel.refused import Refused
from comptoir.portal.facts import ContactRegistered
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company

ANNOUNCE: Final = "portal.announce_registration"


@operation
def register_client(
    company: Company, person: Mapping[str, Any], fields: Mapping[str, Any], *, by: Actor, on: date
) -> Contact:
    """Make the client with this one contact; its people are told by mail (S99).

    Raises Refused at ``email`` when somebody of the company has it already (decision C11), and at the
    fields of either record.
    """
    lock(company)  # two at once with one address: the second sees the first
    if contacts_with_email(str(person.get("email", ""))).exists():
        raise Refused("email", _("This e-mail is already in use here. Sign in, or use a different one."))
    try:
        client = create_client({**fields, "contacts": [person]}, by=by, on=on)
    except Refused as refused:
        raise Refused.many(
            {path.removeprefix("contacts.0."): texts for path, texts in refused.errors.items()}
        ) from refused
    contact: Contact = Contact.objects.live().get(client=client)
    tell(ContactRegistered(client, actor=by, refs={"contact": contact}))
    queue(ANNOUNCE, {"client": client.pk}, key=f"{ANNOUNCE}:{client.pk}")
    return contact
