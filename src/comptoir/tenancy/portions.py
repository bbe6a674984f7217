"""Going through very many rows while few of them are in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

AT_ONCE: Final = 200
"""Rows in memory at a time: a document with its lines, its client and its company takes some 15 kB."""


def in_portions(rows: QuerySet[Any]) -> Iterator[Any]:
    """Every row, in the order of the query: all keys are read at first, the rows portion by portion.

    For whoever writes meanwhile: no cursor stays open, no row comes twice, and one that the query does not
    find any more when its portion comes is left out.
    """
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        found = {row.pk: row for row in rows.filter(pk__in=some).order_by()}
        yield from (found.pop(key) for key in some if key in found)
