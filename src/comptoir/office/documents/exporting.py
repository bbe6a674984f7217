"""Export documents of a kind, or their lines."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.listing import list_page
from comptoir.office.exports import asking


def export(desk: Desk, kind: Kind) -> HttpResponseBase:
    """The dialog and its file. Documents of deleted clients are left out (decision C17)."""
    rows = desk.seen(kind.model.objects.filter(client__deleted_at=None), kind.entity)
    source = asking.Source(kind.model.kind.plural, list_page(kind, desk), rows, f"{kind.entity}_items")
    return asking.export(desk, source)
