"""Designs by clicking: columns dragged into their order, a design written, imported and accessible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_columns_are_dragged_into_their_order_and_drawn_at_once(desk: Open) -> None:
    page = desk("/settings/designs")
    items = page.locator("select[name='pdf_variables.product_columns'] + .ts-wrapper .item")
    expect(items.first).to_have_text("Article")
    items.first.scroll_into_view_if_needed()
    start, end = items.first.bounding_box(), items.nth(2).bounding_box()
    assert start is not None and end is not None
    with page.expect_response("**/settings/designs/paper"):
        page.mouse.move(start["x"] + 8, start["y"] + 8)
        page.mouse.down()
        page.mouse.move(end["x"] + end["width"] - 4, end["y"] + 8, steps=12)
        page.mouse.up()
    expect(items.nth(2)).to_have_text("Article")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".toast")).to_contain_text("enregistrés")
    expect(items.nth(2)).to_have_text("Article")


def test_a_design_is_written_beside_its_page(desk: Open, tmp_path: Path) -> None:
    page = desk("/settings/designs/own/new")
    page.get_by_label("Nom").fill("Lettre du navigateur")
    editor = page.locator("#body .cm-content")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n$client.na")
    page.locator("#body .cm-tooltip-autocomplete li").filter(has_text="$client.name").click()
    expect(editor).to_contain_text("$client.name")
    page.keyboard.type(" $nobody")
    expect(
        page.get_by_text("«\u00a0$nobody\u00a0» n’est pas un nom que les documents remplissent")
    ).to_be_visible()
    expect(page.locator(".preview img[src^='blob:']")).to_be_visible()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Lettre du navigateur", level=1)).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Exporter").click()
    saved.value.save_as(tmp_path / "design.json")
    page.goto("/settings/designs/own")
    page.get_by_text("Importer", exact=True).click()
    page.locator("input[type=file]").set_input_files(tmp_path / "design.json")
    page.get_by_role("dialog").get_by_role("button", name="Importer").click()
    expect(page.get_by_role("heading", name="Lettre du navigateur 2", level=1)).to_be_visible()


@pytest.mark.parametrize(("options", "theme"), [({}, "light"), (PHONE, "dark")], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/settings/designs/own", "/settings/designs/own/new"])
def test_the_pages_are_accessible_and_fit_their_screen(
    desk: Open, path: str, options: dict[str, Any], theme: str
) -> None:
    page = desk(path, color_scheme=theme, **options)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    serious = [
        (fault["id"], node["html"][:120])
        for fault in found.response["violations"]
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"]
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
