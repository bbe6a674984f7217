"""Addresses of records by kind and key."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.urls import NoReverseMatch, reverse

from comptoir.kernel import ids

MODELS: Final = {
    "client": "clients.Client",
    "invoice": "invoices.Invoice",
    "quote": "quotes.Quote",
    "credit": "credits.Credit",
    "payment": "payments.Payment",
    "recurringinvoice": "recurring.RecurringInvoice",
}
"""Kinds of records with a page of their own, and their tables."""

_PAGES: Final = {kind: f"show-{kind}" for kind in MODELS} | {
    "absorbed": "show-client",
    "charged": "show-invoice",
    "kept": "show-client",
    "product": "edit-product",
    "recurringinvoice": "show-recurring_invoice",
    "group": "show-group",
}


def address(name: str, pk: int, *more: str) -> str:
    """The address of a view of one record: ``address("show-client", 12)``. Raises NoReverseMatch."""
    return _pattern(name, more).replace("ID", ids.encode(pk))


@lru_cache(maxsize=256)
def page_url(name: str) -> str:
    """The address of a page without a record: ``page_url("clients")``. Raises NoReverseMatch."""
    return reverse(f"office:{name}")


def record_url(kind: str, pk: int) -> str:
    """Where a record of a kind (the word of activities) is shown; "" for one without a page."""
    name = _PAGES.get(kind)
    try:
        return address(name, pk) if name else ""
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=512)
def _pattern(name: str, more: tuple[str, ...]) -> str:
    """Asked for once: a page has a hundred addresses. No address of ours has capitals of its own."""
    return reverse(f"office:{name}", args=["ID", *more])
