"""Usual lists come from an index, in its order: what they cost does not grow with the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection

from comptoir.api.resources.clients import Clients
from comptoir.api.resources.invoices import Invoices
from comptoir.clients.models import Client, Contact
from comptoir.contract.narrowing import narrow
from comptoir.contract.queries import Query
from comptoir.contract.requesters import Stranger
from comptoir.contract.sorting import ordered
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.plans import analyzed

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)

SORTS = {
    Clients: (
        "id", "name", "display_name", "number", "created_at", "updated_at", "balance", "paid_to_date",
        "credit_balance", "city", "id_number",
    ),
    Invoices: (
        "id", "number", "date", "due_date", "amount", "balance", "created_at", "updated_at", "paid_to_date",
        "status_id", "client_id",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def scope() -> Iterator[None]:
    with acting_for(factories.account_with_company()):
        yield


def plan(resource: Any, sort: str = "", **asked: str) -> str:
    rows = narrow(resource.rows(), Query(asked), resource.all_filters, Stranger())
    wanted = ordered(rows, resource, sort)[:20]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # it plans by what the tables hold, and here they hold nothing
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return str(wanted.explain())


@pytest.mark.parametrize("way", ["asc", "desc"])
@pytest.mark.parametrize(
    ("resource", "sort"), [(one, sort) for one, sorts in SORTS.items() for sort in sorts]
)
def test_a_usual_order_needs_no_sorting(resource: Any, sort: str, way: str) -> None:
    read = plan(resource, f"{sort}|{way}")
    assert "TEMP B-TREE" not in read
    assert "->  Sort" not in read
    assert re.search(r"company_id=\?|Index Cond: \(company_id = \d+\)", read)


@pytest.mark.parametrize("resource", list(SORTS))
@pytest.mark.parametrize("asked", [{"status": "archived"}, {"status": "deleted"}, {"is_deleted": "1"}])
def test_what_was_put_away_has_an_index_of_its_own(resource: Any, asked: dict[str, str]) -> None:
    read = plan(resource, **asked)
    assert f"{resource.entity}_away" in read or f"{resource.entity}_by_shelf" in read


@pytest.fixture
def many() -> None:
    """Two thousand clients, each with a contact and an invoice, which the planner knows of."""
    clients = Client.objects.bulk_create(
        Client(name=f"Client {n}", display_name=f"Client {n}", number=f"{n:04}", id_number=f"ID-{n}")
        for n in range(2_000)
    )
    Contact.objects.bulk_create(
        Contact(client=each, email=f"{each.number}@example.com", **fresh("contact")) for each in clients
    )
    Invoice.objects.bulk_create(Invoice(client=each, number=each.number, date=ON) for each in clients)
    analyzed(Client, Contact, Invoice)


@pytest.mark.parametrize(
    ("resource", "asked", "sqlite", "postgresql"),
    [
        (Clients, {"number": "0007"}, "client_number_once", "client_number_once"),
        (Clients, {"id_number": "ID-7"}, "client_id_number_once", "client_id_number_once"),
        (Clients, {"name": "Verger"}, "VIRTUAL TABLE INDEX", "client_search"),
        (Clients, {"filter": "verger"}, "VIRTUAL TABLE INDEX", "client_search"),
        (Clients, {"email": "0007@example.com"}, "contact_by_email", "contact_by_email"),
        (Invoices, {"number": "0007"}, "number=?", "invoice_by_number"),
        (Invoices, {"filter": "verger"}, "VIRTUAL TABLE INDEX", "invoice_search"),
    ],
)
def test_a_filter_that_few_pass_finds_them_by_an_index(
    many: None, resource: Any, asked: dict[str, str], sqlite: str, postgresql: str
) -> None:
    rows = narrow(resource.rows(), Query(asked), resource.all_filters, Stranger())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # so few rows are read faster than a trigram is looked up
            cursor.execute("SET LOCAL enable_seqscan = off")
    read = ordered(rows, resource, "")[:20].explain()
    assert {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor] in read
    assert "Seq Scan" not in read
