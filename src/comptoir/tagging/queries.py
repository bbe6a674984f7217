"""Which tags are on which records, and which records bear a tag: one question for a page of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import QuerySet

from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import KEYS, run

from .colours import nearest
from .models import Tag, TagLink

Rows = TypeVar("Rows", bound=QuerySet[Any])


class Worn(NamedTuple):
    """A tag as it stands on a record."""

    id: int
    name: str
    color: str

    @property
    def css(self) -> str:
        """The class of its colour."""
        return nearest(self.color).css


def tags_on(kind: str, keys: Collection[int]) -> dict[int, list[Worn]]:
    """The tags of each of these records that bears any, by name; deleted tags are on none."""
    if not keys:
        return {}
    given: Any = list(keys)
    if connection.vendor == "sqlite":
        given = f"[{','.join(map(str, given))}]"
    found: dict[int, list[Worn]] = defaultdict(list)
    for record, *tag in run(_text(connection.vendor), (current_company_id(), kind, given)):
        found[record].append(Worn(*tag))
    return found


@lru_cache(maxsize=2)
def _text(vendor: str) -> str:
    links, tags = TagLink._meta.db_table, Tag._meta.db_table
    return (
        f"SELECT l.record_id, t.id, t.name, t.color FROM {links} l JOIN {tags} t ON t.id = l.tag_id "  # noqa: S608
        f"WHERE l.company_id = %s AND l.kind = %s AND l.record_id {KEYS[vendor]} AND t.deleted_at IS NULL "
        "ORDER BY t.folded, t.id"
    )


def with_any(rows: Rows, kind: str, tag_ids: Iterable[int]) -> Rows:
    """The records of a kind that bear one of these tags of the company.

    Whose a link is follows from its tag; saying so again would lead away from the index of a tag's records.
    """
    live = Tag.objects.live().filter(kind=kind, pk__in=list(tag_ids))
    links = TagLink.everywhere.filter(tag_id__in=live.values("pk"))
    return rows.filter(pk__in=links.values("record_id"))


def offered(kind: str) -> QuerySet[Tag]:
    """The tags that records of a kind may be given, by name."""
    return Tag.objects.active().filter(kind=kind).order_by("folded", "pk")


def known(kind: str) -> list[Tag]:
    """Every tag that may be on records of a kind, archived ones too, by name."""
    return list(Tag.objects.live().filter(kind=kind).order_by("folded", "pk"))
