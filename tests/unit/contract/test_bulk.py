from __future__ import annotations

from typing import Any

import pytest

from comptoir.clients.models import Client, Group
from comptoir.kernel.ids import encode
from comptoir.tenancy.scope import acting_for


@pytest.fixture
def three(scope: Any) -> list[Client]:
    return [Client.objects.create(name=name) for name in "abc"]


def ids(rows: list[Any]) -> list[str]:
    return [encode(row.pk) for row in rows]


def test_a_bulk_action_answers_the_affected_rows(door: Any, three: list[Client]) -> None:
    done = door.post("clients/bulk", {"action": "archive", "ids": ids(three[:2])})
    assert done.status_code == 200
    assert [(row["name"], row["archived_at"] > 0) for row in done.data["data"]] == [("a", True), ("b", True)]
    assert done.data["meta"]["pagination"]["total"] == 2
    assert Client.objects.filter(archived_at=None).count() == 1


def test_delete_and_restore(door: Any, three: list[Client]) -> None:
    gone = door.post("clients/bulk", {"action": "delete", "ids": ids(three)})
    assert [row["is_deleted"] for row in gone.data["data"]] == [True] * 3
    back = door.post("clients/bulk", {"action": "restore", "ids": ids(three)})
    assert [(row["is_deleted"], row["archived_at"]) for row in back.data["data"]] == [(False, 0)] * 3


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"action": "explode"}, {"action", "ids"}),
        ({}, {"action", "ids"}),
        ({"action": "archive"}, {"ids"}),
        ({"action": "archive", "ids": []}, {"ids"}),
        ({"action": "archive", "ids": ""}, {"ids"}),
        ({"action": "archive", "ids": ["AAAAAAAAAA"]}, {"ids"}),
        ({"action": "archive", "ids": [encode(10**6)]}, {"ids"}),
        ({"action": "archive", "ids": [7]}, {"ids"}),
        ({"action": "archive", "ids": [[]]}, {"ids"}),
        ({"action": "archive", "ids": {"a": 1}}, {"ids"}),
        ({"action": ["archive"], "ids": ["x"]}, {"action", "ids"}),
        ({"action": "lock", "ids": ["x"]}, {"action", "ids"}),
        ({"action": "archive", "ids": ["x"] * 5001}, {"ids"}),
    ],
)
def test_what_is_wrong_with_a_bulk_request(door: Any, three: Any, body: Any, errors: set[str]) -> None:
    refused = door.post("clients/bulk", body)
    assert (refused.status_code, set(refused.data["errors"])) == (422, errors)
    assert Client.objects.filter(archived_at=None).count() == 3


def test_one_bad_id_spoils_a_strict_list(door: Any, three: list[Client], stranger: Any) -> None:
    with acting_for(stranger("two")):
        theirs = Client.objects.create(name="X")
    refused = door.post("clients/bulk", {"action": "archive", "ids": [*ids(three), encode(theirs.pk)]})
    assert refused.data["errors"] == {"ids": ["The selected ids is invalid."]}
    assert Client.objects.filter(archived_at=None).count() == 3
    with acting_for(theirs.company):
        assert Client.objects.get().archived_at is None


def test_one_id_as_a_string_depends_on_the_resource(door: Any, three: list[Client]) -> None:
    refused = door.post("clients/bulk", {"action": "archive", "ids": encode(three[0].pk)})
    assert refused.data["errors"] == {"ids": ["The ids must be an array."]}
    gold = Group.objects.create(name="Gold")
    done = door.post("group_settings/bulk", {"action": "archive", "ids": encode(gold.pk)})
    assert done.data["data"][0]["archived_at"] > 0


def test_lenient_lists_skip_what_they_do_not_know(door: Any, scope: Any) -> None:
    gold = Group.objects.create(name="Gold")
    done = door.post("group_settings/bulk", {"action": "archive", "ids": ["AAAAAAAAAA", encode(gold.pk)]})
    assert [row["name"] for row in done.data["data"]] == ["Gold"]
    nothing = door.post("group_settings/bulk", {"action": "archive", "ids": ["AAAAAAAAAA"]})
    assert (nothing.status_code, set(nothing.data)) == (200, {"message"})


