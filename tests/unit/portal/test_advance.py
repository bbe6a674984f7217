"""Paying in advance: an amount on account that no invoice has asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.collecting import settling
from comptoir.collecting.models import Attempt, State
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.gateways.operations import update_gateway
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from tests import stripe_double
from tests.unit.portal.conftest import ON, House, enter, stripe_gateway, text
from tests.unit.portal.test_own_money import figures
from tests.unit.portal.test_paying import START, next_url, settings, way

ADVANCE = "/client/pre_payments"


@pytest.fixture
def gateway(house: House, stripe: stripe_double.Desk) -> CompanyGateway:
    settings(house, client_initiated_payments=True, client_initiated_payments_minimum=20)
    return stripe_gateway(house)


def test_from_the_home_page_to_money_on_account(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    browser = enter(house.anna)
    for page in ("/client/", "/client/payments"):
        assert f'href="{ADVANCE}"' in browser.get(page).content.decode()
    page = text(browser.get(ADVANCE))
    assert "At least €20.00." in page
    counted = browser.post(ADVANCE, {"amount": "120,50", "count": "1"})
    assert (counted.status_code, Attempt.objects.count()) == (200, 0)
    assert "€120.50" in text(counted)
    stripe.pay(next_url(browser.post(ADVANCE, {"amount": "120,50", "way": way(gateway), "once": "a"})))
    attempt = Attempt.objects.get()
    assert (attempt.amount, attempt.parts, attempt.fee) == (Decimal("120.5"), [], 0)
    told = text(browser.get(f"{START}/{attempt.key}"))
    assert "Thank you, your payment has arrived" in told
    assert "It is on your account and is used for your next invoices." in told
    payment = Payment.objects.get()
    assert (payment.amount, payment.applied, payment.unapplied) == (Decimal("120.5"), 0, Decimal("120.5"))
    assert figures(house) == (0, Decimal("120.5"), 0, Decimal("120.5"))
    assert Activity.objects.filter(fact="PayingStarted").get().mentions.keys() & {"invoice"} == set()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("19.99", "Please pay at least €20.00."),
        ("0", "Enter an amount."),
        ("", "Enter an amount."),
        ("-5", "Enter an amount."),
        ("x", "This is not a number."),
        ("20.001", "This currency has 2 decimals."),
    ],
)
def test_an_amount_that_cannot_be_is_said_at_the_amount(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk, typed: str, said: str
) -> None:
    answer = enter(house.anna).post(ADVANCE, {"amount": typed, "way": way(gateway)})
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert (Attempt.objects.count(), stripe.seen) == (0, [])
    assert figures(house) == (0, 0, 0, 0)


def test_in_yen_there_are_no_decimals(house: House, gateway: CompanyGateway) -> None:
    settings(house, currency_id="45")
    browser = enter(house.anna)
    assert "This currency has no decimals." in text(
        browser.post(ADVANCE, {"amount": "100.5", "way": way(gateway)})
    )
    browser.post(ADVANCE, {"amount": "1000", "way": way(gateway)})
    assert Attempt.objects.get().amount == 1000


def test_where_the_company_does_not_want_it_there_is_no_page(house: House, gateway: CompanyGateway) -> None:
    settings(house, client_initiated_payments=False)
    browser = enter(house.anna)
    assert ADVANCE not in browser.get("/client/").content.decode()
    assert browser.get(ADVANCE).status_code == 404
    assert browser.post(ADVANCE, {"amount": "50", "way": way(gateway)}).status_code == 404


def test_a_mailed_link_of_an_invoice_does_not_open_it(house: House, gateway: CompanyGateway) -> None:
    invoice = house.invoice()
    browser = Browser()
    browser.get(f"/client/invoice/{house.key(invoice, house.anna)}")
    assert browser.get(ADVANCE).url == "/client/more"


def test_a_declined_or_pending_payment_has_its_page(house: House, gateway: CompanyGateway) -> None:
    browser = enter(house.anna)
    browser.post(ADVANCE, {"amount": "50", "way": way(gateway)})
    address = f"{START}/{Attempt.objects.get().key}"
    for state, words in (
        (State.FAILED, "The payment did not go through"),
        (State.PENDING, "the amount shows on your account once the money is here"),
    ):
        Attempt.objects.update(state=state, reference="")
        page = browser.get(address)
        assert words in text(page)
    assert f'href="{ADVANCE}"' not in page.content.decode()


def test_a_second_click_charges_a_stored_card_once(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    browser = enter(house.anna)
    answer = browser.post("/client/payment_methods/add", {"way": way(gateway)})
    browser.get(stripe.pay(next_url(answer)).removeprefix("http://127.0.0.1:8000"))
    method = StoredMethod.objects.get()
    sent = {"amount": "50", "way": f"stored-{ids.encode(method.pk)}", "once": "a-word-of-the-page"}
    first, second = browser.post(ADVANCE, sent), browser.post(ADVANCE, sent)
    assert first.url == second.url == f"{START}/a-word-of-the-page"
    browser.post(ADVANCE, {**sent, "once": "another"})
    assert [one.amount for one in Payment.objects.all()] == [50, 50]


def test_a_fee_is_not_taken_of_what_is_paid_in_advance(house: House, gateway: CompanyGateway) -> None:
    update_gateway(gateway, {"fees_and_limits": {"1": {"fee_amount": 3}}}, by=house.alice, on=ON)
    browser = enter(house.anna)
    assert browser.post(ADVANCE, {"amount": "50", "way": way(gateway)}).status_code == 200
    assert (Attempt.objects.get().amount, Attempt.objects.get().fee) == (50, 0)


def test_another_page_closes_the_one_that_was_left(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    browser = enter(house.anna)
    left = next_url(browser.post(ADVANCE, {"amount": "50", "way": way(gateway)}))
    page = next_url(browser.post(ADVANCE, {"amount": "60", "way": way(gateway)}))
    assert stripe.session_of(left)["status"] == "expired"
    stripe.pay(page)
    settling.follow(Attempt.objects.get(state=State.STARTED))
    assert figures(house) == (0, 60, 0, 60)
