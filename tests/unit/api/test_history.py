"""Activities, remarks, the ledger and the system log on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comptoir.activity.models import Activity

from .conftest import Cast, Door


@pytest.fixture
def client(door: Door) -> Any:
    return door.post("clients", {"name": "Acme"}).rows["id"]


@pytest.fixture
def invoice(door: Door, client: str) -> Any:
    body = {"client_id": client, "line_items": [{"cost": 50, "quantity": 2}]}
    return door.post("invoices?mark_sent=true", body).rows["id"]


def test_activities_come_newest_first_with_ids(cast: Cast, door: Door, client: str, invoice: str) -> None:
    rows = door.get("activities?rows=3").rows
    assert [row["activity_type_id"] for row in rows] == ["53", "4", "1"]
    assert (rows[1]["invoice_id"], rows[1]["client_id"]) == (invoice, client)
    assert (rows[1]["token_id"], rows[1]["is_system"], rows[1]["ip"]) == ("", False, "203.0.113.7")


def test_what_the_wire_has_no_number_for_is_61_and_says_itself(cast: Cast, door: Door) -> None:
    """Decision A2."""
    (founded,) = (row for row in door.get("activities").rows if "founded" in row["notes"])
    assert founded["activity_type_id"] == "61"
    assert founded["notes"] == "Alice Martin founded the company Alice Ltd"


def test_labels_name_client_and_user(cast: Cast, door: Door, client: str, invoice: str) -> None:
    row = door.get("activities?reactv2&rows=1").rows[0]
    assert row["activity_type_id"] == 53
    assert row["client"] == {"label": "Acme", "hashed_id": client}
    assert row["invoice"]["hashed_id"] == invoice
    assert row["user"]["label"] == "Alice Martin"


def test_a_records_history_is_its_own_a_clients_is_its_whole_file(
    cast: Cast, door: Door, client: str, invoice: str
) -> None:
    door.post("payments", {"client_id": client, "invoices": [{"invoice_id": invoice, "amount": 40}]})
    other = door.post("clients", {"name": "Other"}).rows["id"]
    of_invoice = door.post("activities/entity", {"entity": "invoice", "entity_id": invoice}).rows
    assert [row["activity_type_id"] for row in of_invoice] == [10, 53, 4]
    of_client = door.post("activities/entity", {"entity": "clients", "entity_id": client}).rows
    assert [row["activity_type_id"] for row in of_client] == [10, 53, 4, 1]
    assert len(door.post("activities/entity", {"entity": "client", "entity_id": other}).rows) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"entity": "client"},
        {"entity": "client", "entity_id": "VolejRejNmX"},
        {"entity": "nonsense", "entity_id": "VolejRejNm"},
        {"entity": ["client"], "entity_id": {"a": 1}},
    ],
)
@pytest.mark.parametrize("path", ["activities/entity", "activities/notes"])
def test_a_record_that_is_not_there_is_400(
    cast: Cast, door: Door, client: str, path: str, sent: dict[str, Any]
) -> None:
    assert door.post(path, {**sent, "notes": "x"}).status == 400
    assert not Activity.everywhere.filter(code=141).exists()


def test_a_remark_is_written_into_the_history(cast: Cast, door: Door, client: str) -> None:
    sent = {"entity": "clients", "entity_id": client, "notes": "Called <b>twice</b>"}
    row = door.post("activities/notes", sent).rows
    assert (row["activity_type_id"], row["client_id"], row["notes"]) == ("141", client, "Called <b>twice</b>")
    assert door.post("activities/notes", {**sent, "notes": " "}).status == 422
    assert Activity.everywhere.filter(code=141).count() == 1


def test_members_see_what_happened_to_records_they_see(
    cast: Cast, door: Door, carols: Door, client: str, invoice: str
) -> None:
    carols.post("products", {"product_key": "own"})
    assert [row["activity_type_id"] for row in carols.get("activities").rows] == ["61", "1"]
    assert {row["activity_type_id"] for row in carols.get("activities?reactv2").rows} == {61, 1}
    assert carols.post("activities/entity", {"entity": "invoice", "entity_id": invoice}).status == 401


def test_the_ledger_gives_the_balance_after_each_movement(
    cast: Cast, door: Door, carols: Door, client: str, invoice: str
) -> None:
    door.post("payments", {"client_id": client, "invoices": [{"invoice_id": invoice, "amount": 40}]})
    rows = door.get("company_ledger").rows
    assert [(row["adjustment"], row["balance"]) for row in rows] == [(-40, 60), (100, 100)]
    assert (next(iter(rows[1])), rows[1]["invoice_id"]) == ("invoice_id", invoice)
    assert carols.get("company_ledger").rows == []


def test_the_system_log_is_for_administrators(cast: Cast, door: Door, carols: Door, nobody: Door) -> None:
    nobody.post("login", {"email": "alice@example.com", "password": "correct horse battery"})
    (row,) = door.get("system_logs?category_id=5").rows
    assert (row["event_id"], row["type_id"]) == (61, 800)
    assert json.loads(row["log"]) == {"email": "alice@example.com", "ip": "203.0.113.7"}
    assert door.get("system_logs?category_id=2").rows == []
    assert carols.get("system_logs").rows == []
    assert carols.get(f"system_logs/{row['id']}").status == 401
