"""Adds links, one after the other: the end of the chain is locked meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from .content import Said
from .models import Chain, Seal


def link_of(previous: str, place: int, kind: str, record_id: int, digest: str) -> str:
    """The hash that closes a link; anybody can compute it again."""
    return hashlib.sha256(f"{previous}|{place}|{kind}|{record_id}|{digest}".encode()).hexdigest()


def seal(kind: str, records: Iterable[Said]) -> None:
    """Add a link for each record that says something new. Inside the transaction of the change."""
    fresh = [each for each in records if last_digest(kind, each.key) != each.digest]
    if not fresh:
        return
    Chain.objects.get_or_create()
    end = Chain.objects.select_for_update().get()
    for each in fresh:
        end.length += 1
        link = link_of(end.link, end.length, kind, each.key, each.digest)
        Seal.objects.create(
            place=end.length,
            kind=kind,
            record_id=each.key,
            number=each.number,
            amount=each.amount,
            digest=each.digest,
            previous=end.link,
            link=link,
        )
        end.link = link
    end.save(update_fields=["length", "link"])


def last_digest(kind: str, key: int) -> str | None:
    """What the last link of a record holds; None when it has none."""
    found = Seal.objects.filter(kind=kind, record_id=key).order_by("-place").values_list("digest", flat=True)
    return found.first()
