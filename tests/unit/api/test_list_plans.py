"""Usual lists come from an index, in its order: what they cost does not grow with the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from comptoir.api.resources.clients import Clients
from comptoir.api.resources.invoices import Invoices
from comptoir.contract.narrowing import narrow
from comptoir.contract.queries import Query
from comptoir.contract.requesters import Stranger
from comptoir.contract.sorting import ordered
from comptoir.tenancy.scope import acting_for
from tests import factories

pytestmark = pytest.mark.django_db

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


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'",
    reason="in empty tables PostgreSQL takes any index (tenancy/test_searching)",
)
@pytest.mark.parametrize(
    ("resource", "asked", "index"),
    [
        (Clients, {"number": "0007"}, "client_number_once"),
        (Clients, {"id_number": "SAP-7"}, "client_id_number_once"),
        (Clients, {"name": "Verger"}, "VIRTUAL TABLE INDEX"),
        (Clients, {"filter": "verger"}, "VIRTUAL TABLE INDEX"),
        (Clients, {"email": "ada@example.com"}, "contact_by_email"),
        (Invoices, {"number": "0007"}, "number=?"),
        (Invoices, {"filter": "verger"}, "VIRTUAL TABLE INDEX"),
    ],
)
def test_a_filter_that_few_pass_finds_them_by_an_index(
    resource: Any, asked: dict[str, str], index: str
) -> None:
    assert index in plan(resource, **asked)
