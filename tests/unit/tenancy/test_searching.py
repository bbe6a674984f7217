"""Free text: what is found is right, of one's own company, and comes from the index."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from comptoir.catalogue.models import Product
from comptoir.clients.models import Client, Contact
from comptoir.kernel.folding import haystack, needles
from comptoir.payments.models import Payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.models import Company
from comptoir.tenancy.saving import save
from comptoir.tenancy.scope import acting_for
from comptoir.tenancy.searching import SearchIndex, beside
from tests import factories
from tests.shape.house import tables

SEARCHED: list[Any] = [Client, Contact, Invoice, Quote, Credit, RecurringInvoice, Payment, Product]
pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    company = factories.account_with_company()
    with acting_for(company):
        yield company


def client(name: str, **columns: Any) -> Client:
    made = Client(name=name, display_name=name, **columns)
    insert([made])
    return made


def person(of: Client, **columns: Any) -> Contact:
    made = Contact(client=of, **columns, **fresh("contact"))  # type: ignore[arg-type]
    insert([made])
    return made


WAYS: dict[str, Callable[[Client], object]] = {
    "save": lambda one: one.save(),
    "save named columns": lambda one: one.save(update_fields=["display_name"]),
    "prepared save": save,
    "prepared save of a column": lambda one: save(one, "display_name"),
}


def found(model: Any, text: str) -> list[Any]:
    """What a search finds: the same by the index as row by row, which lists do where it is much."""
    rows = list(model.objects.matching(text).order_by("pk"))
    assert list(model.objects.containing(text).order_by("pk")) == rows
    return rows


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_saving_brings_the_words_up_to_date(home: Company, way: str) -> None:
    one = client("Verger")
    one.display_name = "Potager"
    WAYS[way](one)
    assert found(Client, "potager") == [one]
    assert found(Client, "verger") == []


def test_django_creates_and_erases_too(home: Company) -> None:
    one = Client.objects.create(display_name="Verger")
    assert found(Client, "verger") == [one]
    one.delete()
    other = client("Potager")
    assert found(Client, "verger") == []
    assert found(Client, "potager") == [other]


def test_the_words_may_stand_in_the_client_and_its_people(home: Company) -> None:
    verger, potager = client("Verger du Nord"), client("Potager du Nord")
    person(verger, first_name="Zoé", last_name="Lefèvre", email="zoe@verger.example")
    gone = person(verger, first_name="Hugo")
    assert found(Client, "nord zoé") == [verger]
    assert set(found(Client, "NORD")) == {verger, potager}
    assert found(Client, "nord hugo") == [verger]
    gone.deleted_at = gone.created_at
    gone.save()
    assert found(Client, "nord hugo") == []


@pytest.mark.parametrize("text", ["lefèvre", "LEFE\u0300VRE", "lefevre", "efev", "le", "l"])
def test_prefix_and_infix_in_either_unicode_form(home: Company, text: str) -> None:
    composed, apart = client("Zoé Lefèvre"), client("Zoe\u0301 Lefe\u0300vre")
    client("Durand")
    assert set(found(Client, text)) == {composed, apart}


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", '"', "'", "a%b", '"; DROP', "*", "^x", "-x", "NOT", "\0", "("]
)
def test_nothing_typed_has_a_meaning_of_its_own(home: Company, text: str) -> None:
    client("Verger")
    assert found(Client, text) == ([] if needles(text) else list(Client.objects.all()))
    named = client(f"A {text.replace(chr(0), '')}")
    assert named in found(Client, text)


def test_another_company_finds_nothing(home: Company) -> None:
    one = client("Verger", number="K-7")
    person(one, email="ada@example.com")
    insert([Product(product_key="Verger")])
    with acting_for(factories.account_with_company("Elsewhere")):
        for model in SEARCHED:
            assert [found(model, text) for text in ("verger", "k-7", "ada")] == [[], [], []]


def test_every_searchable_table_has_its_index_and_says_what_it_is_found_by() -> None:
    searchable = [model for model in tables() if hasattr(model, "search_text")]
    assert {model.__name__ for model in searchable} >= {model.__name__ for model in SEARCHED}
    for model in searchable:
        assert any(isinstance(one, SearchIndex) for one in model._meta.indexes), model.__name__


def test_the_index_follows_the_table(home: Company) -> None:
    one = client("Verger")
    person(one, first_name="Ada")
    one.name = one.display_name = "Potager"
    one.save()
    assert found(Client, "potager") == [one]
    assert found(Client, "verger") == []
    if connection.vendor != "sqlite":
        return  # the index of PostgreSQL is its own affair; SQLite's is kept by our triggers
    with connection.cursor() as cursor:
        for model in SEARCHED:
            index = beside(model._meta.db_table)
            cursor.execute(f'INSERT INTO "{index}" ("{index}", rank) VALUES (\'integrity-check\', 1)')


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model.__name__)
def test_no_table_is_read_whole(home: Company, model: Any) -> None:
    """By EXPLAIN; on PostgreSQL with sequential scans made dear, since its tables are empty here."""
    rows = model.objects.matching("lefevre du").order_by("pk")[:20]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        read = rows.explain()
        assert "Seq Scan" not in read
        assert "_search" in read
        return
    steps = [step.split(maxsplit=3)[3] for step in rows.explain().splitlines()]
    assert [step for step in steps if step.startswith("SCAN") and not re.search(FROM_THE_INDEX, step)] == []
    assert [step for step in steps if step.endswith("(company_id=?)")] == []
    assert any("VIRTUAL TABLE INDEX" in step for step in steps)


FROM_THE_INDEX = r"VIRTUAL TABLE INDEX \d+:M|SCAN (found|k|\(subquery-\d+\))$"
"""What MATCH finds, and the sets that are made of it."""


def test_a_day_and_a_line_find_a_document(home: Company) -> None:
    one = client("Verger")
    invoice = Invoice(client=one, currency_id="1", date=date(2026, 5, 4), line_items='[{"notes": "Pommes"}]')
    insert([invoice])
    for text in ("2026-05-04", "2026-05", "pommes", "verger pomm"):
        assert found(Invoice, text) == [invoice], text
    assert found(Invoice, "verger poire") == []
    assert invoice.search_text == haystack(["2026-05-04", "pommes"])
