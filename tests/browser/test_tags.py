"""Tags by hand: found or made by typing, taken off, put on many rows; a mail in its frame."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import api
from tests.serving import Served

Desk = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def mark() -> str:
    """A word of this test's own."""
    return f"T{time.time_ns()}"


@pytest.fixture
def made(served: Served, mark: str) -> Iterator[dict[str, Any]]:
    """A client, and two tags for clients."""
    client = api.client(served, f"Zinc{mark}")
    for name in ("Alpha", "Beta"):
        api.post(served, "tags", {"entity_type": "client", "name": f"{name} {mark}", "color": "#00a166"})
    yield client


def chips(page: Page) -> Locator:
    return page.locator("#tag-editor .tag > a")


def typed(page: Page, text: str) -> Locator:
    """The field, with a text typed; the list below it has come."""
    field = page.get_by_role("combobox", name="Ajouter une étiquette")
    field.click()
    field.press_sequentially(text)
    expect(page.locator("#suggestions [role=option]").first).to_contain_text(text)
    return field


def test_a_tag_is_found_by_typing_and_enter_takes_the_first(
    desk: Desk, made: dict[str, Any], mark: str
) -> None:
    page = desk(f"/clients/{made['id']}")
    field = typed(page, mark)
    options = page.locator("#suggestions [role=option]")
    expect(options).to_have_text([f"Alpha {mark}", f"Beta {mark}", f"Créer « {mark} »"])
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(chips(page)).to_have_text([f"Alpha {mark}"])
    expect(page.get_by_role("combobox", name="Ajouter une étiquette")).to_be_focused()


def test_enter_waits_for_the_list_of_what_is_typed(desk: Desk, made: dict[str, Any], mark: str) -> None:
    page = desk(f"/clients/{made['id']}")
    field = page.get_by_role("combobox", name="Ajouter une étiquette")
    field.click()
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    field.fill(f"beta {mark}")
    field.press("Enter")
    expect(chips(page)).to_have_text([f"Beta {mark}"])


def test_arrows_choose_another_and_the_last_makes_a_new_one(
    desk: Desk, made: dict[str, Any], mark: str
) -> None:
    page = desk(f"/clients/{made['id']}")
    field = typed(page, mark)
    field.press("ArrowDown")
    field.press("Enter")
    expect(chips(page)).to_have_text([f"Beta {mark}"])
    typed(page, f"Gamma {mark}").press("Enter")
    expect(chips(page)).to_have_text([f"Beta {mark}", f"Gamma {mark}"])
    page.reload()
    expect(chips(page)).to_have_text([f"Beta {mark}", f"Gamma {mark}"])


def test_escape_closes_the_list_and_the_cross_takes_a_tag_off(
    desk: Desk, made: dict[str, Any], mark: str
) -> None:
    page = desk(f"/clients/{made['id']}")
    typed(page, f"Alpha {mark}").press("Enter")
    expect(chips(page)).to_have_count(1)
    field = page.get_by_role("combobox", name="Ajouter une étiquette")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    field.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.get_by_role("button", name=f"Retirer l’étiquette Alpha {mark}").press("Enter")
    expect(chips(page)).to_have_count(0)
    expect(page.get_by_role("combobox", name="Ajouter une étiquette")).to_be_focused()


def test_it_works_on_a_phone(desk: Desk, made: dict[str, Any], mark: str) -> None:
    page = desk(f"/clients/{made['id']}", **PHONE)
    page.get_by_role("combobox", name="Ajouter une étiquette").tap()
    page.keyboard.type(f"Beta {mark}")
    page.locator("#suggestions [role=option]", has_text=f"Beta {mark}").first.tap()
    expect(chips(page)).to_have_text([f"Beta {mark}"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=f"Retirer l’étiquette Beta {mark}").tap()
    expect(chips(page)).to_have_count(0)


def test_ticked_rows_are_tagged_and_the_list_is_narrowed(
    desk: Desk, served: Served, made: dict[str, Any], mark: str
) -> None:
    page = desk(f"/clients?q={mark}")
    page.locator("tbody input[name=ids]").first.check()
    page.get_by_role("button", name="Étiqueter…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(f"Alpha {mark}").check()
    dialog.get_by_role("button", name="Enregistrer").click()
    row = page.locator("tbody tr", has_text=mark)
    expect(row.locator(".tag")).to_have_text([f"Alpha {mark}"])
    page.get_by_role("button", name="Étiquette", exact=True).click()
    page.get_by_role("menuitem", name=f"Alpha {mark}").click()
    expect(page.locator(".chip.on")).to_contain_text(f"Alpha {mark}")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_tag_is_named_and_coloured_in_a_dialog(desk: Desk, made: dict[str, Any], mark: str) -> None:
    page = desk(f"/tags?q={mark}")
    page.get_by_role("button", name=f"Alpha {mark}", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nom").fill(f"Omega {mark}")
    dialog.get_by_label("Rose").check()
    dialog.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/tags")
    page.goto(f"/tags?q={mark}")
    expect(page.get_by_role("button", name=f"Omega {mark}", exact=True)).to_have_class("tag hue-6")


def test_a_mail_is_read_in_its_frame(desk: Desk, served: Served, made: dict[str, Any]) -> None:
    invoice = api.invoice(served, made["id"])
    asked = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"}
    api.post(served, "emails", asked)
    page = desk(f"/clients/{made['id']}/tab/emails")
    page.locator("tbody a.name").first.click()
    page.wait_for_url("**/mails/*")
    frame = page.frame_locator("iframe.mail-frame")
    expect(frame.get_by_role("link", name="View the invoice")).to_be_visible()
    expect(page.get_by_role("link", name=f"Facture {invoice['number']}")).to_be_visible()
