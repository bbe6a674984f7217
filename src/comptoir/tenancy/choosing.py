"""Which rows stand on a page of a list, without reading all the others.

A database that walks along the order of a list until the page is full reads everything when few rows pass
what narrows it; one that finds those that pass and sorts them reads everything when most do. Neither SQLite
nor PostgreSQL knows which it will be. So the rows that pass are looked for first, up to FEW of them, in no
order: if that is all, they are sorted; if there are more, a page is soon full along the order.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

FEW: Final = 1_000
"""Rows that are sorted rather than come upon; sums are made of so many."""
_PARENTS, _WIDER = 200, 4


def some_keys(rows: QuerySet[Any], most: int) -> list[int]:
    """The keys of so many rows, in no order."""
    return list(rows.order_by().values_list("pk", flat=True)[:most])


def keys_of(rows: QuerySet[Any], start: int, stop: int) -> list[int]:
    """The keys of the rows from ``start`` to ``stop``, along their order."""
    if is_walked(rows):
        return _along(rows, str(rows.query.order_by[0]), stop)[start:]
    return list(rows.values_list("pk", flat=True)[start:stop])


def is_walked(rows: QuerySet[Any]) -> bool:
    """Whether the order begins with a column of what every row hangs on (``client__sort_name``).

    Its key stands behind it (``client_id``), which tells two of one name apart.
    """
    name, far, _column = str(rows.query.order_by[0]).lstrip("-").partition("__")
    return bool(far) and not rows.model._meta.get_field(name).null


def _along(rows: QuerySet[Any], first: str, stop: int) -> list[int]:
    """The keys of the first ``stop`` rows in the order of what they hang on.

    Left alone, a database joins all rows with what they hang on and sorts them. Here the parents are walked
    along their own index, ever more of them at a time, and the rows of each lot are looked up.
    """
    back = "-" if first.startswith("-") else ""
    name, _bar, column = first.lstrip("-").partition("__")
    model: Any = rows.model._meta.get_field(name).related_model
    parents = model.objects.order_by(f"{back}{column}", f"{back}pk").values("pk")
    found: list[int] = []
    start, size = 0, max(_PARENTS, stop)
    while len(found) < stop and (not start or parents[start : start + 1]):
        lot = rows.filter(**{f"{name}_id__in": parents[start : start + size]})
        found += lot.values_list("pk", flat=True)[: stop - len(found)]
        start, size = start + size, size * _WIDER
    return found
