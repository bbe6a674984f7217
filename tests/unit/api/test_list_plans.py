"""Usual lists come from an index, in its order: what they cost does not grow with the table.

The tables are filled once for all tests of the module; each test looks at many plans and names those that
are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from comptoir.api.resources.clients import Clients
from comptoir.api.resources.credits import Credits
from comptoir.api.resources.invoices import Invoices
from comptoir.api.resources.payments import Payments
from comptoir.api.resources.products import Products
from comptoir.api.resources.quotes import Quotes
from comptoir.api.resources.recurring_invoices import RecurringInvoices
from comptoir.contract.narrowing import narrow
from comptoir.contract.queries import Query
from comptoir.contract.requesters import Stranger
from comptoir.contract.sorting import ordered
from comptoir.tenancy.choosing import keys_of
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories, filled
from tests.filled import named, plan, plans_of

pytestmark = pytest.mark.django_db

STAMPS = ("id", "created_at", "updated_at")
DOCUMENT = (*STAMPS, "number", "date", "due_date", "amount", "status_id")
SORTS = {
    Clients: (
        *STAMPS, "name", "display_name", "number", "balance", "paid_to_date", "credit_balance", "city",
        "id_number", "last_login",
    ),
    Invoices: (*DOCUMENT, "balance", "paid_to_date"),
    Quotes: (*DOCUMENT, "valid_until"),
    Credits: (*DOCUMENT, "balance"),
    RecurringInvoices: (
        *STAMPS, "number", "amount", "status_id", "next_send_date", "frequency_id", "remaining_cycles",
    ),
    Payments: (*STAMPS, "number", "date", "amount", "status_id", "unapplied"),
    Products: (*STAMPS, "product_key", "price", "cost"),
}  # fmt: skip
FEW: list[tuple[Any, dict[str, str], str]] = [
    (Clients, {"number": "0007"}, "client_number_once"),
    (Clients, {"id_number": "ID-7"}, "client_id_number_once|client_by_id_number"),
    (Clients, {"name": "Verger"}, "client_search"),
    (Clients, {"filter": "verger"}, "client_search"),
    (Clients, {"email": "0007@example.com"}, "contact_by_email"),
    (Clients, {"balance": "0:gt"}, "client_by_balance"),
    (Invoices, {"number": "0007"}, "invoice_by_number|invoice_number_once"),
    (Invoices, {"filter": "verger"}, "invoice_search"),
    (Invoices, {"client_status": "unpaid"}, "invoice_by_status"),
    (Invoices, {"client_status": "overdue"}, "invoice_by_status"),
    (Invoices, {"client_status": "cancelled,reversed"}, "invoice_by_status"),
    (Quotes, {"client_status": "approved"}, "quote_by_status"),
    (Quotes, {"date": "2026-03-01"}, "quote_by_date"),
    (Quotes, {"created_at": "2090-01-01"}, "quote_by_creation"),
    (Credits, {"client_status": "partial"}, "credit_by_status"),
    (Credits, {"created_at": "2090-01-01"}, "credit_by_creation"),
    (RecurringInvoices, {"frequency_id": "1"}, "recurring_by_frequency"),
    (RecurringInvoices, {"client_status": "paused"}, "recurring_due"),
    (RecurringInvoices, {"created_at": "2090-01-01"}, "recurring_by_creation"),
    (Payments, {"client_status": "refunded"}, "payment_by_status"),
    (Payments, {"created_at": "2090-01-01"}, "payment_by_creation"),
    (Products, {"created_at": "2090-01-01"}, "product_by_creation"),
    (Products, {"product_key": "K0007"}, "product_by_key"),
]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[Company]:
    with filled.house(django_db_blocker) as company:
        yield company


class Today(Stranger):
    today = date(2026, 3, 2)


def asked(resource: Any, **query: str) -> Any:
    return narrow(resource.rows(), Query(query), resource.all_filters, Today())


@pytest.mark.parametrize("resource", list(SORTS))
def test_a_usual_order_needs_no_sorting(house: Company, resource: Any) -> None:
    """Asked by a company that has next to nothing: PostgreSQL reads one that has all by the primary key."""
    wrong = {}
    with acting_for(factories.account_with_company("Small")):
        for sort in SORTS[resource]:
            for way in ("asc", "desc"):
                read = plan(ordered(resource.rows(), resource, f"{sort}|{way}")[:20], "sort", "bitmapscan")
                by_company = re.search(r"company_id=\?|Index Cond: \(company_id = \d+\)", read)
                if "TEMP B-TREE" in read or "Sort" in read or not by_company:
                    wrong[sort, way] = read
    assert wrong == {}


def test_what_was_put_away_has_an_index_of_its_own(house: Company) -> None:
    wrong = {}
    for resource in SORTS:
        for query in ({"status": "archived"}, {"status": "deleted"}, {"is_deleted": "1"}):
            read = plan(ordered(asked(resource, **query), resource, "")[:20])
            if not re.search(r"\w+_away", read):
                wrong[resource.path, *query.items()] = read
    assert wrong == {}


def test_a_filter_that_few_pass_finds_them_by_an_index(house: Company) -> None:
    wrong = {}
    for resource, query, index in FEW:
        read = plan(asked(resource, **query).order_by()[:20])
        if not re.search(named(index), read) or "Seq Scan" in read:
            wrong[resource.path, *query.items()] = read
    assert wrong == {}


@pytest.mark.parametrize("resource", [Invoices, Quotes, Credits, RecurringInvoices, Payments])
@pytest.mark.parametrize("way", ["asc", "desc"])
def test_the_order_of_clients_names_walks_along_them(house: Company, resource: Any, way: str) -> None:
    rows = ordered(resource.rows(), resource, f"client_id|{way}")
    (read,) = plans_of(lambda: keys_of(rows, 0, 21))
    assert "client_by_name" in read
    assert re.search(r"(invoice|quote|credit|recurring|payment)_of_client", read)
    assert not re.search(r"SCAN (?!U0)|Seq Scan", read)
