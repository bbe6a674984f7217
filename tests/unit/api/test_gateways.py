"""Gateways and stored methods on the wire: written like any record, their secrets never read again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comptoir.activity.models import Activity, Job
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.gateways.registry import CUSTOM, STRIPE
from comptoir.payments.models import Payment
from tests import stripe_double

MASK = "**********"


def config(**said: str) -> str:
    return json.dumps({**stripe_double.CONFIG, **said})


@pytest.fixture
def gateway(door: Any) -> dict[str, Any]:
    body = {"gateway_key": STRIPE, "config": config(), "fees_and_limits": {"1": {"fee_percent": "2.5"}}}
    return door("POST", "company_gateways", body).rows


def test_a_gateway_shows_its_figures_and_masks_its_secrets(gateway: dict[str, Any], door: Any) -> None:
    assert json.loads(gateway["config"]) == {
        "apiKey": MASK,
        "publishableKey": "pk_test_comptoir",
        "webhookSecret": MASK,
    }
    assert gateway["test_mode"] is True
    assert gateway["fees_and_limits"] == {
        "1": {
            "min_limit": -1, "max_limit": -1, "fee_amount": 0, "fee_percent": 2.5, "fee_cap": 0,
            "fee_tax_rate1": 0, "fee_tax_rate2": 0, "fee_tax_rate3": 0, "fee_tax_name1": "",
            "fee_tax_name2": "", "fee_tax_name3": "", "adjust_fee_percent": False, "is_enabled": True,
        }
    }  # fmt: skip
    shown = door.get(f"company_gateways/{gateway['id']}?include=gateway").rows
    assert (shown["gateway"]["name"], shown["gateway"]["key"]) == ("Stripe", STRIPE)
    assert stripe_double.KEY not in door.get("company_gateways").raw.decode()


def test_asterisks_leave_a_secret_and_words_replace_it(gateway: dict[str, Any], door: Any) -> None:
    path = f"company_gateways/{gateway['id']}"
    door("PUT", path, {"config": config(apiKey=MASK, webhookSecret="whsec_new")})
    kept = CompanyGateway.everywhere.get().config
    assert (kept["apiKey"], kept["webhookSecret"]) == (stripe_double.KEY, "whsec_new")
    door("PUT", path, {"label": "Cards"})
    assert CompanyGateway.everywhere.get().config == kept
    told = [str(row) for row in Activity.everywhere.values_list("changes", flat=True)]
    assert not any("whsec" in text or "sk_test" in text for text in told)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"gateway_key": "nothing"}, ["gateway_key"]),
        ({}, ["gateway_key"]),
        ({"gateway_key": STRIPE, "config": "{"}, ["config"]),
        ({"gateway_key": STRIPE, "config": "[1]"}, ["config"]),
        ({"gateway_key": STRIPE, "token_billing": "perhaps"}, ["token_billing"]),
        (
            {"gateway_key": STRIPE, "fees_and_limits": {"1": {"fee_amount": "x", "fee_percent": -1}}},
            ["fees_and_limits.1.fee_amount", "fees_and_limits.1.fee_percent"],
        ),
        (
            {"gateway_key": STRIPE, "fees_and_limits": {"1": {"min_limit": 9, "max_limit": 1}}},
            ["fees_and_limits.1.max_limit"],
        ),
        (
            {"gateway_key": STRIPE, "fees_and_limits": {"1": {"fee_percent": 100}}},
            ["fees_and_limits.1.fee_percent"],
        ),
    ],
)
def test_faults_are_named_and_nothing_is_kept(door: Any, body: dict[str, Any], fields: list[str]) -> None:
    answer = door("POST", "company_gateways", body)
    assert (answer.status, sorted(answer.data["errors"])) == (422, sorted(fields))
    assert not CompanyGateway.everywhere.exists()


def test_the_provider_of_a_gateway_stays(gateway: dict[str, Any], door: Any) -> None:
    answer = door("PUT", f"company_gateways/{gateway['id']}", {"gateway_key": CUSTOM})
    assert (answer.status, list(answer.data["errors"])) == (422, ["gateway_key"])


def test_the_credentials_are_tried(gateway: dict[str, Any], door: Any, stripe: stripe_double.Desk) -> None:
    path = f"company_gateways/{gateway['id']}"
    assert door("POST", f"{path}/test").status == 200
    door("PUT", path, {"config": config(apiKey="sk_test_wrong")})
    answer = door("POST", f"{path}/test")
    assert (answer.status, answer.data["message"]) == (400, "Stripe does not know this secret key.")
    stripe.is_down = True
    assert door("POST", f"{path}/test").status == 400


def test_a_delete_only_archives_as_the_contract_says(gateway: dict[str, Any], door: Any) -> None:
    row = door("DELETE", f"company_gateways/{gateway['id']}").rows
    assert (row["is_deleted"], row["archived_at"] > 0) == (False, True)


def test_stored_methods_belong_to_a_client_and_come_with_it(gateway: dict[str, Any], door: Any) -> None:
    client = door("POST", "clients", {"name": "Verger"}).rows
    body = {
        "client_id": client["id"], "company_gateway_id": gateway["id"], "gateway_type_id": "1",
        "token": "pm_1", "gateway_customer_reference": "cus_1", "meta": {"brand": "visa", "last4": "4242"},
    }  # fmt: skip
    made = door("POST", "client_gateway_tokens", body).rows
    assert (made["token"], made["is_default"], made["meta"]["last4"]) == ("pm_1", True, "4242")
    shown = door.get(f"clients/{client['id']}").rows
    assert [one["id"] for one in shown["gateway_tokens"]] == [made["id"]]
    door("DELETE", f"client_gateway_tokens/{made['id']}")
    assert door.get(f"clients/{client['id']}").rows["gateway_tokens"] == []
    assert Job.objects.filter(name="gateways.forget").count() == 1


def test_a_stored_method_lacks_nothing(door: Any) -> None:
    answer = door("POST", "client_gateway_tokens", {"token": "pm_1"})
    assert answer.status == 422
    assert sorted(answer.data["errors"]) == ["client_id", "company_gateway_id", "gateway_type_id"]


def test_auto_bill_is_left_to_the_worker(door: Any) -> None:
    client = door("POST", "clients", {"name": "Verger"}).rows
    line = {"cost": 10, "quantity": 1}
    body = {"client_id": client["id"], "line_items": [line]}
    invoice = door("POST", "invoices?auto_bill=true", body).rows
    assert invoice["status_id"] == "2"
    assert Job.objects.filter(name="collecting.auto_bill").count() == 1


def test_a_blank_method_is_not_stored(door: Any) -> None:
    blank = door.get("client_gateway_tokens/create").rows
    assert (blank["id"], blank["token"], blank["is_default"]) == ("", "", False)
    assert not StoredMethod.everywhere.exists()


def test_the_reference_of_a_collected_payment_stays(gateway: dict[str, Any], door: Any) -> None:
    client = door("POST", "clients", {"name": "Verger"}).rows
    body = {"client_id": client["id"], "amount": 10, "transaction_reference": "pi_1"}
    payment = door("POST", "payments", body).rows
    Payment.everywhere.update(company_gateway_id=CompanyGateway.everywhere.get().pk, gateway_type_id="1")
    path = f"payments/{payment['id']}"
    shown = door.get(path).rows
    assert (shown["company_gateway_id"], shown["gateway_type_id"]) == (gateway["id"], "1")
    answer = door("PUT", path, {"transaction_reference": "pi_2", "private_notes": "x"})
    assert (answer.status, list(answer.data["errors"])) == (422, ["transaction_reference"])
    assert door("PUT", path, {"transaction_reference": "pi_1", "private_notes": "x"}).status == 200


def test_a_refund_by_the_gateway_happens_once_for_its_key(
    gateway: dict[str, Any], door: Any, stripe: stripe_double.Desk
) -> None:
    client = door("POST", "clients", {"name": "Verger"}).rows
    body = {"client_id": client["id"], "amount": 10, "transaction_reference": "pi_none"}
    payment = door("POST", "payments", body).rows
    said = {"id": payment["id"], "amount": 4, "gateway_refund": True}
    answer = door("POST", "payments/refund", said)
    assert (answer.status, list(answer.data["errors"])) == (422, ["id"])
    paid = stripe.ask("POST", "/v1/payment_intents", charged(stripe))[1]["id"]
    Payment.everywhere.update(
        company_gateway_id=CompanyGateway.everywhere.get().pk, gateway_type_id="1", transaction_reference=paid
    )
    for _ in range(2):
        answer = door("POST", "payments/refund", said, idempotency_key="once")
        assert (answer.status, answer.rows["refunded"]) == (200, 4)
    stripe.is_down = True
    assert door("POST", "payments/refund", {**said, "amount": 1}).status == 400
    assert door.get(f"payments/{payment['id']}").rows["refunded"] == 4


def charged(stripe: stripe_double.Desk) -> dict[str, str]:
    """A charge of ten dollars."""
    card = {"number": stripe_double.GOOD, "exp_month": "12", "exp_year": "2030", "cvc": "123"}
    sent = {"type": "card", **{f"card[{name}]": value for name, value in card.items()}}
    method = stripe.ask("POST", "/v1/payment_methods", sent)[1]["id"]
    return {"amount": "1000", "currency": "usd", "payment_method": method, "confirm": "true"}
