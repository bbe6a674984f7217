"""Export clients with their contacts (S4)."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from comptoir.clients.models import Client
from comptoir.office.clients.listing import list_page
from comptoir.office.desk import Desk
from comptoir.office.exports import asking


def export(desk: Desk) -> HttpResponseBase:
    """The dialog and its file; never more than the member may see."""
    rows = desk.seen(Client.objects.all(), "client")
    return asking.export(desk, asking.Source("clients", list_page(desk), rows))
