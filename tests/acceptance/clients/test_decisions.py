"""Decisions C1 to C21 and P1 to P9 as they reach the wire, where no other test holds them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.kernel import ids
from comptoir.people.models import User

from .conftest import ON, House, faults, person


def test_c3_an_empty_object_is_a_client_but_the_form_asks_for_a_name(house: House) -> None:
    made = house.api("POST", "clients", {})
    assert (made["name"], made["display_name"], len(made["contacts"])) == ("", "Blank contact", 1)
    answer = house.office.post("/clients/new", {})
    assert faults(answer) == {"name": ["Give a name, or the name or e-mail of a contact."]}
    assert Client.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"contacts": [{"email": " "}]}, {"contacts": [{"email": ""}]}])
def test_c4_the_email_of_the_automatic_contact_is_empty(house: House, sent: dict[str, Any]) -> None:
    made = house.api("POST", "clients", {"name": "A", **sent})
    assert [one["email"] for one in made["contacts"]] == [""]


def test_c5_a_name_of_one_letter_is_kept(house: House) -> None:
    made = house.api("POST", "clients", {"name": "X", "contacts": [{"first_name": "Ann"}]})
    assert (made["name"], made["display_name"]) == ("X", "X")


def test_c8_when_nobody_receives_the_first_contact_is_switched_on(house: House) -> None:
    people = [{"first_name": name, "send_email": False} for name in ("Ann", "Bob")]
    made = house.api("POST", "clients", {"contacts": people})
    assert [one["send_email"] for one in made["contacts"]] == [True, False]


def test_c11_signing_in_and_resetting_reveal_nothing(house: House) -> None:
    house.client(name="A", contacts=[{"email": "ann@a.example", "password": "Verger2026"}])
    answers = [
        [
            Browser().post("/client/login", {"email": email, "password": "wrong"}),
            Browser().post("/client/password/email", {"email": email}),
        ]
        for email in ("ann@a.example", "nobody@a.example")
    ]
    known, unknown = ([(one.status_code, one.get("Location"), said(one)) for one in each] for each in answers)
    assert known == unknown


def said(answer: Any) -> list[str]:
    """The faults of a form, without what was typed into it."""
    form = (answer.context or {}).get("form")
    return [str(text) for texts in form.errors.values() for text in texts] if form else []


def test_c14_an_unknown_group_is_none(house: House) -> None:
    group = house.group("Members")
    client = house.client(name="A", group_settings_id=group["id"])
    assert house.put(client, group_settings_id="VolejRejNZ")["group_settings_id"] == ""
    assert (
        house.api("POST", "clients", {"name": "B", "group_settings_id": "unknown"})["group_settings_id"] == ""
    )


def test_c17_documents_of_a_deleted_client_stay_on_the_wire_and_leave_the_pages(house: House) -> None:
    client = house.client(name="Gone")
    invoice = house.invoice(client)
    figures = house.shown(client)["balance"]
    house.api("POST", "clients/bulk", {"ids": [ids.encode(client.pk)], "action": "delete"})
    assert [row["id"] for row in house.api("GET", "invoices")] == [invoice["id"]]
    for dropped in ("filter_deleted_clients=true", "without_deleted_clients=true"):
        assert house.api("GET", f"invoices?{dropped}") == []
    assert house.office.get("/invoices").context["list"].table.rows == []
    house.api("POST", "clients/bulk", {"ids": [ids.encode(client.pk)], "action": "restore"})
    assert (house.shown(client)["balance"], figures) == (100, 100)
    assert len(house.office.get("/invoices").context["list"].table.rows) == 1


def test_c19_equal_names_are_allowed(house: House) -> None:
    first, second = (house.api("POST", "clients", {"name": "Twin"}) for _n in range(2))
    assert (first["name"], second["name"]) == ("Twin", "Twin")
    assert first["id"] != second["id"]


def test_c21_a_password_for_a_new_user_is_ignored_and_they_choose_one(house: House) -> None:
    sent = {
        "email": "carol@example.com",
        "first_name": "Carol",
        "last_name": "Petit",
        "password": "Chosen-by-another-1",
        "company_user": {"permissions": "view_client"},
    }
    house.api("POST", "users", sent, **{"X-API-PASSWORD": "correct horse battery"})
    carol = User.objects.get(email="carol@example.com")
    assert not carol.check_password("Chosen-by-another-1")
    assert not carol.has_usable_password()


def test_p6_newer_keys_of_settings_are_kept_on_clients_too(house: House) -> None:
    client = house.client(name="A", settings={"from_a_newer_app": "yes", "currency_id": "3"})
    assert house.shown(client)["settings"]["from_a_newer_app"] == "yes"
    assert house.shown(client)["settings"]["entity"] == "App\\Models\\Client"


def test_a_client_made_by_an_operation_is_the_same_on_the_wire(house: House) -> None:
    made = create_client({"contacts": [{"email": "zoe@q.example"}]}, by=house.alice.actor(), on=ON)
    assert house.shown(made)["display_name"] == "zoe@q.example"
    assert person("zoe@q.example").client == made
