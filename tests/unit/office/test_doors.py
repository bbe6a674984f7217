"""What can be done to a document or a payment, through every door: the table of ``docs/billing.md``.

A door is the page of one record, the bar of ticked rows, the API for one and the API for many. The table
says what each offers; an empty cell wants a reason. Nothing is offered that the table does not name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from comptoir.api.registry import registry
from comptoir.contract.routes import all_routes
from comptoir.kernel import ids
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.recurring.operations import create_recurring, start
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.test_credit_and_charges import keep_a_card

PAGE = Path(__file__).parents[3] / "docs" / "billing.md"
YES = "✓"
ENTITIES = {
    "invoice": ("invoices", "invoices"),
    "quote": ("quotes", "quotes"),
    "credit": ("credits", "credits"),
    "recurring_invoice": ("recurring_invoices", "recurring"),
    "payment": ("payments", "payments"),
}
"""The resource of the API, and the first word of the office's addresses."""

SAME = {
    "send_email": "email", "mail": "email", "receipt": "email", "email_receipt": "email",
    "bulk_download": "download", "pdf": "download", "receipt.pdf": "download", "zip": "download",
    "bulk_print": "print", "payment": "enter payment", "convert_to_invoice": "convert",
    "raise": "increase_prices", "raise-several": "increase_prices", "instalments": "pay in instalments",
    "delivery-note": "delivery_note", "run-template": "template",
}  # fmt: skip
"""Words of one door for what another calls otherwise."""

FIRST = {"tagged": "tag", "run-template": "template", "assign": "assign"}
"""Addresses that all kinds share, by their first word."""


def table(entity: str) -> dict[str, list[str]]:
    """The rows of an entity: the action, its four doors, the reason."""
    part = PAGE.read_text().partition(f"### {entity}\n")[2].partition("\n#")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if "|" in line
    ]
    return {row[0]: row[1:] for row in rows[2:]}


def named(word: str) -> str:
    return SAME.get(word, word)


def of_address(url: str) -> str:
    """The action that an entry of a menu leads to."""
    path, _mark, query = url.partition("?")
    first, *_rest, last = path.strip("/").split("/")
    if "copy=" in query:
        entity = next(entity for entity, (_path, word) in ENTITIES.items() if word == first)
        return f"clone_to_{entity}"
    if "corrects=" in query:
        return "make a credit note"
    if path == "/payments/new":
        return "apply"
    return FIRST.get(first) or named(last)


def states(office: Office, entity: str) -> list[Any]:
    """Records in enough states to see every entry of the menu."""
    by, whose = office.alice, papers.client(office.alice, email="bea@bistro.test")
    keep_a_card(office, whose)
    match entity:
        case "invoice":
            return [papers.invoice(by, whose, sent=False), papers.invoice(by, whose)]
        case "quote":
            return [papers.quote(by, whose)]
        case "credit":
            fields = {"client": whose, "line_items": [papers.line("-5")]}
            return [create_credit(fields, by=by.actor(), on=ON), papers.credit(by, whose)]
        case "recurring_invoice":
            fields = {"client": whose, "frequency_id": "5", "line_items": [papers.line()]}
            made = [create_recurring(fields, by=by.actor(), on=ON) for _ in range(2)]
            return [made[0], start(made[1], by=by.actor(), on=ON)]
        case _:
            return [papers.payment(by, whose, "50")]


def on_pages(office: Office, entity: str) -> set[str]:
    """What the menus of these records offer, put away and not."""
    browser, at, found = office.browser(), ENTITIES[entity][1], set()
    for record in states(office, entity):
        for _ in range(2):
            shown = browser.get(f"/{at}/{ids.encode(record.pk)}").context
            entries = [*shown["kebab"], *([shown["main"]] if shown.get("main") else [])]
            found |= {of_address(entry.url) for entry in entries}
            found |= {
                of_address(shown[name]) for name in ("edit_url", "apply_url", "refund_url") if shown.get(name)
            }
            found |= {"history" for tab in shown.get("tabs", ()) if tab.url.endswith("/tab/versions")}
            type(record).objects.filter(pk=record.pk).update(archived_at=record.created_at)
    return found - {"comment", "edit"}


def in_bar(office: Office, entity: str) -> set[str]:
    """What the bar of ticked rows offers."""
    entries = office.browser().get(f"/{ENTITIES[entity][1]}").context["list"].table.bulk
    found = {of_address(entry.url) if entry.url else named(entry.key) for entry in entries}
    return found - {"tag", "export"}


def by_wire(entity: str) -> tuple[set[str], set[str]]:
    """The actions of the API on one and on many."""
    actions = registry().resources[ENTITIES[entity][0]].all_actions
    return (
        {named(name) for name, action in actions.items() if action.single},
        {named(name) for name, action in actions.items() if action.bulk},
    )


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_door_offers_what_the_table_says_and_nothing_else(office: Office, entity: str) -> None:
    rows = table(entity)
    one, many = by_wire(entity)
    offered = [on_pages(office, entity), in_bar(office, entity), one, many]
    for place, found in enumerate(offered):
        said = {action for action, cells in rows.items() if cells[place] == YES}
        assert found == said, ("page", "bar", "one", "many")[place]


@pytest.mark.parametrize("entity", ENTITIES)
def test_what_a_door_lacks_has_a_reason_or_a_way_of_its_own(entity: str) -> None:
    routes = {f"{row.method} {row.path.removeprefix('/api/v1/')}" for row in all_routes(registry())}
    for action, (*doors, why) in table(entity).items():
        assert why or all(doors), action
        for way in re.findall(r"`(\w+ \S+)`", " ".join(doors)):
            assert way in routes, (action, way)
        assert all(cell in ("", YES) or cell.startswith("`") for cell in doors), action
