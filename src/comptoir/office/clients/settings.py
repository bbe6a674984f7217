"""Where the settings of one client are changed (S24)."""

from __future__ import annotations

from urllib.parse import urlencode

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.links import page_url


def settings_url(client: Client) -> str:
    """The settings area, scoped to this client."""
    return page_url("settings") + "?" + urlencode({"level": "client", "id": ids.encode(client.pk)})
