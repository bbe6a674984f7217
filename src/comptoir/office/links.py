"""Addresses of records by kind and key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.urls import NoReverseMatch, reverse

from comptoir.activity import kinds
from comptoir.kernel import ids

_PAGES: Final = {
    "absorbed": "show-client",
    "charged": "show-invoice",
    "kept": "show-client",
    "product": "edit-product",
    "group": "show-group",
}
"""Where what is no kind, or has no page to show it, is to be seen."""


def address(name: str, pk: int, *more: str) -> str:
    """The address of a view of one record: ``address("show-client", 12)``. Raises NoReverseMatch."""
    return _pattern(name, more).replace("ID", ids.encode(pk))


@lru_cache(maxsize=256)
def page_url(name: str) -> str:
    """The address of a page without a record: ``page_url("clients")``. Raises NoReverseMatch."""
    return reverse(f"office:{name}")


def record_url(kind: str, pk: int) -> str:
    """Where a record of a kind, or of a word of activities, is shown; "" for one without a page."""
    try:
        return address(_PAGES.get(kind) or f"show-{kinds.named(kind).entity}", pk)
    except (KeyError, NoReverseMatch):
        return ""


def numbers_of(refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The numbers that records have now, by kind and key, of kinds that have numbers: one question a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for word, pk in refs:
        kind = kinds.find(word)
        if kind and hasattr(kind.model, "number"):
            wanted[word].add(pk)
    return {
        (word, pk): number
        for word, keys in wanted.items()
        for pk, number in kinds.named(word).model.objects.filter(pk__in=keys).values_list("pk", "number")
    }


@lru_cache(maxsize=512)
def _pattern(name: str, more: tuple[str, ...]) -> str:
    """Asked for once: a page has a hundred addresses. No address of ours has capitals of its own."""
    return reverse(f"office:{name}", args=["ID", *more])
