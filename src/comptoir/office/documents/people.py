"""Whom a document is for, and whether they have looked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comptoir.clients.models import Client, Contact
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind


def called(contact: Contact) -> str:
    """What a contact is called."""
    return contact.full_name or contact.email or _("Empty contact")


def people(desk: Desk, kind: Kind, document: Any) -> list[dict[str, Any]]:
    """The invited contacts, with what became of their mail and the address of their own page."""
    at = f"/client/{kind.path}/"
    opens = not document.is_deleted and desk.may("edit", kind.entity, document)
    invitations = document.invitations.live().select_related("contact").order_by("pk")
    return [
        {
            "name": called(each.contact),
            "email": each.contact.email,
            "sent": each.sent_at,
            "viewed": each.viewed_at,
            "failed": each.email_status == "bounced",
            "error": each.email_error,
            "portal_url": f"{at}{each.key}?silent=true&client_hash={document.client.client_hash}"
            if opens
            else "",
            "portal_link": desk.absolute(at + each.key),
        }
        for each in invitations
    ]


def to_tick(client: Client | None, document: Any) -> list[dict[str, Any]]:
    """The client's people, ticked where they get the document."""
    if client is None or client.pk is None:
        return []
    invited = None
    if document is not None and document.pk:
        invited = set(document.invitations.live().values_list("contact_id", flat=True))
    return [
        {
            "id": ids.encode(each.pk),
            "name": called(each),
            "email": each.email,
            "ticked": each.send_email if invited is None else each.pk in invited,
        }
        for each in client.contacts.live()
    ]
