"""Automatic payment of recurring invoices, turned on and off by the client."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.clients.models import Contact
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.operations import add_gateway
from comptoir.gateways.registry import STRIPE
from comptoir.kernel import ids
from comptoir.kernel.refused import WrongState
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.auto_billing import choose_auto_bill
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.sales.recurring.operations import create_recurring, start, update_recurring
from comptoir.sales.recurring.running import make_next
from tests import stripe_double
from tests.unit.portal.conftest import LINE, ON, House, enter, last_activity, stripe_gateway, text, told
from tests.unit.portal.test_paying import PAY, START, next_url, way


def schedule(house: House, auto_bill: str, **fields: Any) -> RecurringInvoice:
    said = {
        "client": house.verger,
        "frequency_id": "5",
        "line_items": [LINE],
        "auto_bill": auto_bill,
        **fields,
    }
    return start(create_recurring(said, by=house.alice, on=ON), by=house.alice, on=ON)


def page_of(recurring: RecurringInvoice) -> str:
    return f"/client/recurring_invoices/{ids.encode(recurring.pk)}"


def made_of(recurring: RecurringInvoice, house: House) -> Invoice:
    found = make_next(recurring, None, by=house.alice, on=ON)
    assert found is not None
    return found


def test_a_client_turns_it_on_and_what_is_open_and_comes_follows(house: House) -> None:
    recurring = schedule(house, "optin")
    first = made_of(recurring, house)
    Invoice.objects.update(auto_bill_tries=2)
    browser = enter(house.anna)
    assert "You pay each invoice yourself." in text(browser.get(page_of(recurring)))
    answer = browser.post(f"{page_of(recurring)}/auto_bill", {"auto_bill": "on"})
    assert answer.url == f"{page_of(recurring)}?done=auto_bill_on"
    recurring.refresh_from_db()
    first.refresh_from_db()
    assert (recurring.auto_bill_enabled, first.auto_bill_enabled, first.auto_bill_tries) == (True, True, 0)
    said = last_activity()
    assert (said.fact, said.code, said.actor_kind, said.actor_id) == (
        "AutoBillTurnedOn", 101, "contact", house.anna.pk,
    )  # fmt: skip
    assert made_of(recurring, house).auto_bill_enabled is True
    page = text(browser.get(page_of(recurring)))
    assert "Each invoice is charged on its due date." in page
    assert "No payment method is stored yet: nothing can be charged." in page


def test_the_page_names_the_card_that_is_charged(house: House) -> None:
    recurring = schedule(house, "optout")
    house.wishes(auto_bill_date="on_send_date")
    gateway = add_gateway({"gateway_key": STRIPE, "config": {}}, by=house.alice, on=ON)
    StoredMethod.objects.create(
        client=house.verger, gateway=gateway, gateway_type_id="1", token="pm_1",
        meta={"brand": "visa", "last4": "4242"},
    )  # fmt: skip
    page = text(enter(house.anna).get(page_of(recurring)))
    assert "Each invoice is charged to Visa •••• 4242 on the day it is sent." in page
    assert "No payment method is stored" not in page


def test_turned_off_nothing_open_is_charged_any_more(house: House) -> None:
    recurring = schedule(house, "optout")
    first = made_of(recurring, house)
    assert first.auto_bill_enabled is True
    enter(house.anna).post(f"{page_of(recurring)}/auto_bill", {"auto_bill": "off"})
    recurring.refresh_from_db()
    first.refresh_from_db()
    assert (recurring.auto_bill_enabled, first.auto_bill_enabled) == (False, False)
    assert told()[-1] == "AutoBillTurnedOff"


@pytest.mark.parametrize("auto_bill", ["always", "off"])
def test_where_the_company_decides_there_is_no_switch_and_a_forged_one_does_nothing(
    house: House, auto_bill: str
) -> None:
    recurring = schedule(house, auto_bill)
    browser = enter(house.anna)
    assert 'name="auto_bill"' not in browser.get(page_of(recurring)).content.decode()
    before = told()
    word = "off" if auto_bill == "always" else "on"
    browser.post(f"{page_of(recurring)}/auto_bill", {"auto_bill": word})
    recurring.refresh_from_db()
    assert (recurring.auto_bill_enabled, told()) == (auto_bill == "always", before)
    with pytest.raises(WrongState):
        choose_auto_bill(recurring, is_on=True, by=house.alice, on=ON)


def test_the_choice_outlives_other_changes_and_ends_when_the_company_changes_its_mind(house: House) -> None:
    recurring = schedule(house, "optin")
    choose_auto_bill(recurring, is_on=True, by=house.alice, on=ON)
    for sent, is_on in (
        ({"public_notes": "Hello"}, True),
        ({"auto_bill": "optin"}, True),
        ({"auto_bill": "off"}, False),
        ({"auto_bill": "optout"}, True),
    ):
        update_recurring(recurring, sent, by=house.alice, on=ON)
        assert recurring.auto_bill_enabled is is_on, sent


def test_nobody_switches_for_another_client_or_in_a_preview(house: House) -> None:
    recurring = schedule(house, "optin")
    address = f"{page_of(recurring)}/auto_bill"
    assert enter(house.cleo).post(address, {"auto_bill": "on"}).status_code == 404
    silent = enter(house.anna, silent="true", client_hash=house.verger.client_hash)
    assert silent.post(address, {"auto_bill": "on"}).status_code == 403
    assert 'name="auto_bill"' not in silent.get(page_of(recurring)).content.decode()
    recurring.refresh_from_db()
    assert recurring.auto_bill_enabled is False
    assert Contact.objects.filter(pk=house.anna.pk).exists()


def test_a_card_that_is_kept_while_paying_pays_what_comes(house: House, stripe: stripe_double.Desk) -> None:
    gateway = stripe_gateway(house)
    old = StoredMethod.objects.create(
        client=house.verger, gateway=gateway, gateway_type_id="1", token="pm_old", is_default=True
    )
    recurring = schedule(house, "optin")
    invoice = made_of(recurring, house)
    browser = enter(house.anna)
    page = browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}").content.decode()
    assert 'name="auto_bill"' in page
    assert (
        'name="auto_bill"'
        not in browser.get(f"{PAY}?invoice={ids.encode(house.invoice().pk)}").content.decode()
    )
    sent = {"invoice": ids.encode(invoice.pk), "way": way(gateway), "auto_bill": "1"}
    url = next_url(browser.post(START, sent))
    recurring.refresh_from_db()
    assert recurring.auto_bill_enabled is False
    browser.get(stripe.pay(url).removeprefix("http://127.0.0.1:8000"))
    recurring.refresh_from_db()
    old.refresh_from_db()
    kept = StoredMethod.objects.exclude(pk=old.pk).get()
    assert (recurring.auto_bill_enabled, kept.is_default, old.is_default) == (True, True, False)
    assert "AutoBillTurnedOn" in told()
