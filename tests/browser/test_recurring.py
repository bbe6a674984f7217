"""Recurring invoices by clicking: a rhythm, the days that follow, start, send, raise, stop."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import api
from tests.browser.test_invoices import PHONE, SPACES, cell
from tests.serving import Served

Desk = Callable[..., Page]


@pytest.fixture
def name() -> str:
    return f"Loyer{time.time_ns()}"


def filled(desk: Desk, served: Served, name: str, **options: object) -> Page:
    """The editor from the client's tile, with a rent that follows the calendar."""
    client = api.client(served, name)
    page = desk(f"/clients/{client['id']}", **options)
    page.get_by_role("main").get_by_role("link", name="Nouvelle facture récurrente").first.click()
    page.locator(cell(page, 0, "product_key")).fill("Loyer")
    page.locator(cell(page, 0, "notes")).fill("Loyer de :MONTHYEAR")
    page.locator(cell(page, 0, "cost")).fill("950")
    return page


def test_from_the_clients_tile_to_the_first_invoice(desk: Desk, served: Served, name: str) -> None:
    page = filled(desk, served, name)
    days = page.locator("details ol li")
    expect(days).to_have_count(12)
    page.locator("[name=remaining_cycles]").fill("3")
    page.locator("[name=remaining_cycles]").blur()
    expect(days).to_have_count(3)
    page.locator("[name=frequency_id]").select_option(label="Tous les trois mois")
    page.get_by_role("button", name="Enregistrer et démarrer").click()
    expect(page.get_by_text("La facture récurrente est enregistrée.")).to_be_visible()
    expect(page.locator(".page-title")).to_contain_text("En cours")
    expect(page.locator("dl.stats")).to_contain_text("3 encore")

    page.locator(".page-actions [aria-haspopup=menu]").click()
    page.get_by_role("menuitem", name="Envoyer maintenant").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_text("La facture est créée.")).to_be_visible()
    expect(page.locator("dl.stats")).to_contain_text("2 encore")
    made = page.locator("section, .panel").filter(has_text="Factures créées").last
    made.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/invoices/"))
    assert "950,00 €" in SPACES.sub(" ", page.locator("dl.stats").inner_text())


def test_prices_are_raised_and_the_schedule_is_stopped(desk: Desk, served: Served, name: str) -> None:
    page = filled(desk, served, name)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(".page-title")).to_contain_text("Brouillon")
    page.get_by_role("button", name="Démarrer").click()
    expect(page.get_by_text("La facture récurrente est en cours.")).to_be_visible()
    page.locator(".page-actions [aria-haspopup=menu]").click()
    page.get_by_role("menuitem", name="Augmenter les prix").click()
    dialog = page.get_by_role("dialog", name="Augmenter les prix")
    dialog.locator("[name=percentage_increase]").fill("beaucoup")
    dialog.get_by_role("button", name="Augmenter les prix").click()
    expect(dialog.get_by_text("Ce n’est pas un nombre.").first).to_be_visible()
    dialog.locator("[name=percentage_increase]").fill("10")
    dialog.get_by_role("button", name="Augmenter les prix").click()
    expect(page.get_by_text("Les prix sont augmentés.")).to_be_visible()
    assert "1 045,00 €" in SPACES.sub(" ", page.locator("dl.stats").inner_text())
    page.locator(".page-actions [aria-haspopup=menu]").click()
    page.get_by_role("menuitem", name="Arrêter").click()
    expect(page.locator(".page-title")).to_contain_text("En pause")


@pytest.mark.parametrize("options", [{}, PHONE, {"color_scheme": "dark"}], ids=["wide", "phone", "dark"])
def test_the_pages_are_accessible(desk: Desk, served: Served, name: str, options: dict[str, object]) -> None:
    page = filled(desk, served, name, **options)
    expect(page.locator("details ol li")).to_have_count(12)
    for path in ("", "/recurring"):
        if path:
            page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
