"""The client of an address."""

from __future__ import annotations

from typing import Any

from comptoir.clients.models import Client, Contact
from comptoir.office.desk import Desk


def find(desk: Desk, key: str, verb: Any = "view") -> Client:
    """404 for an unknown id or another company's, 403 without the right."""
    client = desk.find(Client.objects.select_related("group"), key, "client", verb)
    client.company = desk.company
    return client


def people_of(client: Client) -> list[Contact]:
    """The client's contacts in their order; read once for the whole page."""
    known = vars(client).get("_people")
    if known is None:
        known = vars(client)["_people"] = list(client.contacts.live())
    return known
