"""The filters that every list understands (contract rules 7), as far as its model has the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from comptoir.contract import filters
from comptoir.contract.fields.base import Field
from comptoir.contract.fields.flags import Flag
from comptoir.contract.fields.keys import Key
from comptoir.contract.fields.numbers import Amount
from comptoir.contract.filters import Filter, Rows
from comptoir.contract.queries import Query
from comptoir.contract.requesters import Requester

if TYPE_CHECKING:
    from comptoir.contract.resources import Resource

# Deleted rows are archived too; saying so lets an index of the archived ones serve both.
_DELETED = Q(archived_at__isnull=False, deleted_at__isnull=False)
_STATUS = filters.words(
    {
        "active": Q(archived_at=None, deleted_at=None),
        "archived": Q(archived_at__isnull=False, deleted_at=None),
        "deleted": _DELETED,
    }
)


def narrow(rows: Rows, query: Query, known: Mapping[str, Filter], who: Requester) -> Rows:
    """The rows that pass every filter of the query; a value nobody can read narrows nothing."""
    for name, value in query.items():
        if value and (rule := known.get(name)):
            try:
                rows = rule(rows, value, who)
            except (ValueError, TypeError, OverflowError, ValidationError):
                continue
    return rows


def filters_of(resource: type[Resource]) -> dict[str, Filter]:
    """Every filter of a resource: the common ones, its search, and those it declares."""
    columns = {field.name for field in resource.model._meta.get_fields()}
    rules = dict(_common(resource, columns))
    if resource.search:
        rules["filter"] = _search(resource.search)
    declared = resource.filters
    if not isinstance(declared, Mapping):
        declared = {name: by_form(resource.fields[name]) for name in declared}
    return {**rules, **declared}


def _common(resource: type[Resource], columns: set[str]) -> Iterable[tuple[str, Filter]]:
    if {"archived_at", "deleted_at"} <= columns:
        yield "status", _STATUS
    if "deleted_at" in columns:
        yield "is_deleted", _is_deleted
        yield (
            "with_trashed",
            lambda rows, value, _: rows.filter(deleted_at=None) if value == "false" else rows,
        )
    for stamp in {"created_at", "updated_at"} & columns:
        yield stamp, filters.since(stamp)
    if "created_at" in columns:
        yield "created_between", filters.span("created_at")
    for parent in {"client", "vendor"} & columns:
        live = filters.when(partial(_without_deleted, resource.model, parent))
        yield f"{parent}_id", filters.key(f"{parent}_id")
        yield f"without_deleted_{parent}s", live
        yield f"filter_deleted_{parent}s", live
    if resource.date_column or resource.date_columns:
        yield "date_range", filters.span(resource.date_column, resource.date_columns)
    if resource.due_column:
        yield "due_date_range", filters.span(resource.due_column)


def _without_deleted(model: type[models.Model], parent: str, who: Requester) -> Q:
    """Rows that hang on nothing deleted. What is has an index; a join would look at each row's parent."""
    of: Any = model._meta.get_field(parent).related_model
    return ~Q(**{f"{parent}__in": of._base_manager.filter(_DELETED).values("pk")})


def _is_deleted(rows: Rows, value: str, who: Requester) -> Rows:
    """1 and 0 mean what they say; the words true and false both mean live rows (decisions T12)."""
    return rows.filter(_DELETED) if value == "1" else rows.filter(deleted_at=None)


def _search(search: tuple[str, ...] | Callable[[Rows, str], Rows]) -> Filter:
    if callable(search):
        return lambda rows, value, _: search(rows, value)
    own = [column for column in search if "__" not in column]
    far: dict[str, list[str]] = {}
    for column in search:
        if "__" in column:
            far.setdefault(column.partition("__")[0], []).append(column)

    def look(rows: Rows, value: str, who: Requester) -> Rows:
        found = _any(own, value)
        for columns in far.values():
            # By key, not by join: a join would double rows and defeat the order's index.
            found |= Q(pk__in=rows.model._default_manager.filter(_any(columns, value)).values("pk"))
        return rows.filter(found)

    return look


def _any(columns: Iterable[str], value: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": value})
    return found


def by_form(field: Field) -> Filter:
    """The plain filter for a field: equal, in the way of its form."""
    column: models.Field[Any, Any] | None = field.column
    assert column is not None, f"{field.name} has no column to filter by"
    if isinstance(field, Key):
        return filters.key(column.attname)
    if isinstance(field, Flag):
        return filters.flag(column.name)
    return filters.compare(column.name) if isinstance(field, Amount) else filters.exact(column.name)
