from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from comptoir.clients.models import Client, Group
from comptoir.contract import answers
from comptoir.contract.problems import Problem
from comptoir.kernel.ids import encode
from comptoir.kernel.refused import Stale
from comptoir.tenancy.scope import acting_for

INVALID = "The given data was invalid."


@pytest.fixture
def ann(scope: Any) -> Client:
    return Client.objects.create(name="Ann")


def test_all_faults_come_at_once_with_dotted_paths(door: Any, scope: Any) -> None:
    refused = door.post(
        "clients",
        {
            "credit_balance": "abc",
            "country_id": "99999",
            "is_tax_exempt": "maybe",
            "contacts": [{"email": "a@b.co"}, {"email": "bad@@x", "is_primary": "?"}, "text"],
        },
    )
    assert refused.status_code == 422
    assert refused.data == {
        "message": INVALID,
        "errors": {
            "credit_balance": ["The credit balance must be a number."],
            "country_id": ["The selected country id is invalid."],
            "is_tax_exempt": ["The is tax exempt field must be true or false."],
            "contacts.1.email": ["The contacts.1.email must be a valid email address."],
            "contacts.1.is_primary": ["The contacts.1.is primary field must be true or false."],
            "contacts.2": ["The contacts.2 must be an object."],
        },
    }
    assert Client.objects.count() == 0


def test_what_the_domain_refuses_is_an_error_at_its_field(door: Any, scope: Any) -> None:
    Group.objects.create(name="Gold")
    refused = door.post("group_settings", {"name": "Gold"})
    assert (refused.status_code, refused.data["errors"]) == (
        422,
        {"name": ["The name has already been taken."]},
    )
    assert Group.objects.count() == 1


def test_a_required_key_is_missed(door: Any, scope: Any) -> None:
    for body in ({}, {"name": ""}, {"name": None}, {"name": " "}):
        refused = door.post("group_settings", body)
        assert refused.data["errors"] == {"name": ["The name field is required."]}
    assert Group.objects.count() == 0


def test_the_resource_may_check_the_whole(door: Any, scope: Any) -> None:
    assert door.post("clients", {"name": "Bad"}).data["errors"] == {"name": ["No bad names."]}
    assert Client.objects.count() == 0


def test_a_state_that_forbids_is_400_in_both_shapes(door: Any, ann: Client) -> None:
    Client.objects.filter(pk=ann.pk).update(public_notes="closed")
    refused = door.get(f"clients/{encode(ann.pk)}/close")
    assert refused.status_code == 400
    assert refused.data == {"message": "It is closed already.", "error": {"message": "It is closed already."}}


def test_a_lock_is_422_with_a_bare_string(door: Any, ann: Client) -> None:
    refused = door.post(f"clients/{encode(ann.pk)}/lock")
    assert refused.status_code == 422
    assert refused.data == {"message": "This one is locked.", "errors": {"number": "This one is locked."}}


def test_unknown_and_foreign_ids_are_the_same(door: Any, ann: Client, stranger: Any) -> None:
    with acting_for(stranger("two")):
        theirs = Client.objects.create(name="Theirs")
    unknown, foreign = encode(10**6), encode(theirs.pk)
    for method, path in (
        ("GET", "clients/{}"),
        ("GET", "clients/{}/edit"),
        ("PUT", "clients/{}"),
        ("DELETE", "clients/{}"),
        ("POST", "clients/{}/purge"),
        ("GET", "clients/{}/close"),
        ("POST", "clients/{}/" + encode(ann.pk) + "/merge"),
        ("POST", "clients/" + encode(ann.pk) + "/{}/merge"),
    ):
        first, second = door(method, path.format(unknown), {}), door(method, path.format(foreign), {})
        assert (first.status_code, first.data) == (second.status_code, second.data)
        assert first.status_code == 400
    with acting_for(theirs.company):
        assert Client.objects.get(pk=theirs.pk).name == "Theirs"


def test_no_right_is_401_or_403_for_the_app_that_signs_out(door: Any, ann: Client) -> None:
    door.who.rights = {"view"}
    for method, path in (
        ("POST", "clients"),
        ("GET", "clients/create"),
        ("PUT", f"clients/{encode(ann.pk)}"),
    ):
        refused = door(method, path, {"contacts": 5})
        assert (refused.status_code, refused.data) == (401, {"message": "This action is unauthorized."})
        assert door(method, path, {}, x_react="true").status_code == 403
    assert door.delete(f"clients/{encode(ann.pk)}").status_code == 401
    assert Client.objects.get() == ann
    assert Client.objects.get().deleted_at is None


