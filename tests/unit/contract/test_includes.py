from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client, Contact, Group
from comptoir.contract.fetching import fetch
from comptoir.contract.plans import UnknownInclude, tree_of
from comptoir.contract.registries import Registry
from comptoir.contract.relations import Through
from comptoir.contract.shapes import Shape
from comptoir.kernel.ids import encode
from comptoir.tenancy.keyed import fresh

from .resources import Clients, ContactShape


@pytest.fixture
def gold(scope: Any) -> Group:
    return Group.objects.create(name="Gold")


def client(name: str, group: Group | None = None, emails: str = "") -> Client:
    made = Client.objects.create(name=name, group=group)
    for place, email in enumerate(emails.split()):
        Contact.objects.create(client=made, email=email, position=place, **fresh("contact"))
    return made


def test_nested_rows_are_always_there_and_in_order(door: Any, scope: Any) -> None:
    made = client("A", emails="z@b.co y@b.co")
    row = door.get(f"clients/{encode(made.pk)}").data["data"]
    assert [contact["email"] for contact in row["contacts"]] == ["z@b.co", "y@b.co"]
    assert (
        row["contacts"][0]["contact_key"]
        == f"{made.contacts.first().pk}-{made.contacts.first().key_seed % 7}"
    )


def test_each_row_gets_its_own_children(door: Any, scope: Any) -> None:
    client("A", emails="a@b.co"), client("B"), client("C", emails="c@b.co d@b.co")
    rows = door.get("clients").data["data"]
    assert [[contact["email"] for contact in row["contacts"]] for row in rows] == [
        ["a@b.co"],
        [],
        ["c@b.co", "d@b.co"],
    ]


def test_the_one_on_the_far_side_comes_inline(door: Any, gold: Group) -> None:
    client("A", gold), client("B")
    first, second = door.get("clients?include=group_settings").data["data"]
    assert first["group_settings"]["name"] == "Gold"
    assert first["group_settings_id"] == first["group_settings"]["id"]
    assert "group_settings" not in second
    assert second["group_settings_id"] == ""


def test_includes_nest(door: Any, gold: Group) -> None:
    client("A", gold, "a@b.co")
    (row,) = door.get("group_settings?include=clients.group_settings").data["data"]
    assert row["clients"][0]["contacts"][0]["email"] == "a@b.co"
    assert row["clients"][0]["group_settings"]["name"] == "Gold"


def test_many_may_be_capped_for_each_row(door: Any, gold: Group) -> None:
    silver = Group.objects.create(name="Silver")
    for name in "abc":
        client(name, gold)
        client(name + "2", silver)
    first, second = door.get("group_settings?include=clients").data["data"]
    assert [row["name"] for row in first["clients"]] == ["a", "b"]
    assert [row["name"] for row in second["clients"]] == ["a2", "b2"]


def test_a_part_may_be_made_by_a_function(door: Any, gold: Group) -> None:
    Group.objects.create(name="Silver")
    first, second = door.get("group_settings?include=first").data["data"]
    assert (first["first"], second["first"]) == (1, [])


def test_rows_may_hang_on_a_link_table(gold: Group) -> None:
    # clients_client stands in for a link table: a contact leads to its client's group and back.
    made = client("A", gold, "a@b.co b@b.co")

    class Groupish(Shape):
        model = Group
        includes = {"clients": Through(Clients, link="clients_client", near="group_id", far="id")}

    (row,) = fetch(Registry().plan(Groupish, "clients"), [gold.pk])
    assert [part["id"] for part in row["clients"]] == [encode(made.pk)]
    assert len(row["clients"][0]["contacts"]) == 2


def test_an_unknown_include_is_refused_in_lists_only(door: Any, scope: Any) -> None:
    made = client("A")
    refused = door.get("clients?include=nosuch")
    assert refused.status_code == 400
    assert refused.data == {"message": "Relation `nosuch` is not a valid include."}
    assert door.get(f"clients/{encode(made.pk)}?include=nosuch,group_settings.nosuch").status_code == 200
    assert door.get("clients?include=group_settings.nosuch").status_code == 400


def test_known_names_and_missing_resources_give_nothing(door: Any, scope: Any) -> None:
    client("A")
    (row,) = door.get("clients?include=tags,ghosts").data["data"]
    assert "tags" not in row
    assert "ghosts" not in row


def test_the_number_of_queries_does_not_grow_with_the_rows(door: Any, gold: Group) -> None:
    from django.db import connection

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert door.get("clients?include=group_settings").status_code == 200
        return len(queries)

    client("A", gold, "a@b.co")
    few = asked()
    for place in range(15):
        client(f"B{place}", gold, f"b{place}@b.co")
    assert asked() == few == 4  # the keys, the rows, the contacts, the groups


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", {}),
        ("a", {"a": {}}),
        ("a,b.c, b.d", {"a": {}, "b": {"c": {}, "d": {}}}),
        (",,a,", {"a": {}}),
        ("a.b.c.d.e.f", {"a": {"b": {"c": {"d": {}}}}}),
    ],
)
def test_the_include_text_is_a_tree(text: str, tree: dict[str, Any]) -> None:
    assert tree_of(text) == tree


def test_plans_are_remembered(registry: Registry) -> None:
    assert registry.plan(Clients, "group_settings") is registry.plan(Clients, "group_settings")
    with pytest.raises(UnknownInclude):
        registry.plan(Clients, "nosuch")


def test_rows_can_be_had_for_a_webhook(registry: Registry, gold: Group) -> None:
    made = client("A", gold, "a@b.co")
    (row,) = registry.fetch("clients", [made.pk], "group_settings")
    assert (row["name"], row["group_settings"]["name"]) == ("A", "Gold")
    assert row["contacts"][0]["email"] == "a@b.co"


def test_a_child_shape_has_no_routes_of_its_own() -> None:
    assert not hasattr(ContactShape, "path")
