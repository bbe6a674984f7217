"""The portal as a contact of a client sees it, opened by staff without leaving a trace (S23, S28)."""

from __future__ import annotations

from comptoir.clients.models import Client, Contact
from comptoir.office.clients.finding import people_of
from comptoir.office.desk import Desk


def may_enter(desk: Desk, client: Client) -> bool:
    """In the portal a contact signs, pays and approves: a member who may only look has no way in."""
    return not client.is_deleted and desk.may("edit", "client", client)


def portal_url(desk: Desk, client: Client) -> str:
    """As the first contact; "" for a client without one, and for who may not enter."""
    people = people_of(client) if may_enter(desk, client) else []
    return contact_url(people[0], client) if people else ""


def portal_link(desk: Desk, client: Client) -> str:
    """The link to hand to the first contact; "" like ``portal_url``."""
    people = people_of(client) if may_enter(desk, client) else []
    return desk.absolute(contact_link(people[0])) if people else ""


def contact_url(contact: Contact, client: Client) -> str:
    """As this contact; ``silent`` so that nothing is marked as seen and nobody is told."""
    return f"/client/key_login/{contact.contact_key}?silent=true&client_hash={client.client_hash}"


def contact_link(contact: Contact) -> str:
    """The link to hand to the contact themselves."""
    return f"/client/key_login/{contact.contact_key}"
