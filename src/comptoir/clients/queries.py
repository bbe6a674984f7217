"""Whose e-mail is this, whose key, which names are taken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Lower

from comptoir.tenancy import keys
from comptoir.tenancy.statements import run

from .models import Client, Contact, ContactRows

_PEOPLE: Final = """
SELECT id, send_email FROM clients_contact
WHERE company_id = %s AND client_id = %s AND deleted_at IS NULL ORDER BY is_primary DESC, position, id
"""


def contacts_with_email(*emails: str) -> ContactRows:
    """People of the company who could be reached or sign in with these e-mails, in any case (S102).

    Removed contacts, and those of deleted clients, leave theirs free.
    """
    wanted = {email.strip().lower() for email in emails if email.strip()}
    people = Contact.objects.live().filter(client__deleted_at=None).select_related("client")
    return people.annotate(lowered=Lower("email")).filter(lowered__in=wanted)


def of_live_clients(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows whose client is not deleted.

    The deleted ones are few and have an index: a join would look at a client for each row that is counted.
    """
    return rows.exclude(client__in=Client.everywhere.deleted().values("pk"))


def people_of(client: Client) -> dict[int, bool]:
    """The keys of a client's people in their order, and who of them receives documents.

    Written out: every new document asks it.
    """
    return {key: bool(receives) for key, receives in run(_PEOPLE, (client.company_id, client.pk))}


def shared_emails(client: Client) -> ContactRows:
    """People of other clients with an e-mail of this one: the office warns about them (C10)."""
    own = client.contacts.live().values_list("email", flat=True)
    return contacts_with_email(*own).exclude(client=client)


def contact_by_key(key: str) -> Contact | None:
    """The person that a portal link opens as, whatever the company; None for an unknown or revoked key."""
    people = Contact.everywhere.select_related("client", "company")
    return people.filter(key_digest=keys.digest(key), deleted_at=None, client__deleted_at=None).first()


def names_taken(names: Collection[str]) -> set[str]:
    """Which of these names live clients have already, in any case: an import refuses them (S4, C19)."""
    wanted = {name.strip().lower() for name in names}
    lowered = Client.objects.live().annotate(lowered=Lower("name")).filter(lowered__in=wanted)
    return set(lowered.values_list("lowered", flat=True))
