"""Settings by clicking: found, previewed, overridden for one client, reset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.serving import Served

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1360, "height": 860}}
PAGES = [
    "/settings", "/settings/company", "/settings/localization", "/settings/payments", "/settings/taxes",
    "/settings/designs", "/settings/numbers", "/settings/email", "/settings/letters", "/settings/reminders",
    "/settings/portal", "/settings/fields", "/settings/users", "/settings/users/new", "/settings/tokens",
    "/settings/companies", "/settings/tax-rates", "/settings/numbers/gaps", "/settings/system", "/me",
    "/help/clients", "/help/keyboard", "/settings/exchange-rates",
]  # fmt: skip


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Open]:
    """Sign the owner in; faults of scripts and of the policy fail the test."""
    heard: list[str] = []
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            heard.append(message.text)

    def open_page(path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(base_url=served.url, locale="fr-FR", **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("console", note)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto("/account/login/")
        page.locator("#id-login").fill(served.email)
        page.locator("#id-password").fill(served.password)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        page.wait_for_url(served.url + "/")
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


@pytest.mark.parametrize(("device", "theme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_every_page_is_accessible_and_fits_its_screen(
    visit: Open, theme: str, device: dict[str, Any]
) -> None:
    page = visit("/settings", color_scheme=theme, **device)
    for path in PAGES:
        page.goto(path)
        page.wait_for_timeout(200)
        found = Axe().run(page).response["violations"]
        serious = [(path, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"]
        assert serious == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_setting_is_found_by_a_word_and_saved_by_the_keyboard(visit: Open) -> None:
    page = visit("/settings", **DESK)
    page.get_by_role("searchbox", name="Chercher un paramètre").fill("numero de tva")
    page.get_by_role("link", name=re.compile("Numéro de TVA")).first.click()
    field = page.locator("#id-vat_number")
    field.fill("FR44732829320")
    field.press("Control+s")
    expect(page.get_by_text("Les paramètres sont enregistrés.")).to_be_visible()
    expect(page.locator("#id-vat_number")).to_have_value("FR44732829320")


def test_enter_in_a_field_saves_and_resets_nothing(visit: Open) -> None:
    page = visit("/clients/new", **DESK)
    page.locator("#id-name").fill("Bistro Entrée")
    page.get_by_role("button", name="Enregistrer").first.click()
    page.wait_for_url(re.compile(r"/clients/\w{10,}"))
    key = page.url.rpartition("/clients/")[2].partition("?")[0].partition("/")[0]
    at = f"/settings/payments?level=client&id={key}"
    page.goto(at)
    expect(page.get_by_text("Paramètres du client Bistro Entrée")).to_be_visible()
    page.locator("#id-payment_terms").select_option("30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Les paramètres sont enregistrés.")).to_be_visible()
    page.goto(f"/settings/tasks?level=client&id={key}")
    page.locator("#id-default_task_rate").fill("2*45")
    page.locator("#id-default_task_rate").press("Enter")
    expect(page.locator("#id-default_task_rate")).to_have_value("90")
    page.goto(at)
    expect(page.locator("#id-payment_terms")).to_have_value("30")
    page.get_by_role("button", name="Réinitialiser").click()
    expect(page.locator("#id-payment_terms")).to_have_value("")
    page.get_by_role("link", name="Retour au client").click()
    page.wait_for_url(f"**/clients/{key}")


def test_the_next_number_follows_the_pattern_while_it_is_typed(visit: Open) -> None:
    page = visit("/settings/numbers", **DESK)
    pattern = page.locator("#id-quote_number_pattern")
    pattern.fill("")
    pattern.press_sequentially("DEV-{$counter}")
    expect(page.locator("#next-quote")).to_have_text(re.compile(r"^DEV-\d{4}$"))


def test_a_mail_and_a_paper_are_drawn_while_one_types(visit: Open) -> None:
    page = visit("/settings/letters?name=invoice", **DESK)
    page.locator("#id-email_template_invoice").fill("Chère cliente, voici **la facture**.")
    frame = page.frame_locator("iframe[name=letter]")
    expect(frame.get_by_role("paragraph").filter(has_text="Chère cliente, voici")).to_be_visible()
    page.locator("#id-email_subject_invoice").fill("Pour vous")
    expect(page.locator("p b")).to_have_text("Pour vous")
    page.goto("/settings/designs")
    shown = page.get_by_role("img", name="Aperçu", exact=True)
    expect(shown).to_have_attribute("src", re.compile("^blob:"))
    before = shown.get_attribute("src")
    page.locator("#id-primary_color").fill("#aa2211")
    expect(shown).not_to_have_attribute("src", before or "")


def test_a_new_token_is_shown_once_and_copied(visit: Open) -> None:
    page = visit("/settings/tokens", **DESK)
    page.get_by_role("link", name="Nouveau jeton").first.click()
    page.locator("#id-name").fill("Zapier")
    page.get_by_role("button", name="Créer le jeton").click()
    value = page.locator("[data-token]").inner_text()
    assert re.fullmatch(r"[A-Za-z0-9]{64}", value)
    page.get_by_role("link", name="Terminé").click()
    expect(page.get_by_role("cell", name="Zapier", exact=True)).to_be_visible()
    assert value not in page.content()
