"""Paying in the portal: what is offered, what is refused, where the client is sent and what comes back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.clients.operations import update_client
from comptoir.collecting.models import Attempt, State
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.gateways.operations import add_gateway, update_gateway
from comptoir.gateways.registry import CUSTOM
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.sales.invoices.models import Invoice
from tests import stripe_double
from tests.unit.portal.conftest import ON, House, enter, stripe_gateway

PAY = "/client/invoices/payment"
START = "/client/payments/process"


@pytest.fixture
def gateway(house: House, stripe: stripe_double.Desk) -> CompanyGateway:
    return stripe_gateway(house)


def way(gateway: CompanyGateway) -> str:
    return f"{ids.encode(gateway.pk)}-1"


def text(answer: Any) -> str:
    return answer.content.decode()


def start(browser: Browser, invoice: Invoice, gateway: CompanyGateway, **more: str) -> Any:
    return browser.post(START, {"invoice": ids.encode(invoice.pk), "way": way(gateway), **more})


def next_url(answer: Any) -> str:
    found = re.search(r'content="0;url=([^"]+)"', text(answer))
    assert found is not None, answer.status_code
    return found[1]


def settings(house: House, **said: Any) -> None:
    house.verger.refresh_from_db()
    update_client(house.verger, {"settings": {**house.verger.settings, **said}}, by=house.alice, on=ON)


def test_from_the_invoice_to_the_thanks(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    invoice = house.invoice()
    browser = enter(house.anna)
    page = text(browser.get(f"/client/invoices/{ids.encode(invoice.pk)}"))
    assert f'href="{PAY}?invoice={ids.encode(invoice.pk)}"' in page
    assert way(gateway) in text(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}"))
    back = stripe.pay(next_url(start(browser, invoice, gateway)))
    assert back.startswith("http://127.0.0.1:8000/client/payments/process/")
    told = text(browser.get(back.removeprefix("http://127.0.0.1:8000")))
    assert "Thank you, your payment has arrived" in told
    assert Payment.objects.get().amount == Decimal(200)
    again = text(browser.get(back.removeprefix("http://127.0.0.1:8000")))
    assert "Thank you, your payment has arrived" in again
    assert Payment.objects.count() == 1


def test_who_leaves_the_page_is_told_that_nothing_was_charged(house: House, gateway: CompanyGateway) -> None:
    browser = enter(house.anna)
    start(browser, house.invoice(), gateway)
    told = text(browser.get(f"{START}/{Attempt.objects.get().key}"))
    assert "You have not paid yet" in told
    assert f"{PAY}?invoice=" in told


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.PENDING, "Your payment is on its way"),
        (State.FAILED, "The payment did not go through"),
        (State.ODD, "not as we expected it"),
    ],
)
def test_every_outcome_has_its_page(house: House, gateway: CompanyGateway, state: State, words: str) -> None:
    browser = enter(house.anna)
    start(browser, house.invoice(), gateway)
    Attempt.objects.update(state=state, reference="")
    assert words in text(browser.get(f"{START}/{Attempt.objects.get().key}"))


def test_nobody_sees_how_another_paid(house: House, gateway: CompanyGateway) -> None:
    start(enter(house.anna), house.invoice(), gateway)
    key = Attempt.objects.get().key
    assert enter(house.cleo).get(f"{START}/{key}").status_code == 404
    assert enter(house.anna).get(f"{START}/nothing").status_code == 404


def test_a_mailed_link_pays_its_own_document_and_no_other(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    first, second = house.invoice(), house.invoice()
    browser = Browser()
    browser.get(f"/client/invoice/{house.key(first, house.anna)}")
    assert browser.get(f"{PAY}?invoice={ids.encode(first.pk)}").status_code == 200
    assert browser.get(f"{PAY}?invoice={ids.encode(second.pk)}").url == "/client/more"
    assert start(browser, second, gateway).url == "/client/more"
    stripe.pay(next_url(start(browser, first, gateway)))
    assert "Thank you" in text(browser.get(f"{START}/{Attempt.objects.get().key}"))


def test_staff_who_look_silently_pay_nothing(house: House, gateway: CompanyGateway) -> None:
    invoice = house.invoice()
    browser = enter(house.anna, silent="true", client_hash=house.verger.client_hash)
    assert start(browser, invoice, gateway).status_code == 403
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("50", "This is not a number"), ("x", "This is not a number"), ("5", "Please pay at least")],
)
def test_a_wrong_amount_is_said_at_the_amount(
    house: House, gateway: CompanyGateway, typed: str, said: str
) -> None:
    settings(house, client_portal_allow_under_payment=True, client_portal_under_payment_minimum=20)
    invoice = house.invoice()
    browser = enter(house.anna)
    answer = start(browser, invoice, gateway, **{f"amount.{ids.encode(invoice.pk)}": typed})
    if typed == "50":
        assert (answer.status_code, Attempt.objects.get().amount) == (200, Decimal(50))
        return
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Attempt.objects.exists()


def test_terms_are_accepted_first_where_the_company_asks(house: House, gateway: CompanyGateway) -> None:
    settings(house, show_accept_invoice_terms=True, invoice_terms="Thirty days.")
    browser, invoice = enter(house.anna), house.invoice()
    assert "Thirty days." in text(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}"))
    answer = start(browser, invoice, gateway)
    assert (answer.status_code, "Please accept the terms." in text(answer)) == (422, True)
    assert start(browser, invoice, gateway, terms="1").status_code == 200


def test_a_fee_is_shown_and_only_what_was_shown_is_taken(house: House, gateway: CompanyGateway) -> None:
    update_gateway(gateway, {"fees_and_limits": {"1": {"fee_amount": 3}}}, by=house.alice, on=ON)
    browser, invoice = enter(house.anna), house.invoice()
    assert "€203.00" in text(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}"))
    assert start(browser, invoice, gateway).status_code == 422
    assert start(browser, invoice, gateway, **{f"fee.{way(gateway)}": "3"}).status_code == 200
    assert Attempt.objects.get().amount == Decimal(203)


def test_methods_are_stored_preferred_charged_and_removed(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    browser = enter(house.anna)
    for card in (stripe_double.GOOD, stripe_double.DECLINED_LATER):
        answer = browser.post("/client/payment_methods/add", {"way": way(gateway)})
        back = stripe.pay(next_url(answer), card)
        assert (
            browser.get(back.removeprefix("http://127.0.0.1:8000")).url
            == "/client/payment_methods?done=stored"
        )
    first, second = StoredMethod.objects.order_by("pk")
    browser.post(f"/client/payment_methods/{ids.encode(second.pk)}/prefer")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)
    page = text(browser.get("/client/payment_methods"))
    assert page.index("0341") < page.index("4242")
    invoice = house.invoice()
    declined = browser.post(
        START, {"invoice": ids.encode(invoice.pk), "way": f"stored-{ids.encode(second.pk)}"}
    )
    assert "Your card was declined." in text(browser.get(declined.url))
    paid = browser.post(START, {"invoice": ids.encode(invoice.pk), "way": f"stored-{ids.encode(first.pk)}"})
    assert "Thank you" in text(browser.get(paid.url))
    browser.post(f"/client/payment_methods/{ids.encode(second.pk)}/remove")
    first.refresh_from_db()
    assert (StoredMethod.objects.live().count(), first.is_default) == (1, True)


def stored_card(browser: Browser, gateway: CompanyGateway, stripe: stripe_double.Desk) -> str:
    """The client stores a card; answers its word in the form."""
    answer = browser.post("/client/payment_methods/add", {"way": way(gateway)})
    browser.get(stripe.pay(next_url(answer)).removeprefix("http://127.0.0.1:8000"))
    return f"stored-{ids.encode(StoredMethod.objects.get().pk)}"


def test_a_second_click_takes_no_second_part_and_no_other_invoice(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, client_portal_allow_under_payment=True)
    browser = enter(house.anna)
    card, invoice, other = stored_card(browser, gateway, stripe), house.invoice(), house.invoice()
    key = ids.encode(invoice.pk)
    for once, amount, paid in (("first", "50", [50]), ("second", "150", [50, 150])):
        sent = {"invoice": key, f"amount.{key}": amount, "way": card, "once": once}
        answers = [browser.post(START, sent) for _ in range(2)]
        assert [answer.url for answer in answers] == [f"{START}/{once}"] * 2
        assert [payment.amount for payment in Payment.objects.order_by("pk")] == paid
    other.refresh_from_db()
    assert other.balance == 200


def test_the_pages_word_is_none_of_the_visitors(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    browser = enter(house.anna)
    card, invoice = stored_card(browser, gateway, stripe), house.invoice()
    browser.post(START, {"invoice": ids.encode(invoice.pk), "way": card, "once": "../x"})
    assert Attempt.objects.latest("pk").key != "../x"
    assert Payment.objects.get().amount == 200


def test_what_is_paid_already_or_not_ticked_pays_nothing_else(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    browser = enter(house.anna)
    card, invoice = stored_card(browser, gateway, stripe), house.invoice()
    house.invoice()
    sent = {"invoice": ids.encode(invoice.pk), "way": card}
    browser.post(START, sent)
    for again in (sent, {"way": card}):
        answer = browser.post(START, again)
        assert (answer.status_code, Payment.objects.count()) == (422, 1)
        assert "Choose what you would like to pay." in text(answer)


def test_a_method_of_another_client_is_not_there(house: House, gateway: CompanyGateway) -> None:
    theirs = StoredMethod.objects.create(
        client=house.marchand, gateway=gateway, gateway_type_id="1", token="pm_theirs"
    )
    browser, invoice, key = enter(house.anna), house.invoice(), ids.encode(theirs.pk)
    for verb in ("prefer", "remove"):
        assert browser.post(f"/client/payment_methods/{key}/{verb}").status_code == 404
    answer = browser.post(START, {"invoice": ids.encode(invoice.pk), "way": f"stored-{key}"})
    assert answer.status_code == 422
    assert not Attempt.objects.exists()


def test_own_instructions_are_shown_where_nothing_is_collected(
    house: House, stripe: stripe_double.Desk
) -> None:
    said = {"name": "By cheque", "text": "Send it to **Paris** with number $number. <script>x</script>"}
    add_gateway({"gateway_key": CUSTOM, "config": said}, by=house.alice, on=ON)
    invoice = house.invoice()
    page = text(enter(house.anna).get(f"/client/invoices/{ids.encode(invoice.pk)}"))
    assert "By cheque" in page
    assert f"<strong>Paris</strong> with number {invoice.number}." in page
    assert "<script>x" not in page
    assert PAY not in page


def test_without_a_gateway_nothing_offers_to_pay_online(house: House) -> None:
    invoice = house.invoice()
    browser = enter(house.anna)
    assert PAY not in text(browser.get(f"/client/invoices/{ids.encode(invoice.pk)}"))
    assert 'name="way"' not in text(browser.get(PAY))
    assert browser.post(START, {"invoice": ids.encode(invoice.pk), "way": "x"}).status_code == 422
