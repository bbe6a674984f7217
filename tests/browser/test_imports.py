"""An import by clicking: drop a file, see its columns, check, import, follow the report; and an export."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Desk = Callable[..., Page]


@pytest.fixture
def name() -> str:
    return f"Étain{time.time_ns()}"


@pytest.fixture
def spreadsheet(tmp_path: Path, name: str) -> Path:
    """As a French spreadsheet saves it: Windows 1252, semicolons."""
    domain = f"{name[5:]}.example.com"  # an address that another test has imported would be known
    rows = [
        "Société;Prénom;Nom;Courriel;Pays",
        f"{name} Un;Zoé;Brûlé;zoe@{domain};Belgique",
        f"{name} Deux;;;;France",
        f"{name} Un;Léo;Petit;leo@{domain};",
        f"{name} Trois;;;;Atlantide",
    ]
    path = tmp_path / "clients.csv"
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    return path


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps people out."""
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_a_spreadsheet_becomes_clients(desk: Desk, spreadsheet: Path, name: str) -> None:
    page = desk("/settings")
    page.get_by_role("main").get_by_role("link", name="Importer et exporter").first.click()
    page.locator('input[type="file"]').set_input_files(spreadsheet)
    expect(page.locator("[data-names]")).to_have_text("clients.csv")
    assert serious(page) == []
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Encodage")).to_have_value("cp1252")
    expect(page.get_by_label("Séparateur de colonnes")).to_have_value(";")
    expect(page.get_by_label("Société")).to_have_value("client.name")
    expect(page.get_by_label("Nom", exact=True).first).to_have_value("contact.last_name")
    assert serious(page) == []
    page.get_by_role("button", name="Vérifier d’abord").click()
    expect(page.get_by_text("Aucun pays ne s’appelle « Atlantide ».")).to_be_visible(timeout=20_000)
    page.locator("#import").get_by_role("button", name="Importer").click()
    expect(page.get_by_text("Terminé")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Créées").click()
    expect(page.get_by_role("link", name=f"{name} Un")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("link", name=f"{name} Un").click()
    expect(page.get_by_text("Léo Petit").first).to_be_visible()


def test_the_refused_rows_come_back_as_a_file(desk: Desk, spreadsheet: Path, name: str) -> None:
    page = desk("/imports")
    page.locator('input[type="file"]').set_input_files(spreadsheet)
    page.get_by_role("button", name="Continuer").click()
    page.locator("#import").get_by_role("button", name="Importer").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Lignes à corriger (CSV)").click(timeout=20_000)
    text = waited.value.path().read_text(encoding="utf-8-sig")
    assert f"{name} Trois;" in text
    assert "Atlantide" in text


def test_ticked_clients_leave_as_a_file(desk: Desk, spreadsheet: Path, name: str) -> None:
    page = desk("/imports")
    page.locator('input[type="file"]').set_input_files(spreadsheet)
    page.get_by_role("button", name="Continuer").click()
    page.locator("#import").get_by_role("button", name="Importer").click()
    expect(page.get_by_text("Terminé")).to_be_visible(timeout=20_000)
    page.goto("/clients?sort=created_at|desc")
    page.get_by_role("checkbox", name=f"{name} Un").check()
    page.get_by_role("button", name="Exporter", exact=True).last.click()
    with page.expect_download() as waited:
        page.get_by_role("dialog").get_by_role("button", name="Exporter").click()
    lines = waited.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[1] for line in lines[1:]] == [f"{name} Un", f"{name} Un"]
