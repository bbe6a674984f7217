"""Rows of the Clients page that only a browser can show: S67, S70, S94 and the portal's S98 and S100."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import api
from tests.serving import Served

Desk = Callable[..., Page]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIX = ("address1", "address2", "postal_code", "city", "state", "country_id")
SAVED = "Le client est enregistré."


@pytest.fixture
def name() -> str:
    return f"Client {time.time_ns()}"


def value(page: Page, key: str) -> str:
    return str(page.locator(f"[name='{key}']").input_value())


def test_s70_the_button_adds_a_second_contact_and_then_more(desk: Desk, name: str) -> None:
    page = desk("/clients/new")
    page.locator("[name='name']").fill(name)
    cards = page.locator("[data-person]")
    second = page.get_by_role("button", name="Ajouter un second contact")
    expect(cards).to_have_count(1)
    second.click()
    expect(cards).to_have_count(2)
    expect(page.locator("[name='contacts.1.first_name']")).to_be_focused()
    expect(page.locator("[name='contacts.1.first_name']")).to_have_value("")
    expect(second).to_have_count(0)
    more = page.get_by_role("button", name="Ajouter un contact", exact=True)
    more.click()
    expect(cards).to_have_count(3)
    expect(page.locator("[name='contacts.2.first_name']")).to_be_focused()
    for at in (2, 1):
        cards.nth(at).get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("button", name="Ajouter un second contact")).to_be_visible()


def test_s67_contacts_are_dragged_and_moved_by_keyboard(desk: Desk, served: Served, name: str) -> None:
    people = [
        {"first_name": word, "email": f"{word.lower()}@{time.time_ns()}.example"}
        for word in ("Ann", "Bob", "Cy")
    ]
    made = api.post(served, "clients", {"name": name, "contacts": people})
    page = desk(f"/clients/{made['id']}/edit", viewport={"width": 1360, "height": 1800})
    cards = page.locator("[data-person]")
    page.wait_for_load_state("networkidle")
    start, end = cards.nth(2).locator(".grip").bounding_box(), cards.nth(0).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, start["y"] - 30, steps=10)
    page.mouse.move(start["x"] + 8, end["y"] + 10, steps=30)
    for step in range(60):  # cards make room one after the other, while the hand keeps still
        if cards.first.locator("input").first.input_value() == "Cy":
            break
        page.wait_for_timeout(50)
        page.mouse.move(start["x"] + 8, end["y"] + 10 + step % 2)
    page.mouse.up()
    expect(page.locator("[name='contacts.0.first_name']")).to_have_value("Cy")
    cards.nth(2).get_by_role("button", name="Monter").press("Enter")
    expect(page.locator("[name='contacts.1.first_name']")).to_have_value("Bob")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.locator("nav.tabs").get_by_role("link", name="Détails").click()
    expect(page.locator(".panel .who .name")).to_have_text(["Cy", "Bob", "Ann"])


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_s94_the_billing_address_is_copied_and_then_goes_its_own_way(
    desk: Desk, name: str, device: dict[str, Any]
) -> None:
    page = desk("/clients/new", **device)
    page.locator("[name='name']").fill(name)
    tab = page.get_by_role("tab", name="Adresse de facturation")
    if device:
        tab.click()
    typed = dict(zip(SIX[:-1], ("1 rue A", "Bât. B", "69001", "Lyon", "Rhône"), strict=True))
    for key, text in typed.items():
        page.locator(f"[name='{key}']").fill(text)
    country = value(page, "country_id")
    assert country
    if device:
        page.get_by_role("tab", name="Adresse de livraison").click()
    page.get_by_role("button", name="Copier facturation").click()
    for key in SIX:
        assert value(page, f"shipping_{key}") == typed.get(key, country), key
    if device:
        tab.click()
    page.locator("[name='address1']").fill("9 rue Z")
    assert value(page, "shipping_address1") == "1 rue A"
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text(SAVED)).to_be_visible()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """``visit(path)`` opens a page of the portal; no script runs there."""
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        wanted = {"java_script_enabled": False, "locale": "fr", **options}
        contexts.append(browser.new_context(base_url=served.url, **wanted))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_s98_s100_a_contact_keeps_its_profile_and_the_clients(
    visit: Callable[..., Page], served: Served
) -> None:
    stamp = time.time_ns()
    people = [{"first_name": "Zoe", "email": f"zoe{stamp}@example.com"}]
    made = api.post(
        served, "clients", {"name": "Verger", "contacts": people, "settings": {"language_id": "4"}}
    )
    page = visit(path_of(made["contacts"][0]["link"]), **PHONE)
    page.goto("/client/profile")
    page.locator("#contact [name='last_name']").fill("Marchand")
    page.locator("#contact").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vos coordonnées sont enregistrées.")).to_be_visible()
    page.locator("#client [name='name']").fill(f"Verger {stamp}")
    page.locator("#client [name='city']").fill("Lyon")
    page.locator("#client").get_by_role("button", name="Enregistrer").click()
    page.get_by_label("Relevés de compte").uncheck()
    page.locator("#mails").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Votre choix est enregistré.")).to_be_visible()
    expect(page.get_by_label("Relevés de compte")).not_to_be_checked()
    expect(page.locator("#contact [name='last_name']")).to_have_value("Marchand")
    expect(page.locator("#client [name='name']")).to_have_value(f"Verger {stamp}")
    assert page.get_by_role("button", name=re.compile("contact", re.IGNORECASE)).count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_new_pages_are_accessible_and_fit(
    desk: Desk, served: Served, name: str, theme: str, device: dict[str, Any]
) -> None:
    group = api.post(served, "group_settings", {"name": name, "settings": {"payment_terms": "60"}})
    made = api.client(served, name, group_settings_id=group["id"])
    page = desk("/", color_scheme=theme, **device)
    for path in (f"/groups/{group['id']}", "/groups", f"/clients/{made['id']}/edit", "/settings/fields"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = [
            one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")
        ]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def path_of(link: str) -> str:
    return "/client/" + link.partition("/client/")[2]
