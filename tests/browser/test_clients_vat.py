"""Row S64 by hand: a VAT number is checked at VIES while the form is filled, and on the client's page."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import api
from tests.serving import Served
from tests.vies_double import Register

Desk = Callable[..., Page]
NUMBER = "BE0403053608"


def test_s64_a_number_is_checked_in_the_form_and_kept(
    desk: Desk, served: Served, vies_server: Register
) -> None:
    vies_server.reset()
    vies_server.known[NUMBER] = {"name": "ACME SA", "address": "RUE HAUTE 1\n1000 BRUXELLES"}
    name = f"Acme{time.time_ns()}"
    page = desk("/clients/new")
    page.get_by_label("Nom", exact=True).first.fill(name)
    page.get_by_label("Numéro de TVA").fill("BE 0403.053.608")
    page.get_by_role("button", name="Vérifier (VIES)").click()
    expect(page.get_by_text("Numéro valide")).to_be_visible()
    expect(page.get_by_text("ACME SA")).to_be_visible()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/clients/*")
    page.locator("nav.tabs").get_by_role("link", name="Détails").click()
    expect(page.get_by_text(f"{NUMBER} est enregistré dans VIES.")).to_be_visible()
    expect(page.get_by_text("1000 BRUXELLES")).to_be_visible()


def test_s64_a_register_that_is_away_is_asked_again_by_hand(
    desk: Desk, served: Served, vies_server: Register
) -> None:
    vies_server.reset()
    vies_server.away["BE"] = "MS_UNAVAILABLE"
    made = api.client(served, f"Acme{time.time_ns()}", vat_number=NUMBER)
    page = desk(f"/clients/{made['id']}/tab/details")
    page.get_by_role("button", name="Vérifier (VIES)").click()
    expect(page.get_by_text("Le registre de ce pays ne répond pas en ce moment : Belgique.")).to_be_visible()
    vies_server.reset()
    page.get_by_role("button", name="Vérifier à nouveau").click()
    expect(
        page.get_by_text(f"VIES ne connaît pas {NUMBER} : faites-le vérifier par le client.")
    ).to_be_visible()


def test_s93_a_line_says_where_its_tax_comes_from_while_it_is_typed(desk: Desk, served: Served) -> None:
    company = api.company(served)
    at = f"companies/{company['id']}"
    api.put(served, at, {"calculate_taxes": True, "settings": {"country_id": "250"}})
    try:
        made = api.client(
            served, f"Acme{time.time_ns()}", vat_number=NUMBER, country_id="56", has_valid_vat_number=True
        )
        page = desk(f"/invoices/new?client={made['id']}")
        page.locator("[name='line_items.0.product_key']").fill("Conseil")
        page.locator("[name='line_items.0.cost']").fill("100")
        page.locator("[name='line_items.0.tax1']").select_option("auto|2")
        totals = page.locator("#totals")
        expect(
            totals.get_by_text("Autoliquidation\xa0: client avec numéro de TVA valide (Belgique).")
        ).to_be_visible()
        expect(totals.get_by_text("Reverse charge 0\xa0%")).to_be_visible()
        page.locator("[name='line_items.0.tax1']").select_option("auto|1")
        said = "Livraison intracommunautaire\xa0: client avec numéro de TVA valide (Belgique)."
        expect(totals.get_by_text(said)).to_be_visible()
        page.get_by_role("button", name="Enregistrer le brouillon").click()
        page.wait_for_url(lambda url: "/new" not in url)
        expect(page.get_by_text(said)).to_be_visible()
    finally:
        api.put(served, at, {"calculate_taxes": False})
