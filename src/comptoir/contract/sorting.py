"""The order of a list: ``sort=column|asc``, unknown columns ignored (contract rules 7, T10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from comptoir.contract.resources import Resource


def sorts_of(resource: type[Resource]) -> dict[str, str | tuple[str, ...]]:
    """ORM paths by wire name: every key that is a column, then the declared ones.

    Several paths are those of an index, whose later columns break ties.
    """
    columns: dict[str, str | tuple[str, ...]]
    columns = {name: field.column.name for name, field in resource.fields.items() if field.column is not None}
    return {**columns, **resource.sorts}


def ordered(rows: QuerySet[Any], resource: type[Resource], sort: str) -> QuerySet[Any]:
    """The rows in the asked order, ties by id, so that pages never overlap."""
    name, _, direction = sort.replace("%7C", "|").partition("|")
    path = resource.all_sorts.get(name.strip())
    back = "-" if direction.strip().lower() == "desc" else ""
    if path in (None, "id", "pk"):
        return rows.order_by(f"{back}pk" if path else resource.default_sort)
    paths = path if isinstance(path, tuple) else (path,)
    return rows.order_by(*(f"{back}{one}" for one in (*paths, "pk")))
