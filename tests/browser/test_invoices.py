"""Invoices by clicking: the editor with its lines, live totals and preview; drafts that save themselves."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import api
from tests.serving import Served

Desk = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SPACES = re.compile(r"[\s\u00a0\u202f]+")


@pytest.fixture
def name() -> str:
    return f"Verger{time.time_ns()}"


def sums(page: Page) -> list[str]:
    """The figures below the lines, with plain spaces."""
    return [SPACES.sub(" ", text) for text in page.locator("#totals dd").all_inner_texts()]


def cell(page: Page, row: int, key: str) -> str:
    return f"[name='line_items.{row}.{key}']"


def pick_client(page: Page, name: str) -> None:
    page.locator(".ts-control input").first.fill(name)
    page.locator(".ts-dropdown .option", has_text=name).click()


def test_totals_follow_every_key(desk: Desk, served: Served, name: str) -> None:
    api.client(served, name)
    page = desk("/invoices/new")
    pick_client(page, name)
    page.locator(cell(page, 0, "product_key")).fill("Conseil")
    page.locator(cell(page, 0, "cost")).fill("3*12,5")
    page.locator(cell(page, 0, "quantity")).fill("2")
    expect(page.locator("#totals dl > div").last).to_contain_text("75,00")
    assert sums(page) == ["75,00 €", "75,00 €"]
    page.locator("[name='discount']").fill("10")
    expect(page.locator("#totals dl > div").last).to_contain_text("67,50")
    assert sums(page) == ["75,00 €", "-7,50 €", "67,50 €"]
    page.locator(".discount .segments span", has_text="€").click()
    expect(page.locator("#totals dl > div").last).to_contain_text("65,00")
    assert SPACES.sub(" ", page.locator("[data-total]").first.inner_text()) == "75,00 €"


def test_enter_adds_a_line_and_an_empty_one_is_left_out(desk: Desk, served: Served, name: str) -> None:
    api.client(served, name)
    page = desk("/invoices/new")
    pick_client(page, name)
    page.locator(cell(page, 0, "product_key")).fill("Un")
    page.locator(cell(page, 0, "cost")).fill("10")
    page.keyboard.press("Enter")
    expect(page.locator(cell(page, 1, "product_key"))).to_be_focused()
    page.keyboard.type("Deux")
    page.locator(cell(page, 1, "cost")).fill("5")
    page.keyboard.press("Enter")
    page.locator(cell(page, 1, "product_key")).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(cell(page, 0, "product_key"))).to_have_value("Deux")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("La facture est enregistrée.")).to_be_visible()
    expect(page.locator("dl.stats dd").first).to_contain_text("15,00")


def test_a_product_fills_its_line(desk: Desk, served: Served, name: str) -> None:
    api.post(served, "products", {"product_key": f"Prise {name}", "notes": "Demi-journée", "price": 450})
    api.client(served, name)
    page = desk("/invoices/new")
    pick_client(page, name)
    page.locator(cell(page, 0, "product_key")).press_sequentially("Prise")
    page.get_by_role("option", name=re.compile(f"Prise {name}")).click()
    expect(page.locator(cell(page, 0, "cost"))).to_have_value("450")
    expect(page.locator(cell(page, 0, "notes"))).to_have_value("Demi-journée")


def test_a_client_is_made_without_leaving_the_editor(desk: Desk, name: str) -> None:
    page = desk("/invoices/new")
    page.locator(cell(page, 0, "product_key")).fill("Conseil")
    page.locator(".ts-control input").first.fill(name)
    page.locator(".ts-dropdown .create").click()
    dialog = page.get_by_role("dialog", name="Nouveau client")
    expect(dialog.locator("[name=name]")).to_have_value(name)
    dialog.locator("[name=email]").fill("neuf@example.com")
    dialog.get_by_role("button", name="Créer").click()
    expect(page.locator(".ts-control .item")).to_have_text(name)
    expect(page.locator("#contacts")).to_contain_text("neuf@example.com")
    expect(page.locator(cell(page, 0, "product_key"))).to_have_value("Conseil")


def test_the_preview_shows_what_stands_in_the_form(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(f"/invoices/new?client={made['id']}", viewport={"width": 1440, "height": 900})
    picture = page.locator(".preview img")
    expect(picture).to_have_attribute("src", re.compile("^blob:"))
    first = picture.get_attribute("src")
    page.locator(cell(page, 0, "cost")).fill("10")
    expect(picture).not_to_have_attribute("src", first or "")
    assert picture.evaluate("image => image.naturalWidth") > 500


def test_a_draft_saves_itself(desk: Desk, served: Served, name: str) -> None:
    made = api.invoice(served, api.client(served, name)["id"], sent=False)
    page = desk(f"/invoices/{made['id']}/edit")
    page.wait_for_timeout(600)
    for words in ("BC 1", "BC 2"):
        page.locator("[name='po_number']").fill(words)
        expect(page.locator(".state")).to_have_text("Enregistré")
        page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("[name='po_number']")).to_have_value("BC 2")
    page.locator("[name='po_number']").fill("BC 3")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("La facture est enregistrée.")).to_be_visible()
    expect(page.get_by_text("BC 3").first).to_be_visible()


def test_what_is_wrong_stands_at_its_line(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(f"/invoices/new?client={made['id']}")
    page.locator(cell(page, 0, "product_key")).fill("Conseil")
    page.locator(cell(page, 0, "cost")).fill("cher")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(cell(page, 0, "cost"))).to_have_attribute("aria-invalid", "true")
    expect(page.locator(cell(page, 0, "cost"))).to_have_value("cher")
    expect(page.get_by_text("Ce n’est pas un nombre.").first).to_be_visible()


def test_a_copy_of_an_invoice_becomes_a_quote(desk: Desk, served: Served, name: str) -> None:
    made = api.invoice(served, api.client(served, name)["id"], 250)
    page = desk(f"/invoices/{made['id']}")
    page.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Copier en devis").click()
    expect(page.locator(cell(page, 0, "cost"))).to_have_value("250")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Le devis est enregistré.")).to_be_visible()


def test_a_sent_invoice_offers_a_credit_note(desk: Desk, served: Served, name: str) -> None:
    made = api.invoice(served, api.client(served, name)["id"], 250)
    page = desk(f"/invoices/{made['id']}")
    expect(page.get_by_role("link", name="Modifier")).to_have_count(0)
    page.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Créer un avoir").click()
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Rectifie la facture")).to_be_visible()


def test_cancelling_asks_first(desk: Desk, served: Served, name: str) -> None:
    made = api.invoice(served, api.client(served, name)["id"])
    page = desk(f"/invoices/{made['id']}")
    page.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Annuler la facture").click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Son numéro reste pris.")
    dialog.get_by_role("button", name="Annuler la facture").click()
    expect(page.locator(".page-title .badge")).to_have_text("Annulée")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_pages_of_invoices_are_accessible_and_fit(
    desk: Desk, served: Served, name: str, theme: str, device: dict[str, object]
) -> None:
    client = api.client(served, name)
    sent, draft = api.invoice(served, client["id"]), api.invoice(served, client["id"], sent=False)
    page = desk("/invoices", color_scheme=theme, **device)
    paths = ("/invoices", f"/invoices/{sent['id']}", f"/invoices/{sent['id']}/tab/activity",
             f"/invoices/{draft['id']}/edit", "/quotes", "/credits/new")  # fmt: skip
    for path in paths:
        page.goto(path)
        page.wait_for_timeout(700)
        found = Axe().run(page).response["violations"]
        serious = [(path, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"]
        assert serious == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
