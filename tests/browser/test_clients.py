"""Clients by clicking: list, page, tiles, form, two people at one form."""

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


@pytest.fixture
def name() -> str:
    return f"Zinc{time.time_ns()} & Fils"


def at(client: dict[str, str], *more: str) -> str:
    return "/".join([f"/clients/{client['id']}", *more])


def test_a_list_searches_while_one_types_and_keeps_its_filters(desk: Desk, served: Served, name: str) -> None:
    api.client(served, name)
    page = desk("/clients?owes=credit")
    page.get_by_role("link", name=re.compile("Retirer le filtre")).click()
    expect(page.locator(".chip.on")).to_have_count(0)
    page.get_by_role("searchbox", name="Nom, numéro, contact, courriel…").press_sequentially(
        name.split(maxsplit=1)[0]
    )
    page.wait_for_url(re.compile(rf"q={name.split(maxsplit=1)[0]}$"))
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "owes" not in page.url
    page.get_by_role("link", name="Archives").click()
    expect(page.get_by_text("Aucune correspondance")).to_be_visible()


def test_one_click_opens_two_edit_and_keys_do_both(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(f"/clients?q={name.split(maxsplit=1)[0]}")
    page.locator("tbody tr td").nth(2).click()
    page.wait_for_url(f"**{at(made)}")
    page.go_back()
    page.locator("tbody tr td").nth(2).dblclick()
    page.wait_for_url(f"**{at(made, 'edit')}")
    page.go_back()
    page.locator("tbody a[data-open]").focus()
    page.keyboard.press("e")
    page.wait_for_url(f"**{at(made, 'edit')}")
    page.go_back()
    page.locator("tbody a[data-open]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at(made)}")


def test_columns_are_chosen_in_a_menu(desk: Desk, served: Served, name: str) -> None:
    api.client(served, name)
    page = desk("/clients")
    page.get_by_role("button", name="Colonnes").click()
    page.locator("#columns").get_by_text("Téléphone", exact=True).click()
    page.get_by_role("button", name="Afficher ces colonnes").click()
    expect(page.get_by_role("columnheader", name="Téléphone", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("columnheader", name="Téléphone", exact=True)).to_be_visible()


def test_a_view_is_saved_and_found_again(desk: Desk, served: Served, name: str) -> None:
    api.client(served, name)
    page = desk(f"/clients?q={name.split(maxsplit=1)[0]}")
    page.get_by_role("button", name="Vues").click()
    page.get_by_role("menuitem", name="Enregistrer cette vue").click()
    page.get_by_label("Nom de cette vue").fill(f"View {name}")
    page.locator("#view").get_by_role("button", name="Enregistrer cette vue").click()
    expect(page.get_by_text("La vue est enregistrée.")).to_be_visible()
    page.goto("/clients")
    page.get_by_role("button", name="Vues").click()
    page.get_by_role("menuitem", name=f"View {name}").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_record_leads_to_the_next_of_its_list(desk: Desk, served: Served, name: str) -> None:
    stem = name.split(maxsplit=1)[0]
    first, second = api.client(served, f"{stem} A"), api.client(served, f"{stem} B")
    page = desk(f"/clients?q={stem}")
    page.locator("tbody tr").first.locator("a[data-open]").click()
    page.wait_for_url(f"**{at(first)}")
    page.get_by_role("link", name="Suivant dans la liste").click()
    page.wait_for_url(f"**{at(second)}")
    page.keyboard.press("k")
    page.wait_for_url(f"**{at(first)}")
    page.locator(".crumbs a").first.click()
    page.wait_for_url(f"**/clients?q={stem}")


def test_a_tile_lists_and_its_plus_creates(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made))
    plus = page.get_by_role("link", name="Nouvelle facture", exact=True).and_(page.locator(".tile-add"))
    plus.hover()
    expect(plus.locator("svg.plus")).to_be_visible()
    plus.click()
    page.wait_for_url(f"**/invoices/new?client={made['id']}")
    expect(page.locator(".ts-control .item")).to_have_text(name)
    page.goto(at(made))
    page.locator(".tile a.list", has_text=re.compile("^Factures(?! récurrentes)")).click()
    page.wait_for_url(f"**/invoices?client={made['id']}")
    expect(page.locator(".chip.on")).to_contain_text(name)


def test_a_long_press_on_a_tile_creates(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made), **PHONE)
    tile = page.locator(".tile", has_text=re.compile("^Factures(?! récurrentes)"))
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    spot = [{"x": box["x"] + box["width"] - 20, "y": box["y"] + 20}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": spot})
    page.wait_for_timeout(700)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url(f"**/invoices/new?client={made['id']}")


def test_the_form_copies_an_address_and_adds_people(desk: Desk, name: str) -> None:
    page = desk("/clients/new")
    page.locator("[name='name']").fill(name)
    page.locator("[name='contacts.0.first_name']").fill("Ann")
    page.locator("[name='contacts.0.email']").fill("ann@example.com")
    page.get_by_role("button", name="Ajouter un second contact").click()
    expect(page.locator("[name='contacts.1.first_name']")).to_be_focused()
    expect(page.get_by_role("button", name="Ajouter un contact")).to_be_visible()
    page.locator("[name='contacts.1.first_name']").fill("Ben")
    page.locator("[name='address1']").fill("1, rue Neuve")
    page.locator("[name='city']").fill("Lyon")
    page.get_by_role("button", name="Copier facturation").click()
    expect(page.locator("[name='shipping_address1']")).to_have_value("1, rue Neuve")
    country = page.locator("[name='country_id']").input_value()
    assert country and page.locator("[name='shipping_country_id']").input_value() == country
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Le client est enregistré.")).to_be_visible()
    page.locator("nav.tabs").get_by_role("link", name="Détails").click()
    expect(page.get_by_text("Ben")).to_be_visible()
    expect(page.get_by_role("link", name="Voir le portail").first).to_have_attribute("target", "_blank")


def test_a_fault_opens_its_tab_on_a_phone(desk: Desk, name: str) -> None:
    page = desk("/clients/new", **PHONE)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_text(
        ["Détails", "Contacts", "Notes", "Paramètres", "Adresse de facturation", "Adresse de livraison"]
    )
    page.locator("[name='name']").fill(name)
    tabs.nth(1).click()
    page.locator("[name='contacts.0.email']").fill("not an address")
    tabs.nth(0).click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Contacts")
    expect(page.get_by_text("Ce n’est pas une adresse de courriel.")).to_be_visible()
    expect(page.locator("[name='name']")).to_have_value(name)


def test_nothing_typed_is_lost_in_silence(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name), "edit"))
    page.wait_for_timeout(600)
    page.locator("[name='city']").fill("Lyon")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Produits").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/edit")


