"""Addresses of records by kind and key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.apps import apps
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


def numbers_of(refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The numbers that records of ``MODELS`` have now, by kind and key: one question a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in refs:
        wanted[kind].add(pk)
    return {
        (kind, pk): number
        for kind, keys in wanted.items()
        for pk, number in apps.get_model(MODELS[kind])
        ._default_manager.filter(pk__in=keys)
        .values_list("pk", "number")
    }


@lru_cache(maxsize=512)
def _pattern(name: str, more: tuple[str, ...]) -> str:
    """Asked for once: a page has a hundred addresses. No address of ours has capitals of its own."""
    return reverse(f"office:{name}", args=["ID", *more])
