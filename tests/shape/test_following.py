"""Whatever names a client follows it: to the one that it becomes, and away with it.

The tables are found by the foreign keys that point at a client; each gets one row, made out of nothing,
and the real operations are run. A new table that nobody moves and erases fails here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.clients.purging import purge_client
from comptoir.ledger.models import Entry
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)
STAYING = {Entry: "the ledger is never rewritten: a merge posts new entries"}

Table = type[models.Model]


def tables_of_a_client() -> list[tuple[Table, str]]:
    """Every table with a foreign key to a client, and its name."""
    return [
        (relation.related_model, relation.field.name)  # type: ignore[misc]
        for relation in Client._meta.related_objects
        if relation.related_model is not Client
    ]


def row_of(table: Table, **given: Any) -> models.Model:
    """A row with something in every column that needs it."""
    values = dict(given)
    for field in table._meta.concrete_fields:
        if (
            field.name in values
            or field.primary_key
            or field.null
            or field.has_default()
            or field.name == "company"
        ):
            continue
        if not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False):
            values[field.name] = something(field, given)
    return table._base_manager.create(**values)


def something(field: models.Field[Any, Any], given: dict[str, Any]) -> Any:
    if isinstance(field, models.ForeignKey):
        shared = {name: row for name, row in given.items() if isinstance(row, Client)}
        wanted = {one.name for one in field.related_model._meta.concrete_fields}  # type: ignore[union-attr]
        return row_of(field.related_model, **{name: row for name, row in shared.items() if name in wanted})  # type: ignore[arg-type]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return ON
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, (models.CharField, models.TextField)):
        return secrets.token_hex(8)[: field.max_length]
    return Decimal(0) if field.__class__.__module__.startswith("comptoir.") else secrets.randbelow(10_000)


@pytest.fixture
def by(db: None) -> Iterator[dict[str, Any]]:
    company = factories.account_with_company()
    person = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        yield {"by": person, "on": ON}


@pytest.mark.parametrize(
    ("table", "column"), tables_of_a_client(), ids=lambda one: getattr(one, "__name__", one)
)
def test_a_row_of_the_client_moves_with_a_merge(table: Table, column: str, by: dict[str, Any]) -> None:
    kept, absorbed = (create_client({"name": name}, **by) for name in ("kept", "absorbed"))
    row = row_of(table, **{column: absorbed})
    merge_clients(kept, absorbed, **by)
    row.refresh_from_db()
    expected = absorbed if table in STAYING else kept
    assert getattr(row, column) == expected


@pytest.mark.parametrize(
    ("table", "column"), tables_of_a_client(), ids=lambda one: getattr(one, "__name__", one)
)
def test_a_row_of_the_client_goes_with_a_purge(table: Table, column: str, by: dict[str, Any]) -> None:
    client, other = (create_client({"name": name}, **by) for name in ("gone", "stays"))
    row, stays = row_of(table, **{column: client}), row_of(table, **{column: other})
    purge_client(client, **by)
    assert not table._base_manager.filter(pk=row.pk).exists()
    assert table._base_manager.filter(pk=stays.pk).exists()


def test_the_tables_are_found() -> None:
    names = {table.__name__ for table, _ in tables_of_a_client()}
    assert names >= {"Invoice", "Quote", "Credit", "Payment", "Entry", "Contact", "Location", "MailDelivery"}
