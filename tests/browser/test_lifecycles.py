"""The life of an invoice by clicking: look at its e-mail, plan it, split it, reverse it, print many."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import api
from tests.serving import Served

Desk = Callable[..., Page]


@pytest.fixture
def invoice(served: Served) -> Any:
    """A sent invoice of 100 for somebody with an address."""
    name = f"Verger{time.time_ns()}"
    contact = {"first_name": "Bea", "email": "bea@verger.example", "send_email": True}
    client = api.post(served, "clients", {"name": name, "contacts": [contact]})
    lines = [{"product_key": "Conseil", "cost": 100, "quantity": 1}]
    said = {"client_id": client["id"], "line_items": lines}
    return api.post(served, "invoices?mark_sent=true", said)


def act(page: Page, label: str) -> None:
    """Choose from the kebab at the top."""
    page.locator(".page-actions button[aria-haspopup=menu]").click()
    page.locator(".page-actions [role=menu]").get_by_role("menuitem", name=label, exact=True).click()


def test_an_email_is_looked_at_with_other_words_and_planned(desk: Desk, invoice: Any) -> None:
    page = desk(f"/invoices/{invoice['id']}")
    act(page, "Envoyer par courriel")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[name='template']")).to_be_visible()
    page.wait_for_load_state("networkidle")
    dialog.locator("[name='template']").select_option("reminder1")
    expect(dialog.locator("[name='subject']")).to_have_value(re.compile(f"Rappel.+{invoice['number']}"))
    dialog.get_by_role("button", name="Aperçu").click()
    expect(dialog.frame_locator("iframe").get_by_text("Bonjour Bea", exact=False)).to_be_visible()
    dialog.locator("[name='day']").fill("2099-01-31")
    found = Axe().run(page, context="dialog[open]").response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    dialog.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("Le document partira par courriel le")).to_be_visible()
    page.get_by_role("button", name="Annuler l’envoi").click()
    expect(page.get_by_text("Le document partira par courriel le")).to_have_count(0)


def test_an_invoice_is_split_and_then_reversed(desk: Desk, invoice: Any) -> None:
    page = desk(f"/invoices/{invoice['id']}")
    act(page, "Payer en plusieurs fois")
    dialog = page.locator("dialog[open]")
    dialog.locator("[name='count']").fill("4")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog.locator("#instalment-rows li")).to_have_count(4)
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Échéance 4 sur 4")).to_be_visible()
    act(page, "Annuler par un avoir")
    page.locator("dialog[open]").get_by_role("button", name="Annuler par un avoir").click()
    page.wait_for_url("**/credits/*")
    page.goto(f"/invoices/{invoice['id']}")
    expect(page.locator(".page-title")).to_contain_text("Extournée")


def test_ticked_invoices_become_one_archive(desk: Desk, invoice: Any) -> None:
    page = desk("/invoices")
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="Télécharger", exact=True).click()
    link = page.get_by_role("link", name="Télécharger l’archive")
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as kept:
        link.click()
    assert kept.value.suggested_filename.startswith("invoices-")
