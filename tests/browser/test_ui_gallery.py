"""The components in a real browser: by keyboard, by touch, in both themes, under the strict policy."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.serving import free_port, wait_for

ROOT = Path(__file__).parents[2]
PAGES = ["/", "/clients/", "/clients/?city=1", "/client/", "/client/edit/?fault", "/invoice/", "/sign-in/"]
PAGES += ["/portal/", "/nothing/", "/refusal/404/"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1360, "height": 860}}
Open = Callable[..., Page]
# What fades in has other contrasts on the way.
AT_REST = """Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < Infinity).map((one) => one.finished))"""
FIRST_THEME = """new MutationObserver(() => {
  if (document.body) window.first ??= document.documentElement.dataset.theme ?? "none";
}).observe(document, {childList: true, subtree: true})"""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The gallery's own small server, on a free port."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.gallery.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    server = subprocess.Popen(command, env=environ, cwd=ROOT)
    try:
        wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def visit(browser: Browser, gallery: str) -> Iterator[Open]:
    """Open a page; at the end, nothing may have been refused by the policy or broken in a script."""
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        expected = "/refusal/" in str(message.location.get("url"))
        if message.type in {"error", "warning"} and not expected:
            faults.append(message.text)

    def visit(path: str, **options: Any) -> Page:
        context = browser.new_context(**({"base_url": gallery, "locale": "en"} | DESK | options))
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in browser.contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_fit_their_screen(visit: Open, theme: str, device: dict[str, Any]) -> None:
    page = visit("/", color_scheme=theme, **device)
    for path in PAGES:
        page.goto(path)
        page.wait_for_timeout(250)
        found = Axe().run(page).response["violations"]
        serious = [(path, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"]
        assert serious == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_what_opens_is_accessible_too(visit: Open) -> None:
    page = visit("/client/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.evaluate(AT_REST)
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    page.evaluate(AT_REST)
    assert Axe().run(page).response["violations"] == []


def test_the_chosen_theme_holds_before_the_first_paint(visit: Open) -> None:
    page = visit("/client/", color_scheme="light")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.add_init_script(FIRST_THEME)
    page.reload()
    assert page.evaluate("window.first") == "dark"
    page.locator("[popovertarget=person-menu]").click()
    page.get_by_role("button", name="System").click()
    assert page.evaluate("document.documentElement.dataset.theme ?? 'system'") == "system"


def test_the_palette_searches_and_goes_by_keyboard(visit: Open) -> None:
    page = visit("/client/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="New invoice")).to_be_visible()
    page.keyboard.type("invoice")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option", selected=True)).to_have_text("New invoice")
    page.keyboard.press("Enter")
    page.wait_for_url("**/invoice/")


def test_a_menu_is_walked_by_arrows_and_letters_and_gives_the_focus_back(visit: Open) -> None:
    page = visit("/client/")
    kebab = page.get_by_role("button", name="More actions")
    kebab.press("Enter")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="New invoice")).to_be_focused()
    page.keyboard.press("d")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu", name="More actions")).to_be_hidden()
    expect(kebab).to_be_focused()


def test_one_click_opens_a_row_and_two_edit_it(visit: Open) -> None:
    page = visit("/clients/")
    page.get_by_role("cell", name="C-1003").click()
    page.wait_for_url("**/client/")
    page.go_back()
    page.get_by_role("cell", name="C-1003").dblclick()
    page.wait_for_url("**/client/edit/")


def test_rows_are_walked_and_edited_by_keyboard(visit: Open) -> None:
    page = visit("/clients/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search clients")).to_be_focused()
    page.get_by_role("link", name="Ateliers Beaumarchais").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Boulangerie Saint-Marc")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Select Boulangerie Saint-Marc")).to_be_checked()
    page.get_by_role("link", name="Boulangerie Saint-Marc").press("e")
    page.wait_for_url("**/client/edit/")


def test_the_bulk_bar_offers_what_every_ticked_row_allows(visit: Open) -> None:
    page = visit("/clients/")
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name="Select Verger & Fils").check()
    expect(bar.get_by_role("button", name="Archive")).to_be_visible()
    page.get_by_role("checkbox", name="Select Ateliers Beaumarchais").check()
    expect(bar).to_contain_text("Selected: 2")
    expect(bar.get_by_role("button", name="Archive")).to_be_hidden()
    bar.get_by_role("button", name="Clear the selection").click()
    expect(bar).to_be_hidden()


def test_a_row_s_menu_acts_on_that_row(visit: Open) -> None:
    page = visit("/clients/")
    page.get_by_role("button", name="Actions on Verger & Fils").click()
    menu = page.get_by_role("menu").filter(visible=True)
    expect(menu.get_by_role("menuitem", name="Restore")).to_be_hidden()
    expect(menu.get_by_role("menuitem", name="Edit")).to_have_attribute("href", "/client/edit/?C-1007")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        menu.get_by_role("menuitem", name="Archive").click()
    assert sent.value.url.endswith("/done/?C-1007")
    toast = page.get_by_role("status").locator(".toast")
    expect(toast).to_contain_text("Archived")
    toast.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/clients/")


def test_a_search_narrows_the_list_and_stays_in_the_address(visit: Open) -> None:
    page = visit("/clients/")
    page.get_by_role("searchbox", name="Search clients").fill("garance")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "q=garance" in page.url
    page.get_by_role("searchbox", name="Search clients").fill("nobody at all")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()


def test_lines_are_added_moved_and_added_up(visit: Open) -> None:
    page = visit("/invoice/")
    cost = page.get_by_role("textbox", name="Unit cost")
    expect(page.locator("#totals")).to_contain_text("€3,480.00")
    cost.nth(0).fill("3*12.5")
    cost.nth(0).press("Enter")
    expect(cost.nth(0)).to_have_value("37.5")
    expect(cost).to_have_count(3)
    expect(page.locator("#totals")).to_contain_text("€2,085.00")
    expect(page.locator('[data-key="product_key"]').nth(1)).to_be_focused()
    page.keyboard.type("hosting")
    expect(page.get_by_role("option", name="Hosting, one year")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cost.nth(1)).to_have_value("240")
    expect(page.locator("#totals")).to_contain_text("€2,373.00")
    page.locator('[data-key="product_key"]').nth(1).press("Alt+ArrowUp")
    expect(page.locator('[name="line_items.0.cost"]')).to_have_value("240")
    page.get_by_role("button", name="Remove this line").nth(2).click()
    expect(page.locator("#totals")).to_contain_text("€333.00")


def test_a_client_is_searched_and_a_new_one_picks_itself(visit: Open) -> None:
    page = visit("/invoice/")
    expect(page.locator(".ts-control").first).to_be_visible()
    page.get_by_role("combobox", name="Client").click()
    page.keyboard.type("Garance")
    page.get_by_role("option", name="Maison Garance").click()
    expect(page.locator('select[name="client_id"]')).to_have_value("C-1010")
    page.get_by_role("combobox", name="Client").click()
    page.keyboard.type("Zephyr")
    page.locator(".ts-dropdown .create").click()
    dialog = page.get_by_role("dialog", name="New client")
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value("Zephyr")
    page.evaluate(
        "document.body.dispatchEvent(new CustomEvent('picked', {bubbles: true,"
        " detail: {name: 'client_id', value: '77', label: 'Zephyr'}}))"
    )
    expect(page.locator('select[name="client_id"]')).to_have_value("77")


def test_a_draft_saves_itself_and_the_preview_follows(visit: Open) -> None:
    page = visit("/invoice/")
    with page.expect_response("**/preview/") as shown:
        page.get_by_role("textbox", name="Note on the invoice").fill("Thank you")
    assert shown.value.headers["content-type"] == "image/png"
    expect(page.get_by_role("img", name="Preview of the invoice")).to_have_attribute(
        "src", re.compile("^blob:")
    )
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def test_leaving_with_changes_asks_first(visit: Open) -> None:
    page = visit("/client/edit/")
    page.wait_for_timeout(600)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/client/")
    assert asked == []
    page.goto("/client/edit/")
    page.wait_for_timeout(600)
    page.get_by_role("textbox", name="Number", exact=True).fill("C-9")
    page.goto("/client/")
    assert asked == ["beforeunload"]


def test_a_fault_opens_its_tab_on_a_phone(visit: Open) -> None:
    page = visit("/client/edit/?fault", **PHONE)
    expect(page.get_by_role("tab", name="Contacts")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("textbox", name="E-mail")).to_be_focused()
    expect(page.get_by_role("textbox", name="VAT number")).to_be_hidden()
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_role("textbox", name="VAT number")).to_be_visible()


def test_a_long_press_on_a_tile_creates(visit: Open) -> None:
    page = visit("/client/", **PHONE)
    tile = page.locator(".tile", has_text="Quotes")
    tile.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    page.wait_for_url("**/client/#add")


def test_a_tap_on_a_tile_lists(visit: Open) -> None:
    page = visit("/client/", **PHONE)
    page.locator(".tile", has_text="Quotes").tap()
    page.wait_for_url("**/client/#list")


def test_the_drawer_and_the_top_menu_serve_a_phone(visit: Open) -> None:
    page = visit("/client/", **PHONE)
    page.get_by_role("button", name="Open the menu").click()
    expect(page.get_by_role("link", name="New invoice")).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Overview").click()
    expect(page.get_by_role("menuitem", name="Ledger")).to_be_visible()


def test_the_portal_needs_no_script(visit: Open) -> None:
    page = visit("/portal/", java_script_enabled=False, **PHONE)
    expect(page.get_by_role("link", name="Pay now")).to_be_visible()
    page.locator("summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_forms_of_the_office_work_without_a_script(visit: Open) -> None:
    page = visit("/client/edit/", java_script_enabled=False)
    page.get_by_role("textbox", name="Number", exact=True).fill("C-9")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/clients/")
    page.goto("/client/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Archive").click()
    page.wait_for_url("**/clients/")


def test_a_page_in_arabic_is_the_mirror_of_one_in_english(visit: Open) -> None:
    side = "document.querySelector('.sidebar').getBoundingClientRect().left"
    assert visit("/client/", locale="en").evaluate(side) == 0
    assert visit("/client/", locale="ar").evaluate(side) == 1360 - 240


def test_french_speaks_french(visit: Open) -> None:
    page = visit("/clients/", locale="fr")
    expect(page.get_by_role("button", name="Rechercher ou aller à…")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
