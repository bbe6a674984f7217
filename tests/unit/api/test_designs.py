"""Designs at the API's door (contract schemas.json design)."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.designs.models import Design
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests.unit.api.conftest import Cast, Door
from tests.unit.delivery.printed import pages

BODY = {"body": "<p>$number</p>"}


def made(door: Door, name: str = "Ours", **more: Any) -> dict[str, Any]:
    answer = door.post("designs", {"name": name, "design": BODY, **more})
    assert answer.status == 200, answer.raw
    row: dict[str, Any] = answer.rows
    return row


def names(door: Door, query: str = "") -> list[str]:
    return [row["name"] for row in door.get(f"designs?per_page=50{query}").rows]


def test_a_design_has_the_keys_of_the_contract(door: Door) -> None:
    row = made(door)
    assert {key: row[key] for key in row if key not in {"id", "created_at", "updated_at"}} == {
        "name": "Ours",
        "is_custom": True,
        "is_active": True,
        "is_template": False,
        "is_free": True,
        "design": {"includes": "", "header": "", **BODY, "product": "", "task": "", "footer": ""},
        "entities": "",
        "archived_at": 0,
        "is_deleted": False,
    }
    assert door.get(f"designs/{row['id']}").rows == row
    assert door.get(f"designs/{row['id']}/edit").rows == row
    assert door.get("designs/create").rows["is_custom"] is True


def test_lists_begin_with_the_built_in_ones(door: Door) -> None:
    made(door)
    made(door, "Statement letter", is_template=True, entities="statement")
    assert names(door)[:2] == ["Plain", "Clean"]
    assert names(door)[11:] == ["Ours", "Statement letter"]
    assert names(door, "&template=true&status=active&sort=name|asc") == ["Statement letter"]
    assert names(door, "&custom=true") == ["Ours", "Statement letter"]
    assert names(door, "&custom=false")[-1] == "Calm"
    assert names(door, "&entities=statement") == ["Statement letter"]
    assert names(door, "&filter=our") == ["Ours"]
    assert names(door, "&sort=name|desc")[0] == "Tech"
    answer = door.get("designs?per_page=5&page=3")
    assert [row["name"] for row in answer.rows] == ["Calm", "Ours", "Statement letter"]
    assert answer.data["meta"]["pagination"]["total"] == 13


def test_it_is_changed_archived_deleted_and_restored(door: Door) -> None:
    key = made(door)["id"]
    assert door.put(f"designs/{key}", {"name": "Renamed"}).rows["name"] == "Renamed"
    for action, archived, deleted in (
        ("archive", True, False),
        ("restore", False, False),
        ("delete", True, True),
    ):
        row = door.post("designs/bulk", {"action": action, "ids": [key]}).rows[0]
        assert (row["archived_at"] > 0, row["is_deleted"]) == (archived, deleted)
    assert names(door, "&status=deleted") == ["Renamed"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"design": BODY}, "name"),
        ({"name": "X"}, "design"),
        ({"name": "X", "design": "text"}, "design"),
        ({"name": "X", "design": {"body": ""}}, "design.body"),
        ({"name": "X", "design": {"body": "{{ x }}"}}, "design.body"),
        ({"name": "Clean", "design": BODY}, "name"),
    ],
)
def test_a_bad_design_is_refused_at_its_field(door: Door, body: dict[str, Any], field: str) -> None:
    answer = door.post("designs", body)
    assert answer.status == 422
    assert list(answer.data["errors"]) == [field]
    assert Design.everywhere.count() == 0


def test_built_in_designs_stay_as_they_are(door: Door) -> None:
    clean = "Wpmbk5ezJn"
    assert door.put(f"designs/{clean}", {"name": "Mine"}).status == 400
    assert door.delete(f"designs/{clean}").status == 400
    assert door.get(f"designs/{clean}").rows["name"] == "Clean"


def test_a_design_becomes_that_of_a_kind_of_document(cast: Cast, door: Door) -> None:
    key = made(door)["id"]
    client = door.post("clients", {"name": "Ann"}).rows["id"]
    body = {"design_id": key, "entity": "invoice", "settings_level": "company"}
    assert door.post("designs/set/default", body).status == 200
    assert door.get("companies").rows[0]["settings"]["invoice_design_id"] == key
    mine = {"design_id": "Wpmbk5ezJn", "entity": "quote", "settings_level": "client", "client_id": client}
    assert door.post("designs/set/default", mine).status == 200
    assert door.get(f"clients/{client}").rows["settings"]["quote_design_id"] == "Wpmbk5ezJn"
    assert door.post("designs/set/default", {**body, "entity": "toaster"}).status == 422
    assert door.post("designs/set/default", {**body, "design_id": "XXXXXXXXXX"}).status == 422


def test_an_invoice_takes_the_company_s_own_design(door: Door) -> None:
    key = made(door)["id"]
    client = door.post("clients", {"name": "Ann"}).rows["id"]
    line = {"cost": 10, "quantity": 1}
    invoice = door.post("invoices", {"client_id": client, "line_items": [line], "design_id": key}).rows
    assert invoice["design_id"] == key


def test_one_of_another_company_is_nobody_s(cast: Cast, door: Door) -> None:
    key = made(door)["id"]
    stranger = Door(_token(cast.dora))
    assert stranger.get(f"designs/{key}").status == 400
    assert stranger.put(f"designs/{key}", {"name": "Mine"}).status == 400
    assert "Ours" not in names(stranger)


def _token(member: Any) -> str:
    from comptoir.people.tokens import login_token

    return login_token(member).value


def test_a_design_that_is_being_written_is_drawn(door: Door) -> None:
    client = door.post("clients", {"name": "Ann"}).rows["id"]
    body = {"client_id": client, "line_items": [{"cost": 10, "quantity": 2}], "number": "77"}
    design = {"name": "x", "design": {"body": "<p>Number $number, sum $total</p>"}}
    answer = door.post("preview", {**body, "design": design})
    assert pages(answer.raw) == ["Number 77, sum $20.00"]
    refused = door.post("preview", {**body, "design": {"design": {"body": "{% x %}"}}})
    assert (refused.status, list(refused.data["errors"])) == (422, ["design.body"])


def drawn(door: Door, body: dict[str, Any]) -> str:
    answer = door.post("live_design", body)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.raw
    return " ".join(pages(answer.raw))


WORDS = {"design": {"body": "<p>$entity $number of $client.name: $total</p>"}}


def test_the_newest_document_is_drawn_in_the_design_that_is_edited(cast: Cast, door: Door) -> None:
    assert drawn(door, WORDS) == "Invoice 0042 of Café des Halles: $782.50"
    ann, bob = (door.post("clients", {"name": name}).rows["id"] for name in ("Ann", "Bob"))
    for client, number in ((ann, "A1"), (bob, "B1")):
        line = {"cost": 10, "quantity": 2}
        door.post("invoices", {"client_id": client, "line_items": [line], "number": number})
    assert drawn(door, WORDS) == "Invoice B1 of Bob: $20.00"
    assert drawn(door, {**WORDS, "client_id": ann}) == "Invoice A1 of Ann: $20.00"
    assert drawn(door, {**WORDS, "entity_type": "quote"}).startswith("Quote 0042 of Café des Halles")
    with acting_for(cast.company):
        assert Invoice.objects.count() == 2


def test_settings_that_are_not_saved_are_drawn_too(door: Door) -> None:
    settings = {"pdf_variables": {"product_columns": ["$product.item"]}, "primary_color": "nonsense"}
    assert "Quantity" in drawn(door, {})
    assert "Quantity" not in drawn(door, {"settings": settings})
    own = made(door)["id"]
    assert drawn(door, {"settings": {"invoice_design_id": own}}) == "0042"
    assert drawn(door, {"settings": "nonsense", "entity_type": "toaster", "client_id": "?"}) != ""


def test_a_faulty_design_is_refused_at_its_part(door: Door) -> None:
    refused = door.post("live_design", {"design": {"body": "{{ x }}"}})
    assert (refused.status, list(refused.data["errors"])) == (422, ["design.body"])


def test_what_one_may_not_see_is_not_drawn(door: Door, carols: Door) -> None:
    ann = door.post("clients", {"name": "Ann"}).rows["id"]
    door.post("invoices", {"client_id": ann, "line_items": [{"cost": 1, "quantity": 1}], "number": "A1"})
    assert drawn(carols, WORDS) == "Invoice 0042 of Café des Halles: $782.50"
