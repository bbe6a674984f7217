"""Stripe as a whole: checked, its customers imported, stored methods brought up to date."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comptoir.activity import jobs, worker
from comptoir.activity.models import Job
from comptoir.clients.models import Client, Contact
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.registry import STRIPE
from tests import stripe_double
from tests.unit.api.conftest import PASSWORD

PATHS = ("verify", "update_payment_methods", "import_customers")


@pytest.fixture
def gateway(door: Any, stripe: stripe_double.Desk) -> dict[str, Any]:
    body = {"gateway_key": STRIPE, "config": json.dumps(stripe_double.CONFIG)}
    return door("POST", "company_gateways", body).rows


@pytest.fixture(autouse=True)
def _jobs() -> None:
    jobs.discover()


def labour() -> None:
    while worker.run_once() is not None:
        pass


def customer(stripe: stripe_double.Desk, card: str = "", **form: str) -> tuple[str, str]:
    """Somebody whom Stripe knows, and the method that they stored there."""
    made = stripe.ask("POST", "/v1/customers", form)[1]["id"]
    if not card:
        return made, ""
    sent = {"type": "card", "card[number]": card, "card[exp_month]": "12", "card[exp_year]": "2030"}
    method = stripe.ask("POST", "/v1/payment_methods", {**sent, "card[cvc]": "123"})[1]["id"]
    stripe.ask("POST", f"/v1/payment_methods/{method}/attach", {"customer": made})
    return made, method


def mine(stripe: stripe_double.Desk) -> None:
    """Customers of other tests stay with localstripe: take them away."""
    for row in stripe.ask("GET", "/v1/customers?limit=100")[1]["data"]:
        stripe.ask("DELETE", f"/v1/customers/{row['id']}")


@pytest.mark.parametrize("path", PATHS)
def test_the_password_is_asked_for_and_a_gateway_is_needed(door: Any, path: str) -> None:
    assert door("POST", f"stripe/{path}").status == 412
    answer = door("POST", f"stripe/{path}", x_api_password=PASSWORD)
    assert (answer.status, answer.data["message"]) == (400, "There is no Stripe gateway yet.")


def test_the_set_up_is_verified(gateway: dict[str, Any], door: Any, stripe: stripe_double.Desk) -> None:
    answer = door("POST", "stripe/verify", x_api_password=PASSWORD)
    assert (answer.status, answer.data["message"]) == (200, "Stripe knows the credentials.")
    wrong = json.dumps({**stripe_double.CONFIG, "apiKey": "sk_test_wrong"})
    door("PUT", f"company_gateways/{gateway['id']}", {"config": wrong})
    answer = door("POST", "stripe/verify", x_api_password=PASSWORD)
    assert (answer.status, answer.data["message"]) == (400, "Stripe: Stripe does not know this secret key.")


@pytest.mark.parametrize("path", ["stripe/import_customers", "company_gateways/{id}/import_customers"])
def test_customers_become_clients_once(
    gateway: dict[str, Any], door: Any, stripe: stripe_double.Desk, path: str
) -> None:
    mine(stripe)
    known = door("POST", "clients", {"name": "Verger", "contacts": [{"email": "Paul@Verger.test"}]}).rows
    customer(stripe, stripe_double.GOOD, email="paul@verger.test", name="Paul")
    address = {"address[line1]": "1 rue du Port", "address[city]": "Lyon", "address[country]": "FR"}
    reference, method = customer(
        stripe, stripe_double.GOOD, email="ida@example.com", name="Ida Noir", phone="123", **address
    )
    customer(stripe, name="Nobody")
    for _ in range(2):
        answer = door("POST", path.format(id=gateway["id"]), x_api_password=PASSWORD)
        assert answer.data["message"] == "The customers are being imported."
        labour()
    assert Client.everywhere.count() == 2
    ida = Contact.everywhere.select_related("client").get(email="ida@example.com")
    client = ida.client
    assert (client.name, client.address1, client.city, client.country_id, client.phone) == (
        "Ida Noir", "1 rue du Port", "Lyon", "250", "123",
    )  # fmt: skip
    stored = StoredMethod.everywhere.get(client=client)
    assert (stored.token, stored.gateway_customer_reference, stored.meta["last4"]) == (
        method,
        reference,
        "4242",
    )
    assert len(door.get(f"clients/{known['id']}").rows["gateway_tokens"]) == 1


def test_methods_follow_the_provider(gateway: dict[str, Any], door: Any, stripe: stripe_double.Desk) -> None:
    client = door("POST", "clients", {"name": "Verger"}).rows
    reference, first = customer(stripe, stripe_double.GOOD, email="x@example.com")
    body = {
        "client_id": client["id"], "company_gateway_id": gateway["id"], "gateway_type_id": "1",
        "token": "pm_gone", "gateway_customer_reference": reference,
    }  # fmt: skip
    door("POST", "client_gateway_tokens", body)
    for _ in range(2):
        answer = door("POST", "stripe/update_payment_methods", x_api_password=PASSWORD)
        assert answer.data["message"] == "The payment methods are being brought up to date."
        labour()
    rows = StoredMethod.everywhere.order_by("pk")
    assert [(one.token, one.archived_at is None, one.is_default) for one in rows] == [
        ("pm_gone", False, False), (first, True, True),
    ]  # fmt: skip
    assert rows[1].meta["last4"] == "4242"


def test_a_provider_that_is_down_is_asked_again_later(
    gateway: dict[str, Any], door: Any, stripe: stripe_double.Desk
) -> None:
    stripe.is_down = True
    door("POST", "stripe/import_customers", x_api_password=PASSWORD)
    labour()
    job = Job.objects.get(name="gateways.import_customers")
    assert (job.state, job.attempts) == (Job.State.QUEUED, 1)
