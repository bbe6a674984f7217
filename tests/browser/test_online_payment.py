"""A client pays online: the real server, a real browser without scripts, and Stripe on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from comptoir.gateways.registry import STRIPE
from tests.browser.test_portal import DESK, PHONE, post
from tests.serving import Served, serving
from tests.stripe_double import CONFIG, DECLINED, GOOD, Desk

LINE = {"product_key": "Design", "cost": 450, "quantity": 2}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, stripe_server: Desk) -> Iterator[tuple[Served, str]]:
    """An installation that speaks to our Stripe, its notifications, and the owner's token."""
    data = tmp_path_factory.mktemp("paying") / "data"
    with serving(data, COMPTOIR_STRIPE_URL=stripe_server.url) as served:
        stripe_server.reset()
        told = post(served, "login", {"email": served.email, "password": served.password})["data"][0]
        token = told["token"]["token"]
        quiet = {"require_billing_address": False, "require_shipping_address": False}
        fields = {"gateway_key": STRIPE, "config": CONFIG, "token_billing": "optin", **quiet}
        gateway = post(served, "company_gateways", fields, token)["data"]
        key = told["company"]["company_key"]
        stripe_server.webhook_url = f"{served.url}/payment_webhook/{key}/{gateway['id']}"
        yield served, token
        stripe_server.webhook_url = ""


@pytest.fixture
def client(shop: tuple[Served, str]) -> dict[str, Any]:
    """A client with an invoice of 900."""
    served, token = shop
    body = {
        "name": "Verger",
        "contacts": [{"first_name": "Zoe", "email": f"zoe-{id(object())}@example.com"}],
        "settings": {"language_id": "1", "currency_id": "1"},
    }
    made = post(served, "clients", body, token)["data"]
    fields = {"client_id": made["id"], "line_items": [LINE]}
    invoice = post(served, "invoices?mark_sent=true", fields, token)["data"]
    return {"link": made["contacts"][0]["link"], "invoice": invoice}


def opened(browser: Browser, served: Served, **options: Any) -> Page:
    page = browser.new_context(base_url=served.url, locale="en", **options).new_page()
    page.set_default_timeout(15_000)
    return page


def test_declined_then_paid_by_the_link_of_the_invoice_alone(
    browser: Browser, shop: tuple[Served, str], client: dict[str, Any]
) -> None:
    page = opened(browser, shop[0], java_script_enabled=False, **PHONE)
    page.goto(client["invoice"]["invitations"][0]["link"])
    page.get_by_role("link", name="Pay now").click()
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_role("link", name="Continue").or_(page.get_by_label("Card number")).first.wait_for()
    if page.get_by_role("link", name="Continue").count():
        page.get_by_role("link", name="Continue").click()
    page.get_by_label("Card number").fill(DECLINED)
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_text("Your card was declined.")).to_be_visible()
    page.get_by_label("Card number").fill(GOOD)
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="Thank you, your payment has arrived")).to_be_visible()
    page.get_by_role("link", name="See the invoice").click()
    expect(page.locator(".due .figure")).to_have_text("Paid")
    page.context.close()


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_the_pages_of_paying_are_accessible_and_fit(
    browser: Browser, shop: tuple[Served, str], client: dict[str, Any], theme: Any, size: Any
) -> None:
    page = opened(browser, shop[0], color_scheme=theme, **size)
    page.goto(client["link"])
    page.goto("/client/payment_methods")
    accessible(page)
    page.get_by_role("button", name=re.compile("Add: Credit card")).click()
    page.get_by_label("Card number").fill(GOOD)
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_text("Your payment method is stored.")).to_be_visible()
    accessible(page)
    page.goto("/client/invoices/payment")
    accessible(page)
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you, your payment has arrived")).to_be_visible()
    accessible(page)
    page.context.close()


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_what_is_asked_before_paying_is_accessible_and_fits(
    browser: Browser, shop: tuple[Served, str], theme: Any, size: Any
) -> None:
    """Signed by hand, with a credit that helps and an address that the gateway wants; then in advance."""
    served, token = shop
    asked = {
        "client_initiated_payments": True, "use_credits_payment": "option", "require_invoice_signature": True,
        "client_portal_allow_under_payment": True, "client_portal_allow_over_payment": True,
    }  # fmt: skip
    body = {
        "name": "Verger",
        "contacts": [{"first_name": "Zoe", "email": f"signs-{theme}@example.com"}],
        "settings": {"language_id": "1", "currency_id": "1", **asked},
    }
    made = post(served, "clients", body, token)["data"]
    post(served, "invoices?mark_sent=true", {"client_id": made["id"], "line_items": [LINE]}, token)
    note = {"client_id": made["id"], "line_items": [{"cost": 100, "quantity": 1}]}
    post(served, "credits?mark_sent=true", note, token)
    page = opened(browser, served, color_scheme=theme, **size)
    page.goto(made["contacts"][0]["link"])
    page.goto("/client/invoices/payment")
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.get_by_text("Sign with your name, or draw your signature.")).to_be_visible()
    accessible(page)
    page.locator("canvas").scroll_into_view_if_needed()
    pad = page.locator("canvas").bounding_box()
    assert pad is not None
    page.mouse.move(pad["x"] + 20, pad["y"] + 20)
    page.mouse.down()
    page.mouse.move(pad["x"] + 120, pad["y"] + 60, steps=5)
    page.mouse.up()
    expect(page.get_by_text("$800.00").first).to_be_visible()
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_label("Card number").fill(GOOD)
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="Thank you, your payment has arrived")).to_be_visible()
    page.goto("/client/pre_payments")
    page.get_by_label("Amount").fill("60")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("$60.00")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_label("Card number").fill(GOOD)
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_text("It is on your account and is used for your next invoices.")).to_be_visible()
    page.context.close()


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(page.url, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