def test_a_row_that_is_not_seen_is_no_right(door: Any, ann: Client) -> None:
    door.who.sees_all = False
    assert door.get(f"clients/{encode(ann.pk)}").status_code == 401
    Client.objects.update(private_notes="mine")
    assert door.get(f"clients/{encode(ann.pk)}").status_code == 200


def test_a_missing_token_is_403(door: Any, scope: Any) -> None:
    door.who = None
    refused = door.get("clients")
    assert (refused.status_code, refused.data) == (403, {"message": "Invalid token", "errors": {}})
    assert door.get("ping").data == {"message": "pong"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "nosuchthing"),
        ("GET", "nosuchthing/at/all"),
        ("GET", ""),
        ("PUT", "clients"),
        ("DELETE", "clients"),
        ("PATCH", "clients"),
        ("POST", "ping"),
        ("DELETE", "clients/create/x/y/z"),
        ("GET", "charts"),
        ("GET", "clients/bulk/x/y"),
    ],
)
def test_unknown_routes_and_wrong_verbs_are_404_in_json(
    door: Any, scope: Any, method: str, path: str
) -> None:
    refused = door(method, path)
    assert refused.status_code == 404
    assert set(refused.data) == {"message"}


def test_the_password_is_asked_before_the_right(door: Any, ann: Client) -> None:
    door.who.password, door.who.rights = False, set()
    refused = door.post(f"clients/{encode(ann.pk)}/purge")
    assert (refused.status_code, refused.data) == (412, {"message": "Invalid Password", "errors": {}})
    assert Client.objects.count() == 1
    door.who.password = True
    assert door.post(f"clients/{encode(ann.pk)}/purge").status_code == 401
    door.who.rights = {"edit"}
    assert door.post(f"clients/{encode(ann.pk)}/purge").data == {"message": "gone"}
    assert Client.objects.count() == 0


def test_a_standard_route_may_want_the_password(door: Any, scope: Any) -> None:
    group = Group.objects.create(name="Gold")
    door.who.password = False
    assert door.delete(f"group_settings/{encode(group.pk)}").status_code == 412
    assert door.get(f"group_settings/{encode(group.pk)}").data["data"]["archived_at"] == 0


@pytest.mark.parametrize(
    "body",
    ["{", "x", "[1]", '"a"', "{'a': 1}", b"\xff\xfe", '{"a": NaN}', "[" * 100_000, '{"a": "\\ud800"}', "7"],
)
def test_a_malformed_body_stores_nothing(door: Any, scope: Any, body: Any) -> None:
    refused = door.post("clients", body)
    assert (refused.status_code, set(refused.data)) == (400, {"message"})
    assert Client.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", "null", " ", "{}", b"\xef\xbb\xbf{}"])
def test_an_empty_body_is_an_empty_object(door: Any, scope: Any, body: Any) -> None:
    assert door.post("clients", body).status_code == 200
    assert Client.objects.count() == 1


def test_a_crash_is_logged_under_the_id_that_is_shown(door: Any, scope: Any, caplog: Any) -> None:
    broken = door.get("crash")
    assert (broken.status_code, broken.data["errors"]) == (500, {})
    number = broken.data["message"].rstrip(".").rpartition(" ")[2]
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in broken.content.decode()


def test_errors_speak_the_callers_language(door: Any, scope: Any) -> None:
    door.who.locale = "fr"
    refused = door.post("group_settings", {})
    assert refused.data["message"] == "Les données envoyées ne sont pas valides."
    assert refused.data["errors"] == {"name": ["Le champ « name » est obligatoire."]}


def test_a_stale_save_and_a_busy_database(rf: Any) -> None:
    request = rf.get("/api/v1/x")
    assert answers.answer_for(Stale("Changed."), request).status_code == 409
    busy = answers.answer_for(OperationalError("database is locked"), request)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
    assert answers.answer_for(OperationalError("no such table: x"), request).status_code == 500
    assert answers.answer_for(RecursionError(), request).status_code == 400
    limited = answers.answer_for(Problem(429, "Slow down.", headers={"Retry-After": "60"}), request)
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "60")