def test_rows_without_the_right_stay_as_they_are(door: Any, three: list[Client]) -> None:
    Client.objects.filter(name="b").update(name="Forbidden")
    done = door.post("clients/bulk", {"action": "archive", "ids": ids(three)})
    assert [(row["name"], row["archived_at"] > 0) for row in done.data["data"]] == [
        ("a", True),
        ("Forbidden", False),
        ("c", True),
    ]


def test_rows_in_the_wrong_state_are_skipped(door: Any, three: list[Client]) -> None:
    Client.objects.filter(name="b").update(public_notes="closed")
    done = door.post("clients/bulk", {"action": "close", "ids": ids(three)})
    assert done.status_code == 200
    assert [row["public_notes"] for row in done.data["data"]] == ["closed"] * 3


def test_parameters_reach_the_action_and_may_take_all_rows_at_once(door: Any, three: list[Client]) -> None:
    gold = Group.objects.create(name="Gold")
    body = {"action": "assign_group", "ids": ids(three[:2]), "group_settings_id": encode(gold.pk)}
    done = door.post("clients/bulk", body)
    assert [row["group_settings_id"] for row in done.data["data"]] == [encode(gold.pk)] * 2
    body["group_settings_id"] = "AAAAAAAAAA"
    assert [row["group_settings_id"] for row in door.post("clients/bulk", body).data["data"]] == ["", ""]


def test_an_action_may_answer_something_else(door: Any, three: list[Client]) -> None:
    assert door.post("clients/bulk", {"action": "print", "ids": ids(three)}).data == {"message": "3 printed"}
    assert door.get(f"clients/{encode(three[0].pk)}/print").data == {"message": "1 printed"}


def test_an_action_may_want_the_password(door: Any, three: list[Client]) -> None:
    door.who.password = False
    refused = door.post("clients/bulk", {"action": "shred", "ids": ids(three)})
    assert refused.status_code == 412
    assert Client.objects.filter(deleted_at=None).count() == 3


def test_a_repeated_id_counts_once(door: Any, three: list[Client]) -> None:
    done = door.post("clients/bulk", {"action": "archive", "ids": ids([three[0], three[0]])})
    assert len(done.data["data"]) == 1


def test_the_answer_is_a_page(door: Any, scope: Any) -> None:
    rows = [Client.objects.create(name=str(place)) for place in range(25)]
    done = door.post("clients/bulk", {"action": "archive", "ids": ids(rows)})
    assert (len(done.data["data"]), done.data["meta"]["pagination"]["total"]) == (20, 25)
    assert Client.objects.filter(archived_at=None).count() == 0
    done = door.post("clients/bulk?per_page=100", {"action": "restore", "ids": ids(rows)})
    assert len(done.data["data"]) == 25


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_single_action_runs_by_either_verb(door: Any, three: list[Client], method: str) -> None:
    done = door(method, f"clients/{encode(three[0].pk)}/close")
    assert done.data["data"]["public_notes"] == "closed"


@pytest.mark.parametrize("action", ["explode", "archive", "assign_group"])
def test_an_unknown_single_action_is_400(door: Any, three: list[Client], action: str) -> None:
    refused = door.get(f"clients/{encode(three[0].pk)}/{action}")
    assert (refused.status_code, set(refused.data)) == (400, {"message"})
    assert door.get(f"group_settings/{encode(1)}/archive").status_code == 404


def test_ids_may_come_from_a_form(door: Any, three: list[Client]) -> None:
    pairs = "&".join(f"ids[]={one}" for one in ids(three[:2]))
    request = door.factory.post(
        "/api/v1/clients/bulk", f"action=archive&{pairs}", content_type="application/x-www-form-urlencoded"
    )
    assert len(door.send(request).data["data"]) == 2
