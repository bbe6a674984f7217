"""The client is told of a refund where it is asked for, once; nothing goes back where nobody can be told."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.collecting.models import GatewayRefund
from comptoir.collecting.refunding import carry_out
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.receipts import send_receipt
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import STRIPE
from comptoir.payments.models import Payment, Refund
from tests import stripe_double
from tests.unit.api.conftest import Cast, Door
from tests.unit.api.test_gateways import charged
from tests.unit.api.test_lifecycles import made

pytestmark = pytest.mark.usefixtures("at_alices")

PEOPLE = [
    {"first_name": "Bea", "email": "bea@bistro.test", "send_email": True},
    {"first_name": "Kim", "email": "kim@bistro.test", "send_email": True},
]


@pytest.fixture
def client(door: Door) -> str:
    return str(door.post("clients", {"name": "Bistro", "contacts": PEOPLE}).rows["id"])


def paid(door: Door, client: str) -> tuple[str, dict[str, Any]]:
    """A payment that paid an invoice, and what asks for a fifth of it back."""
    bill = made(door, "invoices", client)
    parts = [{"invoice_id": bill["id"], "amount": 100}]
    said = {"client_id": client, "invoices": parts}
    key = str(door.post("payments?email_receipt=false", said).rows["id"])
    return key, {"id": key, "invoices": [{"invoice_id": bill["id"], "amount": 20}], "date": "2026-11-20"}


def mails() -> list[tuple[str, str, str, str]]:
    rows = MailDelivery.objects.order_by("pk")
    return [(one.kind, one.template, one.recipient, one.subject) for one in rows]


TOLD = [
    ("payment", "refund", "bea@bistro.test", "Alice Ltd has refunded $20.00"),
    ("payment", "refund", "kim@bistro.test", "Alice Ltd has refunded $20.00"),
]


@pytest.mark.parametrize(
    ("query", "body", "wanted"),
    [
        ("", {}, False),
        ("?email_receipt=false", {}, False),
        ("?email_receipt=", {}, False),
        ("?email_receipt=false", {"email_receipt": True}, False),
        ("", {"email_receipt": False}, False),
        ("?email_receipt=true", {}, True),
        ("", {"email_receipt": True}, True),
        ("", {"email_receipt": "true"}, True),
    ],
)
def test_the_client_is_told_where_it_is_asked_for(
    door: Door, client: str, query: str, body: dict[str, Any], wanted: bool
) -> None:
    _key, said = paid(door, client)
    answer = door.post(f"payments/refund{query}", {**said, **body})
    assert (answer.status, answer.rows["refunded"]) == (200, 20)
    assert mails() == (TOLD if wanted else [])
    assert Activity.objects.filter(fact="RefundEmailed").count() == wanted


def test_each_refund_is_told_with_its_own_sum_and_day_and_once_for_its_key(door: Door, client: str) -> None:
    _key, said = paid(door, client)
    for _ in range(2):
        door.post("payments/refund?email_receipt=true", said, idempotency_key="one")
    assert mails() == TOLD
    html = MailDelivery.objects.earliest("pk").html
    assert ("$20.00" in html, "Nov" in html, "$100.00" in html) == (True, True, False)
    said["invoices"][0]["amount"] = 5
    door.post("payments/refund?email_receipt=true", said)
    assert [subject for *_rest, subject in mails()[2:]] == ["Alice Ltd has refunded $5.00"] * 2
    notes = Activity.objects.filter(fact="RefundEmailed").order_by("pk").values_list("notes", flat=True)
    assert [Decimal(one) for one in notes] == [20, 5]


def test_the_word_about_a_refund_is_no_receipt(door: Door, client: str) -> None:
    """A receipt that the worker has still to send leaves all the same."""
    _key, said = paid(door, client)
    door.post("payments/refund?email_receipt=true", said)
    payment = Payment.objects.get()
    send_receipt(activity=1, kind="payment", id=payment.pk, fact="PaymentRecorded")
    assert [template for _kind, template, *_rest in mails()] == ["refund"] * 2 + ["payment_partial"] * 2


def test_nothing_goes_back_where_nobody_can_be_told(door: Door) -> None:
    lonely = str(door.post("clients", {"name": "Quiet"}).rows["id"])
    key, said = paid(door, lonely)
    answer = door.post("payments/refund?email_receipt=true", said)
    assert (answer.status, list(answer.data["errors"])) == (422, ["contacts"])
    assert (door.get(f"payments/{key}").rows["refunded"], Refund.objects.count(), mails()) == (0, 0, [])


def test_whoever_may_not_send_mail_refunds_without(cast: Cast, door: Door, carols: Door, client: str) -> None:
    key, said = paid(door, client)
    cast.carol.permissions = "edit_all,view_all,create_all,disable_emails"
    cast.carol.save(update_fields=["permissions"])
    assert carols.post("payments/refund?email_receipt=true", said).status == 401
    assert (door.get(f"payments/{key}").rows["refunded"], mails()) == (0, [])
    assert carols.post("payments/refund", said).rows["refunded"] == 20
    assert mails() == []


def test_the_gateway_is_asked_also_where_the_query_says_so(door: Door, client: str) -> None:
    """Apps do; here no gateway has collected it, so that nothing may be recorded as if one gave it back."""
    key, said = paid(door, client)
    answer = door.post("payments/refund?email_receipt=true&gateway_refund=true", said)
    assert (answer.status, list(answer.data["errors"])) == (422, ["id"])
    assert (door.get(f"payments/{key}").rows["refunded"], mails()) == (0, [])


def test_each_gateway_refund_is_told_with_its_own_sum(
    door: Door, client: str, stripe: stripe_double.Desk
) -> None:
    """One that got no answer is asked for again after another was recorded."""
    door.post("company_gateways", {"gateway_key": STRIPE, "config": json.dumps(stripe_double.CONFIG)})
    _key, said = paid(door, client)
    intent = stripe.ask("POST", "/v1/payment_intents", {**charged(stripe), "amount": "10000"})[1]["id"]
    Payment.objects.update(
        company_gateway=CompanyGateway.objects.get(), gateway_type_id="1", transaction_reference=intent
    )
    asked = "payments/refund?email_receipt=true&gateway_refund=true"
    stripe.is_down = True
    assert door.post(asked, said, idempotency_key="one").status == 400
    stripe.is_down = False
    carry_out(GatewayRefund.objects.get())
    by_hand = {**said, "invoices": [{**said["invoices"][0], "amount": 5}]}
    assert door.post("payments/refund", by_hand).rows["refunded"] == 25
    assert mails() == []
    for _ in range(2):
        assert door.post(asked, said, idempotency_key="one").rows["refunded"] == 25
    assert mails() == TOLD
    last = {**said, "invoices": [{**said["invoices"][0], "amount": 1}]}
    assert door.post(asked, last).rows["refunded"] == 26
    assert [subject for *_rest, subject in mails()[2:]] == ["Alice Ltd has refunded $1.00"] * 2
