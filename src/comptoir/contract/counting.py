"""How many rows a list has, without reading them all (architecture: exact, or exact up to 10,000)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.db import models
from django.db.models import QuerySet

from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import run

COUNTED: Final = 10_000
"""A narrowed list is counted exactly up to here; beyond, its total grows with the page."""

_REMEMBERED: Final = 2_000
_SECONDS: Final = 30.0
_known: dict[tuple[str, int], tuple[float, int, int]] = {}


def total_of(start: int, size: int, found: int, count: Callable[[], int]) -> int:
    """How many rows there are, ``found`` of them from ``start`` (one more than ``size``, if any).

    Counts only when the page does not say it, and is never less than what has been seen, so that
    paging by ``total_pages`` goes on to the end.
    """
    if found <= size and (found or start == 0):
        return start + found
    return max(count(), start + found if found else 0)


def capped(rows: QuerySet[Any]) -> int:
    """The rows of a query, up to COUNTED."""
    return rows.order_by()[:COUNTED].count()


def capped_text(text: str) -> int:
    """The rows of a prepared query of the company in scope, up to COUNTED."""
    counted = f"SELECT count(*) FROM ({text} LIMIT {COUNTED}) c"  # noqa: S608 - compiled by the ORM
    return int(run(counted, (current_company_id(),))[0][0])


def whole(model: type[models.Model]) -> int:
    """All rows of the company in scope, exactly.

    A large table is counted twice a minute at most and by its newer rows in between; what another
    process erases for good in that half minute still counts.
    """
    company = current_company_id()
    place = (model._meta.db_table, company)
    at, total, last = _known.get(place, (0.0, 0, 0))
    table = f'FROM "{place[0]}" WHERE "company_id" = %s AND "id" > %s'
    if total and 0 <= time.time() - at < _SECONDS:
        return total + int(run(f"SELECT count(*) {table}", (company, last))[0][0])
    total, last = map(int, run(f'SELECT count(*), coalesce(max("id"), 0) {table}', (company, 0))[0])
    if total > _REMEMBERED:
        _known[place] = (time.time(), total, last)
    return total
