"""The client, on screens: list, page with its tabs, form, and the small answers that other forms ask for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.office.links import address
from comptoir.tenancy.keys import digest


def client_url(client: Client, name: str = "show", *more: str) -> str:
    """An address of a client: its page unless ``name`` says otherwise."""
    return address(f"{name}-client", client.pk, *more)


def named(client: Client) -> str:
    """What a client is called: a client without any name is an empty contact (S8, decision C2)."""
    return client.display_name or _("Empty contact")


def logo_url(client: Client) -> str:
    """Where its logo is shown, another address with each picture; "" without one."""
    return f"{client_url(client, 'logo')}?{digest(client.logo_path)[:8]}" if client.logo_path else ""
