"""The rate of a payment: in its forms, on its page, and what it comes to by it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.html import strip_tags

from comptoir.clients.models import Client
from comptoir.clients.operations import update_client
from comptoir.exchange.models import RateSheet
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.preferences.operations import update_company

from . import papers
from .conftest import ON, Office
from .reading import faults

BEFORE = ON - timedelta(days=7)


@pytest.fixture
def abroad(office: Office) -> Client:
    """A client in dollars, of a company in euros."""
    return papers.client(office.alice, "Boston", settings={"currency_id": "1"})


@pytest.fixture
def published() -> None:
    for day, dollar in ((BEFORE, "1.07"), (ON, "1.0842")):
        RateSheet.objects.create(day=day, rates={"1": dollar}, source="bank.example")


def key(row: Any) -> str:
    return ids.encode(row.pk)


def entry(client: Client, **more: str) -> dict[str, str]:
    body = {"client_id": key(client), "amount": "54.21", "date": ON.isoformat(), "rate_currency": "1"}
    return body | more


def asked(page: Any) -> Any:
    return page.context["form"].values.get("exchange_rate")


def shown(office: Office, payment: Payment) -> list[tuple[str, str]]:
    details = office.browser().get(f"/payments/{key(payment)}").context["details"]
    labels = ("Exchange rate", "Converted")
    return [(each.label, strip_tags(str(each.value))) for each in details if each.label in labels]


def test_a_rate_that_was_said_of_another_currency_is_none(
    office: Office, abroad: Client, published: None
) -> None:
    """Another client is picked, and the form is sent before the field has followed."""
    home = entry(office.client, exchange_rate="1.0842")
    assert office.browser().post("/payments/new", home).status_code == 302
    assert Payment.objects.get().exchange_rate == 1
    assert office.browser().post("/payments/new", entry(abroad, exchange_rate="7", rate_currency="2"))
    assert Payment.objects.latest("pk").exchange_rate == Decimal("1.0842")


def test_the_form_proposes_the_rate_of_the_day_and_keeps_what_is_typed(
    office: Office, abroad: Client, published: None
) -> None:
    browser = office.browser()
    page = browser.get(f"/payments/new?client={key(abroad)}")
    assert asked(page) == "1.0842" and 'name="exchange_rate"' in page.text
    assert 'name="exchange_rate"' not in browser.get(f"/payments/new?client={key(office.client)}").text
    browser.post("/payments/new", entry(abroad, exchange_rate="1,25"))
    browser.post("/payments/new", entry(abroad, exchange_rate=""))
    typed, left = Payment.objects.order_by("pk")
    assert (typed.exchange_rate, left.exchange_rate) == (Decimal("1.25"), Decimal("1.0842"))
    assert shown(office, typed) == [("Exchange rate", "1 EUR = 1.25 USD"), ("Converted", "€43.37")]
    assert shown(office, left) == [("Exchange rate", "1 EUR = 1.0842 USD"), ("Converted", "€50.00")]


def test_picking_a_client_and_another_date_bring_their_rate(
    office: Office, abroad: Client, published: None
) -> None:
    browser, part = office.browser(), {"HX-Request": "true", "HX-Target": "parts"}
    picked = browser.get(f"/payments/new?client_id={key(abroad)}&date={BEFORE}", headers=part)
    assert asked(picked) == "1.07" and 'id="document-rate" hx-swap-oob="true"' in picked.text
    body = entry(abroad, date=BEFORE.isoformat(), exchange_rate="1.0842", proposed_rate="1.0842")
    assert asked(browser.post("/payments/rate", body)) == "1.07"
    assert asked(browser.post("/payments/rate", body | {"exchange_rate": "1.2"})) == "1.2"


@pytest.mark.parametrize("typed", ["dear", "0", "-1", "1"])
def test_what_is_no_rate_is_said_at_the_field_and_no_money_moves(
    office: Office, abroad: Client, typed: str
) -> None:
    answer = office.browser().post("/payments/new", entry(abroad, exchange_rate=typed))
    assert (answer.status_code, set(faults(answer))) == (422, {"exchange_rate"})
    invoice = papers.invoice(office.alice, abroad)
    sent = {"amount": "20", "date": ON.isoformat(), "exchange_rate": typed, "rate_currency": "1"}
    answer = office.browser().post(f"/invoices/{key(invoice)}/payment", sent)
    assert (answer.status_code, set(faults(answer))) == (422, {"exchange_rate"})
    assert not Payment.objects.exists()


def test_a_payment_entered_from_its_invoice_has_its_rate(office: Office, abroad: Client) -> None:
    invoice = papers.invoice(office.alice, abroad, exchange_rate=Decimal("1.25"))
    url = f"/invoices/{key(invoice)}/payment"
    assert 'name="exchange_rate"' in office.browser().get(url, headers={"HX-Request": "true"}).text
    sent = {"amount": "20", "date": ON.isoformat(), "rate_currency": "1"}
    office.browser().post(url, sent | {"exchange_rate": "1.3"})
    office.browser().post(url, sent | {"exchange_rate": ""})
    typed, left = Payment.objects.order_by("pk")
    assert (typed.exchange_rate, left.exchange_rate) == (Decimal("1.3"), Decimal("1.25"))


def test_it_is_in_the_currency_that_its_client_has_by_now(
    office: Office, abroad: Client, published: None
) -> None:
    """And so is the rate that is asked for."""
    invoice = papers.invoice(office.alice, abroad, exchange_rate=Decimal("1.25"))
    update_client(abroad, {"settings": {"currency_id": "3"}}, by=office.alice.actor(), on=ON)
    url = f"/invoices/{key(invoice)}/payment"
    assert 'name="exchange_rate"' not in office.browser().get(url, headers={"HX-Request": "true"}).text
    late = {"amount": "20", "date": ON.isoformat(), "rate_currency": "1", "exchange_rate": "1.3"}
    office.browser().post(url, late)
    payment = Payment.objects.get()
    assert (payment.currency_id, payment.exchange_rate) == ("3", 1)


def test_a_rate_can_be_said_later(office: Office, abroad: Client) -> None:
    payment = papers.payment(office.alice, abroad, "54.21")
    assert shown(office, payment) == [("Exchange rate", "Unknown: in no sum in EUR")]
    at = f"/payments/{key(payment)}/edit"
    assert asked(office.browser().get(at)) == ""
    sent = {"date": ON.isoformat(), "rate_currency": "1", "exchange_rate": "1.0842"}
    assert office.browser().post(at, sent).status_code == 302
    assert shown(office, payment) == [("Exchange rate", "1 EUR = 1.0842 USD"), ("Converted", "€50.00")]
    assert asked(office.browser().get(at)) == Decimal("1.0842")
    assert office.browser().post(at, sent | {"exchange_rate": "x"}).status_code == 422
    assert Payment.objects.get().exchange_rate == Decimal("1.0842")


def test_ones_own_money_is_converted_where_the_company_wishes(office: Office, published: None) -> None:
    by: dict[str, Any] = {"by": office.alice.actor(), "on": ON}
    new = f"/payments/new?client={key(office.client)}"
    assert 'name="exchange_currency_id"' not in office.browser().get(new).text
    update_company(office.company, {"convert_payment_currency": True}, **by)
    assert 'name="exchange_currency_id"' in office.browser().get(new).text
    body = entry(office.client, amount="50", rate_currency="")
    for more in (
        {"exchange_currency_id": "", "exchange_rate": ""},
        {"exchange_currency_id": "1", "exchange_rate": ""},
        {"exchange_currency_id": "1", "exchange_rate": "1.1"},
    ):
        office.browser().post("/payments/new", body | more)
    plain, day, typed = Payment.objects.order_by("pk")
    assert shown(office, plain) == []
    assert shown(office, day) == [("Exchange rate", "1 EUR = 1.0842 USD"), ("Converted", "$54.21")]
    assert shown(office, typed) == [("Exchange rate", "1 EUR = 1.1 USD"), ("Converted", "$55.00")]
    answer = office.browser().post("/payments/new", body | {"exchange_currency_id": "999"})
    assert set(faults(answer)) == {"exchange_currency_id"}
    assert Payment.objects.count() == 3
