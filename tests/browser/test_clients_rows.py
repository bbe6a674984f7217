"""Rows S18 to S26 and S51 to S57 by hand: tiles, portal, settings, menu, statement, form."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import api
from tests.serving import Served

Desk = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TABS = ("Aperçu", "Détails", "Documents", "Grand livre", "Activité", "Courriels", "Journaux du système")


@pytest.fixture
def name() -> str:
    return f"Zinc{time.time_ns()} & Fils"


def at(client: dict[str, str], *more: str) -> str:
    return "/".join([f"/clients/{client['id']}", *more])


def test_s20_the_plus_comes_with_the_keyboard_too(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name)))
    plus = page.get_by_role("link", name="Nouvelle facture", exact=True).and_(page.locator(".tile-add"))
    expect(plus.locator("svg.plus")).to_have_css("opacity", "0")
    plus.focus()
    expect(plus.locator("svg.plus")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/invoices/new?client=*")


def test_s22_a_short_tap_lists(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made), **PHONE)
    tile = page.locator(".tile", has_text="Factures").first
    tile.scroll_into_view_if_needed()
    tile.tap(position={"x": 150, "y": 20})
    page.wait_for_url(f"**/invoices?client={made['id']}")


def test_s23_the_portal_opens_in_a_new_tab_as_the_contact(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name)))
    with page.context.expect_page() as opened:
        page.locator("#tab").get_by_role("link", name="Portail client").click()
    portal = opened.value
    portal.wait_for_load_state()
    assert "/client/" in portal.url
    expect(portal.get_by_text("Zoe").first).to_be_visible()
    expect(page.locator("#tab").get_by_role("button", name="Copier le lien")).to_be_visible()


def test_s24_settings_of_the_client_and_the_way_out(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made))
    page.locator("#tab").get_by_role("link", name="Paramètres").click()
    expect(page.get_by_text(f"Paramètres du client {name}")).to_be_visible()
    page.locator(f"main a[href='{at(made)}']").first.click()
    page.wait_for_url(f"**{at(made)}")


def test_s26_the_menu_is_on_every_tab(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name)))
    for tab in TABS:
        page.locator("nav.tabs").get_by_role("link", name=tab).click()
        page.get_by_role("button", name="Plus d’actions").click()
        for entry in ("Voir le relevé", "Portail client", "Archiver", "Supprimer"):
            expect(page.get_by_role("menuitem", name=entry).first).to_be_visible()
        page.keyboard.press("Escape")


def test_s26b_a_statement_is_chosen_and_scheduled(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    api.invoice(served, made["id"])
    page = desk(at(made, "statement"))
    page.get_by_label("Période").select_option("last_year")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**period=last_year**")
    page.get_by_role("link", name="Programmer").click()
    dialog = page.get_by_role("dialog", name="Envoyer le relevé automatiquement")
    expect(dialog.get_by_text("zinc", exact=False).first).to_be_visible()
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le relevé part désormais tout seul.")).to_be_visible()
    page.get_by_role("button", name="Mettre en pause").click()
    expect(page.get_by_text("En pause", exact=True)).to_be_visible()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Rien ne part encore tout seul.")).to_be_visible()


def test_s30_deleting_a_file_asks_for_the_password(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name), "tab", "documents"))
    page.locator("input[type=file]").set_input_files(
        {"name": "terms.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 terms"}
    )
    page.get_by_role("button", name="Téléverser").click()
    row = page.get_by_role("row", name=re.compile("terms.pdf"))
    row.get_by_role("link", name="Supprimer").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=password]").fill("wrong")
    dialog.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("Ce n’est pas votre mot de passe.")).to_be_visible()
    page.get_by_role("dialog").locator("input[type=password]").fill(served.password)
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("Le fichier est supprimé.")).to_be_visible()
    expect(row).to_have_count(0)


def test_s52_edit_is_on_every_tab(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made))
    for tab in TABS:
        page.locator("nav.tabs").get_by_role("link", name=tab).click()
        expect(page.locator(".page-actions").get_by_role("link", name="Modifier")).to_be_visible()
    page.locator(".page-actions").get_by_role("link", name="Modifier").click()
    page.wait_for_url(f"**{at(made, 'edit')}")


def test_s54_all_fields_are_on_one_panel(desk: Desk) -> None:
    page = desk("/clients/new", viewport={"width": 1024, "height": 800})
    for field in (
        "name",
        "contacts.0.email",
        "public_notes",
        "payment_terms",
        "address1",
        "shipping_address1",
    ):
        expect(page.locator(f"[name='{field}']")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(page.get_by_role("button", name="Enregistrer", exact=True)).to_have_count(1)


def test_s57_fields_of_the_form_are_chosen(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made, "edit"))
    page.get_by_role("link", name="Champs de ce formulaire").click()
    page.get_by_role("dialog").get_by_label("Site Web").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le formulaire affiche maintenant ces champs.")).to_be_visible()
    expect(page.locator("[name='website']")).to_have_count(0)
    page.get_by_role("link", name="Champs de ce formulaire").click()
    page.get_by_role("dialog").get_by_label("Site Web").check()
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[name='website']")).to_be_visible()
