"""Adds links, one after the other: the end of the chain is locked meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from comptoir.tenancy.inserting import insert
from comptoir.tenancy.saving import save
from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import run

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
    end, links = _end(), []
    for each in fresh:
        end.length += 1
        link = link_of(end.link, end.length, kind, each.key, each.digest)
        links.append(
            Seal(
                place=end.length,
                kind=kind,
                record_id=each.key,
                number=each.number,
                amount=each.amount,
                digest=each.digest,
                previous=end.link,
                link=link,
            )
        )
        end.link = link
    insert(links)
    save(end, "length", "link")


def _end() -> Chain:
    """Where the chain ends, locked until the transaction does."""
    found = Chain.objects.select_for_update().first()
    if found is not None:
        return found
    Chain.objects.get_or_create()
    return Chain.objects.select_for_update().get()


def last_digest(kind: str, key: int) -> str | None:
    """What the last link of a record holds; None when it has none."""
    found = run(_last(), (current_company_id(), kind, key))
    return str(found[0][0]) if found else None


@cache
def _last() -> str:
    return (
        f"SELECT digest FROM {Seal._meta.db_table} "  # noqa: S608 - a name of ours
        "WHERE company_id = %s AND kind = %s AND record_id = %s ORDER BY place DESC LIMIT 1"
    )
