"""Tags by the API: the company's vocabulary, and the ``tags`` of records."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.tagging.models import Tag, TagLink
from tests.unit.api.conftest import Door

CLIENT = "App\\Models\\Client"
TAKEN = {"name": ["There is a tag of this name already."]}


def made(door: Door, name: str, kind: str = "client", color: str | None = "#5283e0") -> Any:
    answer = door.post("tags", {"entity_type": kind, "name": name, "color": color})
    assert answer.status == 200, answer.data
    return answer.rows


def record(door: Door, path: str, **more: Any) -> Any:
    """A record of any path, with what it needs."""
    body: dict[str, Any] = dict(more)
    if path == "clients":
        body.setdefault("name", "Bistro")
    elif path == "products":
        body.setdefault("product_key", "Advice")
    else:
        body.setdefault("client_id", door.post("clients", {"name": "Bistro"}).rows["id"])
    if path == "payments":
        body.setdefault("amount", 5)
    if path == "recurring_invoices":
        body.setdefault("frequency_id", "5")
    answer = door.post(path, body)
    assert answer.status == 200, answer.data
    return answer.rows


PATHS = {
    "clients": "client",
    "products": "product",
    "invoices": "invoice",
    "quotes": "quote",
    "credits": "credit",
    "recurring_invoices": "recurring_invoice",
    "payments": "payment",
}


def test_a_tag_on_the_wire(door: Door) -> None:
    tag = made(door, "VIP")
    assert sorted(tag) == [
        "archived_at", "color", "created_at", "entity_type", "id", "is_deleted", "name", "updated_at",
    ]  # fmt: skip
    assert (tag["entity_type"], tag["name"], tag["color"]) == (CLIENT, "VIP", "#5283e0")
    assert (tag["archived_at"], tag["is_deleted"]) == (0, False)
    assert door.get(f"tags/{tag['id']}").rows == tag
    assert made(door, "Grey", CLIENT, None)["color"] is None


def test_a_blank_tag(door: Door) -> None:
    blank = door.get("tags/create").rows
    assert (blank["id"], blank["entity_type"], blank["name"], blank["color"]) == ("", "", "", None)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"entity_type": "client"}, {"name": ["The name field is required."]}),
        ({"name": "VIP"}, {"entity_type": ["The entity type field is required."]}),
        (
            {"name": "VIP", "entity_type": "boat"},
            {"entity_type": ["Say for which kind of records the tag is."]},
        ),
        (
            {"name": "VIP", "entity_type": "client", "color": "red"},
            {"color": ["Write a colour as #rgb or #rrggbb."]},
        ),
        (
            {"name": "V" * 192, "entity_type": "client"},
            {"name": ["The name may not be longer than 191 characters."]},
        ),
    ],
)
def test_a_faulty_tag_is_refused(door: Door, body: Any, errors: Any) -> None:
    answer = door.post("tags", body)
    assert (answer.status, answer.data["errors"], Tag.everywhere.count()) == (422, errors, 0)


def test_a_name_is_given_once_for_a_kind(door: Door) -> None:
    made(door, "VIP")
    answer = door.post("tags", {"entity_type": CLIENT, "name": "vip"})
    assert (answer.status, answer.data["errors"]) == (422, TAKEN)
    made(door, "VIP", "invoice")
    assert Tag.everywhere.count() == 2


def test_a_tag_is_renamed_and_keeps_what_it_is_for(door: Door) -> None:
    tag = made(door, "VIP")
    changed = door.put(f"tags/{tag['id']}", {**tag, "name": "Top", "color": "#a00"}).rows
    assert (changed["name"], changed["color"], changed["entity_type"]) == ("Top", "#a00", CLIENT)
    answer = door.put(f"tags/{tag['id']}", {"entity_type": "invoice", "name": "X"})
    assert (answer.status, list(answer.data["errors"])) == (422, ["entity_type"])
    assert door.get(f"tags/{tag['id']}").rows["name"] == "Top"
    made(door, "VIP")
    answer = door.put(f"tags/{tag['id']}", {"name": "VIP"})
    assert (answer.status, answer.data["errors"]) == (422, TAKEN)


def test_a_list_is_narrowed_by_kind_and_sorted_by_name(door: Door) -> None:
    for name, kind in (("b", "client"), ("É", "client"), ("a", "invoice")):
        made(door, name, kind)
    rows = door.get(f"tags?entity_type={CLIENT}&sort=name|desc").rows
    assert [row["name"] for row in rows] == ["É", "b"]
    assert len(door.get("tags?entity_type=invoice").rows) == 1
    assert len(door.get("tags").rows) == 3
    assert [row["name"] for row in door.get("tags?filter=b").rows] == ["b"]
    assert door.get("tags?entity_type=boat").rows == []


def test_bulk_archives_restores_and_deletes(door: Door) -> None:
    ids = [made(door, name)["id"] for name in ("VIP", "Late")]
    rows = door.post("tags/bulk", {"action": "archive", "ids": ids}).rows
    assert [row["archived_at"] > 0 for row in rows] == [True, True]
    rows = door.post("tags/bulk", {"action": "restore", "ids": ids}).rows
    assert [row["archived_at"] for row in rows] == [0, 0]
    rows = door.post("tags/bulk", {"action": "delete", "ids": ids}).rows
    assert [row["is_deleted"] for row in rows] == [True, True]
    answer = door.delete(f"tags/{made(door, 'VIP')['id']}")
    assert answer.rows["is_deleted"] is True
    answer = door.post("tags/bulk", {"action": "restore", "ids": ids[:1]})
    assert answer.status == 200


def test_everybody_reads_tags_and_an_administrator_changes_them(door: Door, carols: Door) -> None:
    tag = made(door, "VIP")
    assert [row["name"] for row in carols.get("tags").rows] == ["VIP"]
    assert carols.post("tags", {"entity_type": "client", "name": "Mine"}).status in (401, 403)
    assert carols.put(f"tags/{tag['id']}", {"name": "Mine"}).status in (401, 403)
    assert carols.delete(f"tags/{tag['id']}").status in (401, 403)
    row = Tag.everywhere.get()
    assert (row.name, row.archived_at) == ("VIP", None)


def test_another_companys_tag_is_not_there(door: Door, doras: Door) -> None:
    tag = made(door, "VIP")
    assert doras.get("tags").rows == []
    for answer in (doras.get(f"tags/{tag['id']}"), doras.put(f"tags/{tag['id']}", {"name": "X"})):
        assert answer.status in (400, 404)
    client = record(doras, "clients")
    answer = doras.put(f"clients/{client['id']}", {"name": "Other", "tags": [tag["id"]]})
    assert (answer.status, answer.data["errors"]) == (422, {"tags.0": ["The selected tags.0 is invalid."]})
    assert doras.get(f"clients/{client['id']}").rows["name"] == "Bistro"
    assert (doras.get(f"clients?tag_ids={tag['id']}").rows, TagLink.everywhere.count()) == ([], 0)


@pytest.mark.parametrize(("path", "kind"), PATHS.items())
def test_every_record_bears_tags(door: Door, path: str, kind: str) -> None:
    vip, late = made(door, "VIP", kind), made(door, "Late", kind, None)
    row = record(door, path, tags=[vip["id"], {"id": late["id"], "name": "whatever"}])
    shown = [
        {"id": late["id"], "name": "Late", "color": None},
        {"id": vip["id"], "name": "VIP", "color": "#5283e0"},
    ]
    assert row["tags"] == shown
    at = f"{path}/{row['id']}"
    assert door.get(at).rows["tags"] == shown
    assert door.put(at, {"private_notes": "x"}).rows["tags"] == shown
    assert door.put(at, {"tags": None}).rows["tags"] == shown
    assert [one["tags"] for one in door.get(f"{path}?include=tags").rows] == [shown]
    assert door.put(at, {"tags": [vip]}).rows["tags"] == shown[1:]
    assert door.put(at, {"tags": []}).rows["tags"] == []
    assert door.get(f"{path}/create").rows["tags"] == []


@pytest.mark.parametrize("wrong", ["nonsense", "", 7, {"name": "VIP"}, None])
def test_what_names_no_tag_is_a_fault(door: Door, wrong: Any) -> None:
    vip = made(door, "VIP")
    answer = door.post("clients", {"name": "Bistro", "tags": [vip["id"], wrong]})
    assert (answer.status, list(answer.data["errors"])) == (422, ["tags.1"])
    assert door.get("clients").rows == []


def test_tags_are_a_list(door: Door) -> None:
    answer = door.post("clients", {"name": "Bistro", "tags": "VIP"})
    assert (answer.status, answer.data["errors"]) == (422, {"tags": ["The tags must be an array."]})


def test_a_tag_of_other_records_is_refused(door: Door) -> None:
    wrong = made(door, "Urgent", "invoice")
    answer = door.post("clients", {"name": "Bistro", "tags": [wrong["id"]]})
    assert answer.data["errors"] == {"tags.0": ["The tag “Urgent” is for other records."]}
    assert (answer.status, door.get("clients").rows) == (422, [])


def test_a_deleted_tag_falls_away_and_comes_back(door: Door) -> None:
    vip = made(door, "VIP")
    client = record(door, "clients", tags=[vip["id"]])
    door.delete(f"tags/{vip['id']}")
    assert door.get(f"clients/{client['id']}").rows["tags"] == []
    answer = door.put(f"clients/{client['id']}", {"name": "Other", "tags": [vip["id"]]})
    assert (answer.status, answer.rows["name"], answer.rows["tags"]) == (200, "Other", [])


def test_a_list_is_narrowed_by_tags(door: Door) -> None:
    vip, late = made(door, "VIP"), made(door, "Late")
    record(door, "clients", name="One", tags=[vip["id"]])
    record(door, "clients", name="Two", tags=[late["id"]])
    record(door, "clients", name="Three")
    record(door, "clients", name="Both", tags=[vip["id"], late["id"]])

    def named(asked: str) -> list[str]:
        return sorted(row["name"] for row in door.get(f"clients?tag_ids={asked}").rows)

    assert named(vip["id"]) == ["Both", "One"]
    assert named(f"{vip['id']},{late['id']}") == ["Both", "One", "Two"]
    assert named("nonsense") == []
    assert named("") == ["Both", "One", "Three", "Two"]
    assert door.get("clients?sort=client_tag_ids|asc").status == 200


def test_tags_of_another_kind_narrow_nothing_in(door: Door) -> None:
    invoice = record(door, "invoices", tags=[made(door, "VIP", "invoice")["id"]])
    wanted = invoice["tags"][0]["id"]
    assert (len(door.get(f"invoices?tag_ids={wanted}").rows), door.get(f"clients?tag_ids={wanted}").rows) == (
        1,
        [],
    )


def test_who_may_not_edit_a_record_does_not_tag_it(door: Door, carols: Door) -> None:
    vip = made(door, "VIP")
    client = record(door, "clients")
    assert carols.put(f"clients/{client['id']}", {"tags": [vip["id"]]}).status in (401, 403)
    assert TagLink.everywhere.count() == 0


def test_who_may_write_a_record_tags_it_without_being_an_administrator(door: Door, carols: Door) -> None:
    vip = made(door, "VIP", "product")
    answer = carols.post("products", {"product_key": "Own", "tags": [vip["id"]]})
    assert (answer.status, [tag["name"] for tag in answer.rows["tags"]]) == (200, ["VIP"])


def test_the_tags_of_a_list_are_one_question_however_long_it_is(door: Door) -> None:
    vip = made(door, "VIP")
    counts = []
    for n in (1, 12):
        for at in range(n):
            record(door, "clients", name=f"Client {n}.{at}", tags=[vip["id"]])
        door.get("clients?per_page=100")
        with CaptureQueriesContext(connection) as asked:
            door.get("clients?per_page=100")
        counts.append(len([one for one in asked if "tagging_" in one["sql"]]))
    assert counts == [1, 1]
