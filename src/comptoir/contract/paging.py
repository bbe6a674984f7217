"""Pages of a list and the figures beside them (contract rules 2, decisions T11)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db.models import Max, QuerySet

from comptoir.contract.queries import Query

USUAL, MOST, ODD = 20, 5000, 15
"""Rows a page: when nothing is asked, at most, and for 0 or what is no number."""

COUNTED: Final = 10_000
"""Filtered lists are counted exactly up to here; beyond, the total grows with the page."""

_FARTHEST: Final = 10**9
_REMEMBERED: Final = 2_000
_SECONDS: Final = 30.0
_counts: dict[tuple[str, int], tuple[float, int, int]] = {}


@dataclass(frozen=True)
class Page:
    """Which part of a list: the page's number from 1, and its size."""

    number: int = 1
    size: int = USUAL

    @classmethod
    def asked(cls, query: Query) -> Self:
        size = query.get("per_page") or str(USUAL)
        rows = int(size) if size.isascii() and size.isdigit() and len(size) < 10 else 0
        number = query.get("page", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
        return cls(max(page, 1), min(rows, MOST) or ODD)

    @property
    def start(self) -> int:
        return min((self.number - 1) * self.size, _FARTHEST * 10)

    @property
    def stop(self) -> int:
        return self.start + self.size

    def figures(self, query: Query, path: str, count: int, total: int) -> dict[str, Any]:
        """The ``pagination`` object; links keep the rest of the question."""
        pages = max(-(-total // self.size), 1)
        links = {}
        if self.number > 1:
            links["previous"] = f"{path}?{query.with_page(self.number - 1)}"
        if self.number < pages:
            links["next"] = f"{path}?{query.with_page(self.number + 1)}"
        return {
            "total": total,
            "count": count,
            "per_page": self.size,
            "current_page": self.number,
            "total_pages": pages,
            "links": links,
        }


def total_of(rows: QuerySet[Any], start: int, size: int, found: int, company: int | None) -> int:
    """How many rows there are, ``found`` of them from ``start`` (one more than ``size``, if any).

    ``company`` is given when nothing narrows the list; such a total is exact. A narrowed one is
    exact up to COUNTED and then never less than what has been seen, so that paging goes on.
    """
    if found <= size and (found or start == 0):
        return start + found
    if company is not None:
        return _exact(rows, company)
    return max(rows.order_by()[:COUNTED].count(), start + found if found else 0)


def _exact(rows: QuerySet[Any], company: int) -> int:
    """All rows of a company: counted twice a minute at most, and by the newer ones in between."""
    place = (rows.model._meta.db_table, company)
    at, known, last = _counts.get(place, (0.0, 0, 0))
    rows = rows.order_by()
    if known and time.monotonic() - at < _SECONDS:
        return known + rows.filter(pk__gt=last).count()
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    total = rows.filter(pk__lte=last).count()
    if total > _REMEMBERED:
        _counts[place] = (time.monotonic(), total, last)
    return total
