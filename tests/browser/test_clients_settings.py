"""Rows S19, S25 and S47 by hand: nine tiles, settings of one client alone, the paper of an older day."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import api
from tests.serving import Served

Desk = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TILES = ["Groupes", "Factures", "Paiements", "Factures récurrentes", "Devis", "Avoirs"]


@pytest.fixture
def name() -> str:
    return f"Zinc {time.time_ns()}"


@pytest.fixture
def modules(served: Served) -> Iterator[Callable[[int], None]]:
    """Switches the company's modules; they are as before afterwards."""
    company = api.company(served)

    def switch(bits: int) -> None:
        api.put(served, f"companies/{company['id']}", {"enabled_modules": bits})

    yield switch
    switch(company["enabled_modules"])


def labels(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".tile .tile-name, .tile b").all_inner_texts()]


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_s19_the_kinds_stand_in_their_order_and_a_module_that_is_off_is_away(
    desk: Desk, served: Served, name: str, modules: Callable[[int], None], device: dict[str, object]
) -> None:
    made = api.client(served, name)
    page = desk(f"/clients/{made['id']}", **device)
    tiles = page.locator(".tiles .tile")
    for place, label in enumerate(TILES):
        expect(tiles.nth(place)).to_contain_text(label)
    modules(4095 & ~4)
    page.reload()
    expect(page.locator(".tiles .tile", has_text="Factures").first).to_be_visible()
    expect(page.locator(".tiles .tile", has_text="Devis")).to_have_count(0)


def test_s19_the_tile_of_groups_opens_the_group_or_offers_one(desk: Desk, served: Served, name: str) -> None:
    group = api.post(served, "group_settings", {"name": name, "settings": {"payment_terms": "60"}})
    made = api.client(served, name)
    page = desk(f"/clients/{made['id']}")
    page.locator(".tiles .tile", has_text="Groupes").click(position={"x": 120, "y": 20})
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    api.put(served, f"clients/{made['id']}", {"group_settings_id": group["id"]})
    page.reload()
    page.locator(".tiles .tile", has_text="Groupes").click(position={"x": 120, "y": 20})
    page.wait_for_url(f"**/groups/{group['id']}")


def test_s25_a_setting_of_one_client_is_inherited_overridden_and_reset(
    desk: Desk, served: Served, name: str
) -> None:
    group = api.post(served, "group_settings", {"name": name, "settings": {"payment_terms": "60"}})
    made = api.client(served, name, group_settings_id=group["id"])
    page = desk(f"/settings/payments?level=client&id={made['id']}")
    expect(page.get_by_text(f"Paramètres du client {name}")).to_be_visible()
    terms = page.locator("[name='payment_terms']")
    expect(page.get_by_text("60 jours").first).to_be_attached()
    terms.select_option("14")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Les paramètres sont enregistrés.")).to_be_visible()
    expect(page.locator("[name='payment_terms']")).to_have_value("14")
    page.locator("button[name='reset'][value='payment_terms']").click()
    expect(page.get_by_text("La valeur héritée s’applique de nouveau.")).to_be_visible()
    expect(page.locator("[name='payment_terms']")).to_have_value("")


def test_s47_a_row_of_activity_opens_the_paper_of_that_day(desk: Desk, served: Served, name: str) -> None:
    made = api.client(served, name)
    api.invoice(served, made["id"])
    page = desk(f"/clients/{made['id']}/tab/activity")
    link = page.get_by_role("link", name="PDF de cette version").first
    for _try in range(20):  # the worker prints it
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    answer = page.request.get(str(link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")
