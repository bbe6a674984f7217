"""Payment gateways in the settings, and what a payment of theirs offers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.collecting import settling, starting
from comptoir.collecting.starting import Wish
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.offers import offers
from comptoir.gateways.operations import add_gateway
from comptoir.gateways.registry import CUSTOM, STRIPE
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.payments.parts import Part
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.scope import acting_for
from tests import stripe_double
from tests.unit.office.conftest import ON, Office

MASK = "**********"
STRIPE_FORM = {"config.apiKey": stripe_double.KEY, "config.webhookSecret": stripe_double.SECRET}


@pytest.fixture
def desk(office: Office, stripe: stripe_double.Desk) -> Browser:
    return office.browser()


def added(desk: Browser, **more: str) -> CompanyGateway:
    sent = {**STRIPE_FORM, "token_billing": "optin", "ways.1.is_enabled": "1", **more}
    answer = desk.post("/settings/gateways/new/stripe", sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return CompanyGateway.everywhere.latest("pk")


def text(answer: Any) -> str:
    return answer.content.decode()


def test_stripe_is_added_tried_and_its_secrets_are_never_shown(desk: Browser) -> None:
    row = added(desk, **{"ways.1.fee_percent": "2,5", "ways.1.max_limit": "1000"})
    assert row.config["apiKey"] == stripe_double.KEY
    assert row.fees_and_limits["1"]["fee_percent"] == 2.5
    assert row.fees_and_limits["1"]["max_limit"] == 1000
    assert [way for way, said in row.fees_and_limits.items() if said["is_enabled"]] == ["1"]
    page = text(desk.get(f"/settings/gateways/{ids.encode(row.pk)}/edit"))
    assert "the provider knows it" in page
    assert f"/payment_webhook/{row.company.company_key}/{ids.encode(row.pk)}" in page
    assert stripe_double.KEY not in page
    assert stripe_double.SECRET not in page
    assert page.count(MASK) == 2


def test_what_is_sent_back_as_asterisks_stays(desk: Browser) -> None:
    row = added(desk)
    path = f"/settings/gateways/{ids.encode(row.pk)}/edit"
    desk.post(path, {"config.apiKey": MASK, "config.webhookSecret": "whsec_2", "token_billing": "off"})
    row.refresh_from_db()
    assert (row.config["apiKey"], row.config["webhookSecret"]) == (stripe_double.KEY, "whsec_2")


def test_the_connection_is_tried_as_saved(desk: Browser) -> None:
    row = added(desk)
    path = f"/settings/gateways/{ids.encode(row.pk)}"
    assert "The provider knows these credentials." in text(
        desk.post(f"{path}/test", headers={"hx-request": "true"})
    )
    desk.post(f"{path}/edit", {"config.apiKey": "sk_test_wrong"})
    assert "Stripe does not know this secret key." in text(
        desk.post(f"{path}/test", headers={"hx-request": "true"})
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"ways.1.fee_amount": "x"}, "This is not a number."),
        ({"ways.1.min_limit": "9", "ways.1.max_limit": "1"}, "The largest amount is below the smallest."),
        ({"ways.1.fee_percent": "100"}, "A percentage is below 100."),
    ],
)
def test_a_wrong_figure_is_said_at_its_input_and_nothing_is_kept(
    desk: Browser, sent: dict[str, str], said: str
) -> None:
    answer = desk.post("/settings/gateways/new/stripe", {**STRIPE_FORM, **sent})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert not CompanyGateway.everywhere.exists()


def test_the_order_is_changed_and_new_ones_come_last(desk: Browser, office: Office) -> None:
    first = added(desk)
    desk.post("/settings/gateways/new/custom", {"config.name": "Cheque", "config.text": "By post."})
    second = CompanyGateway.everywhere.latest("pk")
    assert (second.gateway_key, second.label) == (CUSTOM, "Cheque")
    desk.post(f"/settings/gateways/{ids.encode(second.pk)}/up")
    keys = [ids.encode(second.pk), ids.encode(first.pk)]
    assert office.company.settings["company_gateway_ids"] == ",".join(keys)
    third = added(desk)
    assert office.company.settings["company_gateway_ids"] == ",".join([*keys, ids.encode(third.pk)])
    page = text(desk.get("/settings/gateways"))
    places = [page.index(f"/settings/gateways/{ids.encode(row.pk)}/edit") for row in (second, first, third)]
    assert places == sorted(places)


def test_archived_it_is_offered_no_more_and_can_come_back(desk: Browser) -> None:
    row = added(desk)
    path = f"/settings/gateways/{ids.encode(row.pk)}"
    desk.post(f"{path}/archive")
    row.refresh_from_db()
    assert row.is_archived
    desk.post(f"{path}/restore")
    row.refresh_from_db()
    assert not row.is_archived


def test_only_who_may_change_the_company_sees_them(office: Office, stripe: stripe_double.Desk) -> None:
    carol = office.browser(office.carol)
    assert carol.get("/settings/gateways").status_code == 403
    assert carol.post("/settings/gateways/new/stripe", STRIPE_FORM).status_code == 403
    dora = office.browser(office.dora)
    row = added(office.browser())
    for act in ("edit", "test", "archive"):
        assert dora.post(f"/settings/gateways/{ids.encode(row.pk)}/{act}").status_code == 404


@pytest.fixture
def payment(office: Office, stripe: stripe_double.Desk) -> Payment:
    """200 euros, paid by card."""
    by = office.alice.actor()
    with acting_for(office.company):
        gateway = add_gateway({"gateway_key": STRIPE, "config": stripe_double.CONFIG}, by=by, on=ON)
        said = {"client": office.client, "date": ON, "line_items": [{"cost": 200, "quantity": 1}]}
        invoice = mark_sent(create_invoice(said, by=by, on=ON), by=by, on=ON)
        parts = [Part(Invoice.objects.get(), Decimal(200))]
        contact = invoice.client.contacts.live().first()
        wish = Wish(
            invoice.client, contact, parts, f"{ids.encode(gateway.pk)}-1", back="http://x", cancel="http://x"
        )
        attempt, url = starting.begin(wish, by=by, on=ON)
        stripe.pay(url)
        settling.follow(attempt)
        return Payment.objects.get()


def test_a_payment_names_its_gateway_and_is_refunded_by_it(
    office: Office, payment: Payment, stripe: stripe_double.Desk
) -> None:
    browser, path = office.browser(), f"/payments/{ids.encode(payment.pk)}"
    page = text(browser.get(path))
    assert payment.transaction_reference in page
    assert re.search(r"Stripe", page)
    dialog = text(browser.get(f"{path}/refund"))
    assert "Give the money back by Stripe" in dialog
    name = re.search(r'name="(part\.\d+)"', dialog)
    assert name is not None
    stripe.seen.clear()
    browser.post(f"{path}/refund", {name[1]: "50", "date": "2026-11-24", "by_gateway": "1"})
    assert [form["amount"] for _, at, form, _ in stripe.seen if at == "/v1/refunds"] == ["5000"]
    payment.refresh_from_db()
    assert payment.refunded == Decimal(50)
    browser.post(f"{path}/refund", {name[1]: "10", "date": "2026-11-24", "by_gateway": ""})
    payment.refresh_from_db()
    assert payment.refunded == Decimal(60)
    assert len([at for _, at, _, _ in stripe.seen if at == "/v1/refunds"]) == 1


def test_a_refund_without_an_answer_is_said_and_booked_later(
    office: Office, payment: Payment, stripe: stripe_double.Desk
) -> None:
    browser, path = office.browser(), f"/payments/{ids.encode(payment.pk)}"
    name = re.search(r'name="(part\.\d+)"', text(browser.get(f"{path}/refund")))
    assert name is not None
    stripe.is_down = True
    answer = browser.post(f"{path}/refund", {name[1]: "50", "date": "2026-11-24", "by_gateway": "1"})
    assert (answer.status_code, "It will be asked again." in text(answer)) == (422, True)
    payment.refresh_from_db()
    assert payment.refunded == 0


def test_a_client_is_offered_one_gateway_or_none(office: Office, desk: Browser) -> None:
    added(desk)
    path = f"/settings/payments?level=client&id={ids.encode(office.client.pk)}"
    assert 'name="company_gateway_ids"' in text(desk.get(path))
    assert 'name="company_gateway_ids"' not in text(desk.get("/settings/payments"))
    with acting_for(office.company):
        assert len(offers(office.client, Decimal(10), office.client.currency_id)) == 1
    desk.post(path, {"company_gateway_ids": "0"})
    with acting_for(office.company):
        office.client.refresh_from_db()
        assert offers(office.client, Decimal(10), office.client.currency_id) == []


def test_what_clients_are_asked_before_paying_is_chosen(desk: Browser, office: Office) -> None:
    row = added(desk)
    assert (row.require_billing_address, row.require_shipping_address) == (False, False)
    own = {"client2": "Member number|single_line_text"}
    type(office.company).objects.filter(pk=office.company.pk).update(custom_fields=own)
    at = f"/settings/gateways/{ids.encode(row.pk)}/edit"
    page = text(desk.get(at))
    assert "Member number" in page
    assert 'name="require_custom_value1"' not in page
    chosen = {"require_client_phone": "1", "require_custom_value2": "1", "always_show_required_fields": "1"}
    kept = {"config.apiKey": MASK, "config.webhookSecret": MASK, "ways.1.is_enabled": "1"}
    assert desk.post(at, {**kept, **chosen}).status_code == 302
    row.refresh_from_db()
    flags = ("require_client_phone", "require_custom_value2", "always_show_required_fields",
             "require_client_name", "require_billing_address")  # fmt: skip
    assert [getattr(row, flag) for flag in flags] == [True, True, True, False, False]
    assert row.config["apiKey"] == stripe_double.KEY
