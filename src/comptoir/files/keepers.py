"""Tables of other rooms that point at bytes in the storage, so that the nightly sweep leaves them alone."""

from __future__ import annotations

from django.db import models

_columns: list[tuple[type[models.Model], str]] = []


def keeps(table: type[models.Model], column: str = "path") -> None:
    """Say that a column of a table names bytes that are still wanted."""
    if (table, column) not in _columns:
        _columns.append((table, column))


def kept(paths: list[str]) -> set[str]:
    """Those of ``paths`` that some table still points at, in any company."""
    found: set[str] = set()
    for table, column in _columns:
        rows = table._base_manager.filter(**{f"{column}__in": paths})
        found.update(rows.values_list(column, flat=True))
    return found


def paths(using: str) -> list[str]:
    """Everything that these tables point at, in every company: what a backup takes along."""
    found: list[str] = []
    for table, column in _columns:
        rows = table._base_manager.using(using).exclude(**{column: ""}).order_by("pk")
        found.extend(rows.values_list(column, flat=True))
    return found
