"""Paying with what one has with the company: credit notes and payments that no invoice has claimed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.collecting import own_money, settling
from comptoir.collecting.models import Attempt, State
from comptoir.config.audit import examine
from comptoir.gateways.models import CompanyGateway
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_payment
from comptoir.payments.parts import Part
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.operations import create_credit, mark_sent
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import delete_invoice
from tests import stripe_double
from tests.unit.portal.conftest import ON, House, enter, stripe_gateway, text
from tests.unit.portal.test_paying import PAY, START, next_url, settings, way

Figures = tuple[Decimal, Decimal, Decimal, Decimal]


@pytest.fixture
def gateway(house: House, stripe: stripe_double.Desk) -> CompanyGateway:
    return stripe_gateway(house)


def credit(house: House, amount: str, **fields: Any) -> Credit:
    said = {"client": house.verger, "date": ON, "line_items": [{"cost": amount, "quantity": 1}], **fields}
    return mark_sent(create_credit(said, by=house.alice, on=ON), by=house.alice, on=ON)


def figures(house: House) -> Figures:
    """Owed, paid, open credit, unapplied; the audit holds them to the ledger."""
    house.verger.refresh_from_db()
    assert [str(fault) for fault in examine()] == []
    client = house.verger
    return client.balance, client.paid_to_date, client.credit_balance, client.payment_balance


def form(invoice: Invoice, gateway: CompanyGateway, shown: str, *own: str) -> dict[str, Any]:
    return {"invoice": ids.encode(invoice.pk), "way": way(gateway), "own.shown": shown, "own": list(own)}


def test_credit_is_taken_off_and_used_once_the_rest_is_paid(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, use_credits_payment="always")
    invoice, note = house.invoice(), credit(house, "50.50")
    browser = enter(house.anna)
    page = text(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}"))
    assert "Your credit notes -€50.50 Left to pay €149.50" in page
    url = next_url(browser.post(START, form(invoice, gateway, "50.5")))
    attempt = Attempt.objects.get()
    assert attempt.amount == Decimal("149.5")
    assert attempt.own == [["credit", note.pk, invoice.pk, "50.5"]]
    assert figures(house) == (200, 0, Decimal("50.50"), 0)
    stripe.pay(url)
    settling.follow(attempt)
    invoice.refresh_from_db()
    payment = Payment.objects.get()
    assert (payment.amount, payment.applied, payment.unapplied) == (Decimal("149.50"), Decimal("149.50"), 0)
    assert set(payment.allocations.values_list("invoice_id", "credit_id", "amount")) == {
        (invoice.pk, None, Decimal(200)),
        (None, note.pk, Decimal("50.5")),
    }
    assert figures(house) == (0, 200, 0, 0)


def test_what_covers_everything_settles_it_and_no_gateway_is_asked(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, use_credits_payment="always", use_unapplied_payment="always")
    record_payment({"client": house.verger, "amount": Decimal(30)}, by=house.alice, on=ON)
    credit(house, "500")
    invoice = house.invoice()
    browser = enter(house.anna)
    page = text(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}"))
    assert "What you have with us covers all of it. Nothing is charged." in page
    assert 'name="way"' not in page
    answer = browser.post(START, form(invoice, gateway, "200"))
    assert answer.url == f"/client/invoices/{ids.encode(invoice.pk)}?done=settled"
    assert (Attempt.objects.count(), stripe.seen) == (0, [])
    assert figures(house) == (0, 200, 330, 0)
    assert list(Payment.objects.order_by("pk").values_list("amount", "applied")) == [(30, 30), (0, 0)]
    assert "Thank you. It is paid with what you had with us." in text(browser.get(answer.url))


def test_a_transfer_asks_for_the_whole_and_leaves_own_money_alone(house: House) -> None:
    settings(house, use_credits_payment="always")
    house.switch(iban="DE89370400440532013000")
    first, second = house.invoice(), house.invoice()
    stays = "A transfer asks for the whole: what you have with us stays yours"
    address = f"{PAY}?invoice={ids.encode(first.pk)}&invoice={ids.encode(second.pk)}"
    browser = enter(house.anna)
    assert stays not in text(browser.get(address))
    credit(house, "250.50")
    page = browser.get(address)
    (one,) = page.context["transfers"]
    whole = ("€400.00", f"{first.number} {second.number}")
    assert (one["transfer"].amount, one["transfer"].reference) == whole
    assert stays in text(page)
    credit(house, "149.50")
    page = text(browser.get(address))
    assert "Nothing is charged." in page
    assert "By bank transfer" not in page


def test_it_works_where_there_is_no_gateway(house: House) -> None:
    settings(house, use_credits_payment="option")
    credit(house, "200")
    invoice = house.invoice()
    sent = {"invoice": ids.encode(invoice.pk), "own.shown": "200", "own": "credit"}
    assert enter(house.anna).post(START, sent).status_code == 302
    assert figures(house) == (0, 200, 0, 0)


@pytest.mark.parametrize(
    ("mode", "ticked", "shown", "asked"),
    [
        ("option", ["credit"], "50", "150"),
        ("option", [], "0", "200"),
        ("off", ["credit"], "0", "200"),
        ("always", [], "50", "150"),
    ],
)
def test_used_offered_or_off(
    house: House, gateway: CompanyGateway, mode: str, ticked: list[str], shown: str, asked: str
) -> None:
    settings(house, use_credits_payment=mode)
    credit(house, "50")
    invoice = house.invoice()
    browser = enter(house.anna)
    page = browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}").content.decode()
    assert ("What you have with us" in page) == (mode != "off")
    assert ('name="own" value="credit" checked' in page) == (mode == "option")
    assert browser.post(START, form(invoice, gateway, shown, *ticked)).status_code == 200
    assert Attempt.objects.get().amount == Decimal(asked)


@pytest.mark.parametrize("shown", ["0", "49", "51", "x"])
def test_nobody_pays_another_sum_than_was_shown(house: House, gateway: CompanyGateway, shown: str) -> None:
    settings(house, use_credits_payment="always")
    credit(house, "50")
    invoice = house.invoice()
    answer = enter(house.anna).post(START, form(invoice, gateway, shown))
    assert answer.status_code == 422
    page = text(answer)
    assert "What you have with us has changed. Please look at the new total." in page
    assert "Left to pay €150.00" in page
    assert not Attempt.objects.exists()
    assert figures(house) == (200, 0, 50, 0)


def test_credit_past_its_day_and_of_another_currency_is_not_used(
    house: House, gateway: CompanyGateway
) -> None:
    settings(house, use_credits_payment="always")
    note = credit(house, "50")
    Credit.objects.filter(pk=note.pk).update(due_date="2020-01-01")
    credit(house, "60")
    Credit.objects.exclude(pk=note.pk).update(currency_id="1")
    page = text(enter(house.anna).get(PAY + f"?invoice={ids.encode(house.invoice().pk)}"))
    assert "What you have with us" not in page


def test_one_credit_is_not_promised_twice(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    """A page that was left open for one invoice is closed when its credit is wanted for another."""
    settings(house, use_credits_payment="always")
    credit(house, "50")
    first, second = house.invoice(), house.invoice()
    browser = enter(house.anna)
    left = next_url(browser.post(START, form(first, gateway, "50")))
    page = next_url(browser.post(START, form(second, gateway, "50")))
    assert stripe.session_of(left)["status"] == "expired"
    stripe.pay(page)
    settling.follow(Attempt.objects.get(state=State.STARTED))
    assert figures(house) == (200, 200, 0, 0)


def test_what_a_page_holds_that_was_left_open_settles_another_invoice(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, use_credits_payment="always")
    credit(house, "50")
    first, second = house.invoice(), house.invoice(line_items=[{"cost": 50, "quantity": 1}])
    browser = enter(house.anna)
    left = next_url(browser.post(START, form(first, gateway, "50")))
    answer = browser.post(START, {"invoice": ids.encode(second.pk), "own.shown": "50"})
    assert answer.url == f"/client/invoices/{ids.encode(second.pk)}?done=settled"
    assert stripe.session_of(left)["status"] == "expired"
    assert figures(house) == (200, 50, 0, 0)


def test_what_a_debit_on_its_way_counts_on_is_spoken_for(house: House, gateway: CompanyGateway) -> None:
    settings(house, use_credits_payment="always")
    credit(house, "50")
    first, second = house.invoice(), house.invoice()
    browser = enter(house.anna)
    browser.post(START, form(first, gateway, "50"))
    Attempt.objects.update(state=State.PENDING)
    assert "Left to pay" not in text(browser.get(f"{PAY}?invoice={ids.encode(second.pk)}"))
    browser.post(START, form(second, gateway, "0"))
    assert Attempt.objects.order_by("pk").last().amount == 200
    own_money.pay_by_itself(second, by=house.alice, on=ON)
    assert figures(house) == (400, 0, 50, 0)


def test_credit_that_is_gone_once_the_money_comes_leaves_its_part_open(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, use_credits_payment="always")
    note, first, second = credit(house, "50"), house.invoice(), house.invoice()
    url = next_url(enter(house.anna).post(START, form(first, gateway, "50")))
    said = {
        "client": house.verger,
        "invoices": [{"invoice": second, "amount": Decimal(40)}],
        "credits": [{"credit": note, "amount": Decimal(40)}],
    }
    record_payment(said, by=house.alice, on=ON)
    stripe.pay(url)
    settling.follow(Attempt.objects.get())
    first.refresh_from_db()
    assert first.balance == 40
    assert figures(house) == (200, 200, 0, 0)


def test_unapplied_money_helps_too_and_the_oldest_goes_first(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, use_unapplied_payment="option", use_credits_payment="option")
    for amount in (30, 40):
        record_payment({"client": house.verger, "amount": Decimal(amount)}, by=house.alice, on=ON)
    credit(house, "25")
    first, second = house.invoice(), house.invoice(line_items=[{"cost": 60, "quantity": 1}])
    sent = {**form(first, gateway, "95", "payment", "credit")}
    sent["invoice"] = [ids.encode(first.pk), ids.encode(second.pk)]
    stripe.pay(next_url(enter(house.anna).post(START, sent)))
    settling.follow(Attempt.objects.get())
    payments = Payment.objects.order_by("pk").values_list("amount", "applied", "unapplied")
    assert list(payments) == [(30, 30, 0), (40, 40, 0), (165, 165, 0)]
    assert figures(house) == (0, 260, 0, 0)


def test_a_plan_never_takes_more_than_an_invoice_owes(house: House) -> None:
    settings(house, use_credits_payment="always")
    credit(house, "500")
    invoice = house.invoice()
    found = own_money.plan(house.verger, [Part(invoice, Decimal(250))], ["credit"], on=ON)
    assert (found.total, found.left) == (200, 50)


def test_the_page_asks_the_database_as_often_for_eight_invoices_as_for_two(
    house: House, gateway: CompanyGateway
) -> None:
    settings(house, use_credits_payment="option", use_unapplied_payment="always")
    credit(house, "50")
    browser = enter(house.anna)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(PAY).status_code == 200
        return len(asked)

    for _ in range(2):
        house.invoice()
    queries()  # the first visit fills what is kept
    before = queries()
    for _ in range(6):
        house.invoice()
    assert queries() == before


def test_money_for_an_invoice_that_was_deleted_meanwhile_is_booked_all_the_same(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    settings(house, use_unapplied_payment="always")
    record_payment({"client": house.verger, "amount": Decimal(30)}, by=house.alice, on=ON)
    invoice = house.invoice()
    url = next_url(enter(house.anna).post(START, form(invoice, gateway, "30")))
    delete_invoice(invoice, by=house.alice, on=ON)
    stripe.pay(url)
    settling.follow(Attempt.objects.get())
    assert list(Payment.objects.order_by("pk").values_list("amount", "unapplied")) == [(30, 30), (170, 170)]
    assert figures(house) == (0, 200, 0, 200)


def test_by_itself_it_leaves_alone_what_other_money_is_on_its_way_for(
    house: House, gateway: CompanyGateway
) -> None:
    settings(house, use_credits_payment="always")
    invoice = house.invoice()
    enter(house.anna).post(START, form(invoice, gateway, "0"))
    Attempt.objects.update(state=State.PENDING)
    credit(house, "50")
    own_money.pay_by_itself(invoice, by=house.alice, on=ON)
    assert figures(house) == (200, 0, 50, 0)
    Attempt.objects.update(state=State.FAILED)
    own_money.pay_by_itself(invoice, by=house.alice, on=ON)
    assert figures(house) == (150, 50, 0, 0)


def test_by_itself_it_pays_no_invoice_of_another_currency(house: House) -> None:
    invoice = house.invoice()
    settings(house, use_credits_payment="always", currency_id="1")
    credit(house, "50")
    own_money.pay_by_itself(Invoice.objects.get(pk=invoice.pk), by=house.alice, on=ON)
    assert figures(house) == (200, 0, 50, 0)
