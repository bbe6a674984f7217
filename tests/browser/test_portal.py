"""The client's pages from the first link to the profile: a phone without scripts, and axe in both themes."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1360, "height": 860}}
LINE = {"product_key": "Design", "notes": "Two days", "cost": 450, "quantity": 2}


@dataclass
class Sent:
    """What a client was sent: the links, and the contact's own."""

    quote: str
    invoice: str
    contact: str
    email: str


@pytest.fixture
def sent(served: Served) -> Sent:
    """A new client with a quote and an invoice."""
    return send(served)


def send(served: Served, **settings: Any) -> Sent:
    """Make a client with settings of its own, and what it is sent, through the API."""
    token = post(served, "login", {"email": served.email, "password": served.password})
    key = token["data"][0]["token"]["token"]
    email = f"zoe{time.time_ns()}@example.com"
    people = [{"first_name": "Zoe", "last_name": "Marchand", "email": email}]
    chosen = {"language_id": "1", "currency_id": "1", **settings}
    body = {"name": "Verger", "contacts": people, "settings": chosen}
    client = post(served, "clients", body, key)["data"]
    fields = {"client_id": client["id"], "line_items": [LINE]}
    quote, invoice = (
        post(served, f"{kind}?mark_sent=true", fields, key)["data"]["invitations"][0]["link"]
        for kind in ("quotes", "invoices")
    )
    return Sent(quote, invoice, client["contacts"][0]["link"], email)


def post(served: Served, path: str, body: Any, token: str = "") -> Any:
    headers = {"Content-Type": "application/json", "X-API-TOKEN": token}
    request = urllib.request.Request(f"{served.url}/api/v1/{path}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Page]:
    """A cheap phone: no script runs."""
    context = browser.new_context(base_url=served.url, java_script_enabled=False, locale="en", **PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def letter(served: Served, to: str) -> str:
    """The path in the mail that has just been sent to somebody."""
    for _ in range(100):
        for message in reversed(served.letters):
            if message["To"] and to in message["To"]:
                found = re.search(r"/client/magic_link/[\w-]+", _plain(message))
                if found:
                    return found[0]
        time.sleep(0.2)
    raise AssertionError(f"No letter for {to}.")


def _plain(message: Any) -> str:
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    return str(part.get_payload(decode=True).decode())


def test_a_client_approves_pays_attention_signs_in_and_moves(served: Served, sent: Sent, phone: Page) -> None:
    phone.goto(sent.quote)
    assert sent.quote.rpartition("/")[2] not in phone.url
    phone.get_by_text("Approve this quote").click()
    phone.get_by_role("button", name="Approve", exact=True).click()
    expect(phone.get_by_text("Thank you: the quote is approved. Here is its invoice.")).to_be_visible()
    expect(phone.locator(".due .figure")).to_have_text("$900.00")

    phone.goto("/client/invoices")
    expect(phone.get_by_role("heading", name="See all your documents")).to_be_visible()
    phone.get_by_role("button", name="Mail me a link").click()
    phone.goto(letter(served, sent.email))
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", name="Hello Zoe")).to_be_visible()
    expect(phone.locator(".due .figure")).to_have_text("$1,800.00")

    phone.get_by_role("link", name="Invoices").click()
    expect(phone.locator(".entries > li")).to_have_count(2)
    phone.locator("details.portal-person summary").click()
    phone.get_by_role("link", name="Your details").click()
    phone.locator("#client").get_by_label("City").first.fill("Portland")
    phone.locator("#client").get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Your details are saved.")).to_be_visible()

    phone.locator("details.portal-person summary").click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_text("You are signed out.")).to_be_visible()
    phone.goto("/client/invoices")
    expect(phone.get_by_role("button", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_every_page_is_accessible_and_fits(
    browser: Browser, served: Served, sent: Sent, theme: Any, size: Any
) -> None:
    context = browser.new_context(base_url=served.url, color_scheme=theme, **size)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(sent.contact)
    links = page.locator(".entries > li > a").all()
    papers = [str(link.get_attribute("href")) for link in links]
    lists = ["", "invoices", "invoices/payment", "statement", "profile", "login", "password/reset"]
    for path in [*(f"/client/{name}" for name in lists), *papers]:
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    assert faults == []
    context.close()


def test_a_signature_can_be_drawn(browser: Browser, served: Served) -> None:
    sent = send(served, require_quote_signature=True, auto_convert_quote=False)
    page = browser.new_page()
    page.goto(sent.quote)
    page.get_by_text("Approve this quote").click()
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=6)
    page.mouse.up()
    assert page.locator("input[name=drawing]").input_value().startswith("data:image/png;base64,")
    page.get_by_label("Your name, as signature").fill("Zoe Marchand")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Thank you: the quote is approved.")).to_be_visible()
    expect(page.get_by_text("Approved by Zoe Marchand")).to_be_visible()
    page.close()
