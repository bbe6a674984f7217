"""No page of a list reads all rows of the company: neither by a sort that it offers nor by a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from comptoir.catalogue.models import Product
from comptoir.clients.models import Client
from comptoir.clients.queries import of_live_clients
from comptoir.office import owned
from comptoir.office.clients import listing as clients
from comptoir.office.credits import CREDITS
from comptoir.office.desk import Desk
from comptoir.office.documents import listing as documents
from comptoir.office.invoices.kind import INVOICES
from comptoir.office.lists import ListPage
from comptoir.office.payments import listing as payments
from comptoir.office.products import listing as products
from comptoir.office.quotes import QUOTES
from comptoir.office.recurring.kind import RECURRING
from comptoir.payments.models import Payment
from comptoir.people.models import Membership
from comptoir.preferences.custom_fields import CustomField, FieldKind
from comptoir.tenancy.choosing import is_walked, keys_of
from tests import factories, filled
from tests.filled import ON, named, plan, plans_of

pytestmark = pytest.mark.django_db

FILTERS = [
    ("clients", {"owes": "credit"}, "client_by_credit"),
    ("clients", {"size_id": "3"}, "client_by_size_id"),
    ("clients", {"industry_id": "4"}, "client_by_industry_id"),
    ("clients", {"q": "verger"}, "client_search"),
    ("clients", {"shelf": "archived"}, "client_away"),
    ("clients", {"shelf": "deleted"}, "client_away"),
    ("invoices", {"status": "unpaid"}, "invoice_by_status"),
    ("invoices", {"status": "overdue"}, "invoice_by_status"),
    ("invoices", {"status": "cancelled"}, "invoice_by_status"),
    ("invoices", {"q": "verger"}, "invoice_search"),
    ("invoices", {"period": "2026-03-01..2026-03-02"}, "invoice_by_date"),
    ("quotes", {"status": "approved"}, "quote_by_status"),
    ("quotes", {"status": "expired"}, "quote_by_status"),
    ("quotes", {"period": "2026-03-01..2026-03-02"}, "quote_by_date"),
    ("credits", {"status": "open"}, "credit_by_status"),
    ("credits", {"shelf": "deleted"}, "credit_away"),
    ("recurring", {"status": "paused"}, "recurring_due"),
    ("recurring", {"frequency": "1"}, "recurring_by_frequency"),
    ("payments", {"status": "refunded"}, "payment_by_status"),
    ("payments", {"status": "unapplied"}, "payment_by_unapplied"),
    ("payments", {"shelf": "archived"}, "payment_away"),
    ("products", {"shelf": "archived"}, "product_away"),
    ("products", {"q": "verger"}, "product_search"),
]


@dataclass
class Lists:
    """Each list of the office with the rows that it shows, and who looks at it."""

    place: Desk
    pages: dict[str, tuple[ListPage, Any]]

    def chosen(self, name: str, **asked: str) -> Any:
        """The rows that an address asks for."""
        declared, rows = self.pages[name]
        return declared.chosen(replace(self.place, request=RequestFactory().get("/", asked)), rows)


@pytest.fixture(scope="module")
def lists(django_db_setup: None, django_db_blocker: Any) -> Iterator[Lists]:
    with filled.house(django_db_blocker) as company:
        person = factories.user(company, is_owner=True)
        member = Membership.everywhere.select_related("company", "user").get(user=person)
        place = Desk(RequestFactory().get("/"), member, [member], factories.actor(person), ON, "en")
        pages = {
            "clients": (clients.list_page(place), Client.objects.all()),
            "products": (products.list_page(place), Product.objects.all()),
            "payments": (payments.list_page(place), of_live_clients(Payment.objects.all())),
        }
        for kind in (INVOICES, QUOTES, CREDITS, RECURRING):
            pages[kind.key] = (documents.list_page(kind, place), of_live_clients(kind.model.objects.all()))
        yield Lists(place, pages)


@pytest.mark.parametrize(
    "name", ["clients", "products", "payments", "invoices", "quotes", "credits", "recurring"]
)
def test_every_sort_that_a_list_offers_comes_from_an_index(lists: Lists, name: str) -> None:
    wrong = {}
    keys = [column.key for column in lists.pages[name][0].columns if column.sort]
    for sort in ["", *(f"{key}|{way}" for key in keys for way in ("asc", "desc"))]:
        rows = lists.chosen(name, sort=sort)
        read = plan(rows.values("pk")[:21], "sort", "bitmapscan") if not is_walked(rows) else _walked(rows)
        if read and ("TEMP B-TREE" in read or "Sort" in read):
            wrong[sort] = read
    assert wrong == {}
    assert len(keys) > 2


def _walked(rows: Any) -> str:
    """What is wrong with the plan of an order that is walked along the clients; "" when nothing is."""
    (read,) = plans_of(lambda: keys_of(rows, 0, 21))
    found = "client_by_name" in read and "_of_client" in read and not re.search(r"SCAN (?!U0)|Seq Scan", read)
    return "" if found else f"Sort: {read}"


def test_what_few_rows_have_is_found_by_an_index(lists: Lists) -> None:
    wrong = {}
    for name, asked, index in FILTERS:
        read = plan(lists.chosen(name, **asked).order_by().values("pk")[:1001])
        if named(index) not in read or "Seq Scan" in read:
            wrong[name, *asked.items()] = read
    assert wrong == {}


def test_a_field_of_the_companys_own_is_found_by_an_index(lists: Lists) -> None:
    field = CustomField("client1", 1, "Kind", FieldKind.SWITCH)
    read = plan(owned._filter(field).narrow(Client.objects.active(), "yes").order_by().values("pk")[:1001])
    assert "client_by_custom_value1" in read


@pytest.mark.parametrize(
    ("name", "asked", "narrowed"),
    [
        ("clients", {"owes": "credit"}, '"credit_balance" >'),
        ("clients", {"size_id": "3", "sort": "created_at|asc"}, '"size_id" ='),
        ("invoices", {"status": "cancelled"}, '"status_id" IN'),
        ("payments", {"status": "refunded", "sort": "amount|desc"}, '"status_id" IN'),
    ],
)
def test_few_rows_are_found_before_they_are_sorted(
    lists: Lists, name: str, asked: dict[str, str], narrowed: str
) -> None:
    """A question that narrows and sorts at once leaves it to the database whether all are read."""
    declared, rows = lists.pages[name]
    place = replace(lists.place, request=RequestFactory().get("/", asked))
    with CaptureQueriesContext(connection) as questions:
        declared.listing(place, rows)
    narrowing = [one["sql"] for one in questions if narrowed in one["sql"]]
    assert len(narrowing) == 1
    assert "ORDER BY" not in narrowing[0]


def test_rows_are_counted_in_an_index_alone(lists: Lists) -> None:
    """PostgreSQL leaves the table out once a vacuum, which no transaction lets in, has called it visible;
    until then the list's own index serves it as well for what half of all rows are.
    """
    wrong = {}
    only = {"sqlite": "USING COVERING INDEX", "postgresql": "Index (Only )?Scan"}[connection.vendor]
    for name in lists.pages:
        read = plan(lists.chosen(name).order_by().values("pk")[:10_001], "bitmapscan")
        if not re.search(rf"{only} (using )?(client|product|payment|invoice|quote|credit|recurring)_", read):
            wrong[name] = read
    for status in ("unpaid", "overdue", *(("draft", "paid") if connection.vendor == "sqlite" else ())):
        read = plan(lists.chosen("invoices", status=status).order_by().values("pk")[:10_001], "bitmapscan")
        if not re.search(f"{only} (using )?invoice_by_status", read):
            wrong[status] = read
    assert wrong == {}
