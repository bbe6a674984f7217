"""The portal as a contact of a client sees it, opened by staff without leaving a trace (S23, S28)."""

from __future__ import annotations

from comptoir.clients.models import Client, Contact
from comptoir.office.clients.finding import people_of
from comptoir.office.desk import Desk


def portal_url(client: Client) -> str:
    """As the first contact; "" for a client without one."""
    people = people_of(client)
    return contact_url(people[0], client) if people else ""


def portal_link(desk: Desk, client: Client) -> str:
    """The link to hand to the first contact; "" for a client without one."""
    people = people_of(client)
    return desk.absolute(contact_link(people[0])) if people else ""


def contact_url(contact: Contact, client: Client) -> str:
    """As this contact; ``silent`` so that nothing is marked as seen and nobody is told."""
    return f"/client/key_login/{contact.contact_key}?silent=true&client_hash={client.client_hash}"


def contact_link(contact: Contact) -> str:
    """The link to hand to the contact themselves."""
    return f"/client/key_login/{contact.contact_key}"
