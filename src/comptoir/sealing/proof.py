"""Whether the chain holds, and whether every record still says what was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .chaining import link_of
from .content import KINDS, said
from .models import START, Chain, Seal


class Broken(NamedTuple):
    """``what`` of ``record`` is ``stored`` and should be ``right``."""

    record: str
    what: str
    stored: object
    right: object


def broken() -> Iterator[Broken]:
    """Every fault of the company's chain; nothing when it holds."""
    last: dict[tuple[str, int], Seal] = {}
    link, place = START, 0
    for each in Seal.objects.order_by("place").iterator():
        place += 1
        if each.place != place:
            yield Broken(f"seal {each.place}", "place in the chain", each.place, place)
            place = each.place
        right = link_of(link, place, each.kind, each.record_id, each.digest)
        if each.previous != link or each.link != right:
            yield Broken(f"seal {place}", "link", each.link, right)
        link = each.link
        last[each.kind, each.record_id] = each
    end = Chain.objects.first()
    if (end.length, end.link) != (place, link) if end else place:
        yield Broken("chain", "length", place, end.length if end else 0)
    yield from _records(last)


def _records(last: dict[tuple[str, int], Seal]) -> Iterator[Broken]:
    for kind in KINDS:
        for each in said(kind):
            kept = last.pop((kind, each.key), None)
            name = f"{kind} {each.number or each.key}"
            if kept is None:
                yield Broken(name, "seal", "missing", "there")
            elif kept.digest != each.digest:
                yield Broken(name, "content", f"not that of seal {kept.place}", "as it was sealed")
    for (kind, key), kept in last.items():
        if kept.digest:
            yield Broken(f"{kind} {kept.number or key}", "record", "missing", f"as in seal {kept.place}")