def test_two_people_at_one_form_see_both_versions(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    mine, theirs = desk(at(made, "edit")), desk(at(made, "edit"))
    theirs.locator("[name='city']").fill("Nantes")
    theirs.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(theirs.get_by_text("Le client est enregistré.")).to_be_visible()
    mine.locator("[name='city']").fill("Lyon")
    mine.get_by_role("button", name="Enregistrer", exact=True).click()
    row = mine.get_by_role("row", name=re.compile("Ville"))
    expect(row.get_by_role("cell")).to_have_text(["Nantes", "Lyon"])
    expect(mine.locator("[name='city']")).to_have_value("Lyon")
    mine.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(mine.get_by_text("Le client est enregistré.")).to_be_visible()


def test_archiving_can_be_undone_from_its_toast(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    page = desk(at(made))
    page.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Archiver").click()
    expect(page.get_by_text("Le client est archivé.")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Le client est de retour.")).to_be_visible()
    expect(page.locator(".page-title .badge")).to_have_count(0)


def test_a_file_is_dropped_shown_and_hidden(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name), "tab", "documents"))
    page.locator("input[type=file]").set_input_files(
        {"name": "terms.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 terms"}
    )
    page.get_by_role("button", name="Téléverser").click()
    row = page.get_by_role("row", name=re.compile("terms.pdf"))
    expect(row.locator(".badge")).to_have_text("Visible")
    row.get_by_role("button", name="Cacher au client").click()
    expect(page.get_by_role("row", name=re.compile("terms.pdf")).locator(".badge")).to_have_text("Privé")


def test_a_comment_is_written_in_a_dialog(desk: Desk, served: Served, name: str) -> None:
    page = desk(at(api.client(served, name)))
    page.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Ajouter un commentaire").click()
    page.get_by_role("textbox", name="Commentaire").fill("Rang, will pay.")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_text("Rang, will pay.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_pages_of_clients_are_accessible_and_fit(
    desk: Desk, served: Served, name: str, theme: str, device: dict[str, object]
) -> None:
    made = api.client(
        served, name, private_notes="Pays late", public_notes="Ring twice", address1="1, rue Neuve"
    )
    api.invoice(served, made["id"])
    page = desk("/clients", color_scheme=theme, **device)
    tabs = [at(made, "tab", tab) for tab in ("details", "documents", "ledger", "activity", "emails", "logs")]
    for path in (
        "/",
        "/clients",
        at(made),
        *tabs,
        at(made, "edit"),
        "/clients/new",
        "/groups",
        "/products/new",
    ):
        page.goto(path)
        page.wait_for_timeout(300)
        found = Axe().run(page).response["violations"]
        serious = [(path, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"]
        assert serious == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
