"""The client, on screens: list, page with its tabs, form, and the small answers that other forms ask for."""

from __future__ import annotations

from django.urls import reverse

from comptoir.clients.models import Client
from comptoir.kernel import ids


def client_url(client: Client, name: str = "show", *more: str) -> str:
    """An address of a client: its page unless ``name`` says otherwise."""
    return reverse(f"office:{name}-client", args=[ids.encode(client.pk), *more])
