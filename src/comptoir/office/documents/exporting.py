"""Export documents of a kind, or their lines."""

from __future__ import annotations

from typing import Final

from django.http.response import HttpResponseBase

from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.listing import list_page
from comptoir.office.exports import asking

_SHEETS: Final = {
    "invoice": ("invoices", "invoice_items"),
    "quote": ("quotes", "quote_items"),
    "credit": ("credits", "credit_items"),
    "recurring_invoice": ("recurring_invoices", "recurring_invoice_items"),
}
"""The tables of documents and of lines."""


def export(desk: Desk, kind: Kind) -> HttpResponseBase:
    """The dialog and its file. Documents of deleted clients are left out (decision C17)."""
    rows = desk.seen(kind.model.objects.filter(client__deleted_at=None), kind.entity)
    sheet, lines = _SHEETS[kind.entity]
    return asking.export(desk, asking.Source(sheet, list_page(kind, desk), rows, lines))
