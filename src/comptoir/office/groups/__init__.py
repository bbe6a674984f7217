"""Groups of clients that share settings (S104 to S109): their list, the page of one, its settings."""

from __future__ import annotations

from comptoir.clients.models import Group
from comptoir.kernel import ids
from comptoir.office.links import page_url


def clients_url(group: Group) -> str:
    """The clients of a group."""
    return page_url("clients") + f"?group={ids.encode(group.pk)}"


def settings_url(group: Group) -> str:
    """The settings area, scoped to the group."""
    return page_url("settings") + f"?level=group&id={ids.encode(group.pk)}"
