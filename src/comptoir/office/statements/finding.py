"""The client of a statement, and the addresses around it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.desk import Desk


def find(desk: Desk, key: str, verb: Any = "view") -> Client:
    """The client of an id in the address; a deleted one has no statement."""
    live = Client.objects.select_related("group").filter(deleted_at=None)
    client = desk.find(live, key, "client", verb)
    client.company = desk.company
    return client


def address(client: Client, what: str = "statement", *more: str) -> str:
    """Of a client's statement: its page, or "statement-pdf", "statement-picture", "statement-mail"."""
    return reverse(f"office:{what}-client", args=[ids.encode(client.pk), *more])
