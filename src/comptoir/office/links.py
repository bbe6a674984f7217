"""Addresses of records by kind and key, for activity and ledger."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from comptoir.kernel import ids

_NAMES = {
    "client": "office:show-client",
    "invoice": "office:show-invoice",
    "quote": "office:show-quote",
    "credit": "office:show-credit",
    "payment": "office:show-payment",
}


def record_url(kind: str, pk: int) -> str:
    """Where a record is shown; "" for a kind without a page."""
    name = _NAMES.get(kind)
    if not name:
        return ""
    try:
        return reverse(name, args=[ids.encode(pk)])
    except NoReverseMatch:
        return ""
