"""Templates run over records: how much the database is asked, and what they say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client, update_client
from comptoir.delivery.runs.gathering import rows_of
from comptoir.delivery.runs.running import is_together, named, pages
from comptoir.delivery.runs.sight import Sight, sight_of
from comptoir.payments.operations import delete_payment
from comptoir.people.models import Membership
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.models import Company
from tests.unit.delivery.test_companion_papers import ON, by, client, home, issued, paid

__all__ = ["by", "client", "home"]

BODY = (
    '<p data-each="invoices">$invoice.number</p><p data-each="payments">$payment.number</p>'
    '<p data-each="contacts">$contact.email</p>$open_invoices.balance'
)


@pytest.fixture
def sight(home: Company, by: Any) -> Sight:
    return sight_of(Membership.objects.get().user_id)


def run(entity: str, rows: list[Any], sight: Sight, body: str = BODY) -> list[Any]:
    found = rows_of(entity, [row.pk for row in rows], sight)
    return list(pages("List", {"body": body}, entity, found, sight, on=ON))


def queries(entity: str, rows: list[Any], sight: Sight, body: str = BODY) -> int:
    with CaptureQueriesContext(connection) as asked:
        run(entity, rows, sight, body)
    return len(asked)


def test_more_records_ask_the_database_no_more_often(client: Client, by: Any, sight: Sight) -> None:
    clients = [client, *(create_client({"name": f"Client {n}"}, **by) for n in range(4))]
    for each in clients:
        for _n in range(2):
            paid(each, [(issued(each, by), 50)], by)
    together = f'<div data-each="clients">$client.name {BODY}</div>'
    assert queries("client", clients[:1], sight, together) == queries("client", clients, sight, together)
    invoices = list(Invoice.objects.order_by("pk"))
    listed = '<p data-each="invoices">$invoice.number $client.name<i data-each="products">$product.item</i>'
    listed += '<i data-each="payments">$payment.applied</i></p>'
    assert queries("invoice", invoices[:1], sight, listed) == queries("invoice", invoices, sight, listed)


def test_amounts_stand_in_the_currency_of_their_record(client: Client, by: Any, sight: Sight) -> None:
    other = create_client({"name": "Yank", "settings": {"currency_id": "1"}}, **by)
    rows = [issued(client, by, 100), issued(other, by, 7), issued(client, by, 50)]
    (page,) = run("invoice", rows, sight, '<p data-each="invoices">$invoice.amount</p>$invoices.amount')
    assert [turn.values["invoice.amount"] for turn in page.lists["invoices"]] == [
        "200,00\N{NO-BREAK SPACE}€",
        "14,00\N{NO-BREAK SPACE}$\N{NO-BREAK SPACE}US",
        "100,00\N{NO-BREAK SPACE}€",
    ]
    assert (
        page.values["invoices.amount"]
        == "14,00\N{NO-BREAK SPACE}$\N{NO-BREAK SPACE}US + 300,00\N{NO-BREAK SPACE}€"
    )
    assert page.values["invoices.count"] == "3"


def test_a_page_speaks_the_language_of_its_client(client: Client, by: Any, sight: Sight) -> None:
    update_client(client, {"settings": {"language_id": "1"}}, **by)
    (page,) = run("client", [Client.objects.get()], sight, "$invoice.date_label $date")
    assert (page.language, page.values["date"], page.values["invoice_date_label"]) == (
        "en",
        "Nov 24, 2026",
        "Invoice date",
    )


def test_open_invoices_are_those_with_something_left(client: Client, by: Any, sight: Sight) -> None:
    done, left = issued(client, by, 10), issued(client, by, 20)
    paid(client, [(done, 20), (left, 15)], by)
    (page,) = run("client", [client], sight)
    said = page.lists
    assert page.values["open_invoices.balance"] == "25,00\N{NO-BREAK SPACE}€"
    assert [turn.values["payment.amount"] for turn in said["payments"]] == ["35,00\N{NO-BREAK SPACE}€"]
    assert len(said["invoices"]) == 2


def test_deleted_records_are_left_out(client: Client, by: Any, sight: Sight) -> None:
    paid_back, kept = paid(client, [], by, amount=Decimal(5)), paid(client, [], by, amount=Decimal(6))
    delete_payment(paid_back, **by)
    assert [page.number for page in run("payment", [kept, paid_back], sight, "x")] == [kept.number]


@pytest.mark.parametrize(
    ("body", "entity", "names", "together"),
    [
        ('<p data-each="invoices">', "invoice", {"invoices"}, True),
        ('<p data-each="invoices">', "client", {"invoices"}, False),
        ("<p data-each='$clients'>$invoices.count", "client", {"clients", "invoices."}, True),
        ("<tr><td>$product.item</td></tr>", "invoice", {"products"}, False),
        ("$invoices.balance", "invoice", {"invoices."}, True),
        ('<p data-each="toasters">$client.balance', "client", set(), False),
    ],
)
def test_what_a_template_names_decides(body: str, entity: str, names: set[str], together: bool) -> None:
    assert (named({"body": body}), is_together({"body": body}, entity)) == (names, together)
