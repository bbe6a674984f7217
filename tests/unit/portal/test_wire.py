"""Contacts at the API: a token for e-mail and password, and the invoices of their own client alone."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from comptoir.clients.models import Contact
from comptoir.clients.people import update_contact
from comptoir.kernel import ids
from comptoir.people.tokens import login_token
from comptoir.portal import sessions as kept
from comptoir.portal.models import ContactSession
from comptoir.sales.invoices.operations import delete_invoice
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, PASSWORD, House, _client, enter, last_activity, sessions, told

ANNA = "anna@verger.example"
STAFF_ALONE = {
    "private_notes", "user_id", "assigned_user_id", "tags", "documents", "e_invoice", "tax_info", "design_id",
}  # fmt: skip


def sign_in(email: str = ANNA, password: str = PASSWORD, **more: Any) -> Any:
    body = {"email": email, "password": password, **more.pop("body", {})}
    return Browser().post("/api/v1/contact/login", body, "application/json", **more)


def token_of(email: str = ANNA) -> str:
    return str(sign_in(email).json()["data"][0]["token"])


def invoices(token: str, query: str = "") -> Any:
    return Browser().get(f"/api/v1/contact/invoices{query}", headers={"X-API-TOKEN": token})


def test_the_right_password_gives_a_token_that_ends_as_a_session_does(house: House) -> None:
    with time_machine.travel("2026-03-02 10:00:00+00:00", tick=False):
        answer = sign_in("  ANNA@verger.example ")
        (row,) = answer.json()["data"]
        assert answer.status_code == 200
        assert row.pop("expires_at") == int((timezone.now() + timedelta(days=30)).timestamp())
        assert invoices(row["token"]).status_code == 200
    token = row.pop("token")
    assert row == {
        "id": ids.encode(house.anna.pk),
        "first_name": "Anna",
        "last_name": "X",
        "email": ANNA,
        "client_id": ids.encode(house.verger.pk),
        "client_name": "Verger",
        "company_key": house.company.company_key,
        "company_name": house.company.name,
    }
    assert told()[-1] == "ContactSignedIn"
    assert (last_activity().actor_kind, last_activity().ip) == ("contact", "127.0.0.1")
    with time_machine.travel("2026-04-01 10:00:01+00:00", tick=False):
        assert invoices(token).status_code == 403


def test_a_wrong_password_and_an_unknown_address_say_the_same(house: House) -> None:
    wrong, unknown = sign_in(password="Wrong1234"), sign_in("nobody@example.com")
    assert [wrong.status_code, unknown.status_code] == [401, 401]
    assert wrong.json() == unknown.json()
    assert sessions() == 0
    assert told()[-1] != "ContactSignedIn"


def test_what_is_missing_is_said_at_its_field(house: House) -> None:
    answer = sign_in("", "")
    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {"email", "password"}
    assert sign_in(body={"company_key": "nobody"}).status_code == 400
    assert sessions() == 0


@pytest.mark.parametrize("odd", [["anna@verger.example"], {"a": 1}, 12, True])
def test_what_is_no_text_is_refused_at_its_field(house: House, odd: Any) -> None:
    """As at the door of staff: a list is not read as the text of a list, and counts as no guess."""
    for _ in range(6):
        answer = sign_in(email=odd, password=odd)
        assert answer.status_code == 422
        assert answer.json()["errors"] == {
            "email": ["The email must be a string."],
            "password": ["The password must be a string."],
        }
    assert sign_in().status_code == 200


def test_who_may_not_sign_in_to_the_portal_gets_no_token(house: House) -> None:
    """Neither a contact without a password, nor a locked one, nor any where the portal is closed (S76)."""
    assert sign_in("ben@verger.example", "").status_code == 422
    assert sign_in("ben@verger.example").status_code == 401
    token = token_of()
    house.wishes(enable_client_portal=False)
    assert (sign_in().status_code, invoices(token).status_code) == (401, 403)
    house.wishes(enable_client_portal=True)
    assert invoices(token).status_code == 200
    Contact.objects.filter(pk=house.anna.pk).update(is_locked=True)
    assert (sign_in().status_code, invoices(token).status_code) == (401, 403)


def test_guesses_are_counted_with_those_at_the_portals_door(house: House) -> None:
    answers = [sign_in(password=f"Wrong{n}23") for n in range(12)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert sign_in().status_code == 429
    page = Browser().post("/client/login", {"email": ANNA, "password": PASSWORD})
    assert page.status_code == 429
    assert sessions() == 0


def test_the_secret_of_the_installation_is_asked_for(house: House, settings: Any) -> None:
    settings.API_SECRET = "open sesame"
    assert sign_in().status_code == 403
    assert sign_in(headers={"X-API-SECRET": "open sesame"}).status_code == 200


def test_the_list_has_what_the_client_was_sent_newest_first(house: House) -> None:
    line = {"product_key": "Design", "notes": "Two days", "cost": "100.10", "quantity": 2, "product_cost": 40}
    old = house.invoice(date=ON - timedelta(days=9), private_notes="for staff", line_items=[line])
    new = house.invoice(public_notes="Thank you")
    house.invoice(sent=False)
    delete_invoice(house.invoice(), by=house.alice, on=ON)
    house.invoice(house.marchand)
    answer = invoices(token_of())
    found = json.loads(answer.content, parse_float=Decimal)
    assert [row["id"] for row in found["data"]] == [ids.encode(new.pk), ids.encode(old.pk)]
    assert found["meta"]["pagination"]["total"] == 2
    first, last = found["data"]
    assert (first["number"], first["public_notes"], first["status_id"]) == (new.number, "Thank you", "2")
    assert last["amount"] == last["balance"] == Decimal("200.2")
    assert last["line_items"][0]["cost"] == Decimal("100.10")
    assert last["line_items"][0]["line_total"] == Decimal("200.2")
    assert b"for staff" not in answer.content
    assert "product_cost" not in last["line_items"][0]
    assert STAFF_ALONE & first.keys() == set()


def test_only_ones_own_link_is_shown(house: House) -> None:
    invoice = house.invoice()
    (row,) = invoices(token_of()).json()["data"]
    key = house.key(invoice, house.anna)
    assert [one["key"] for one in row["invitations"]] == [key]
    assert row["invitations"][0]["link"].endswith(f"/client/invoice/{key}")
    assert invoice.invitations.live().count() == 2


def test_the_list_has_pages(house: House) -> None:
    made = [house.invoice().pk for _ in range(3)]
    answer = invoices(token_of(), "?per_page=2&page=2").json()
    assert [row["id"] for row in answer["data"]] == [ids.encode(made[0])]
    assert (answer["meta"]["pagination"]["total"], answer["meta"]["pagination"]["total_pages"]) == (3, 2)


def test_another_company_is_not_seen_and_has_a_token_of_its_own(house: House) -> None:
    """One person is a contact of two companies (C10): each token shows what its own company sent."""
    mine = house.invoice()
    other = factories.account_with_company(currency_id="3", country_id="276", language_id="1")
    by = factories.actor(factories.user(other, email="bea@example.com", is_owner=True))
    with acting_for(other):
        client = _client("Verger", by, ("anna", PASSWORD))
        away = House(other, by.user_id, by, client, client).invoice()  # type: ignore[arg-type]
    rows = {row["company_key"]: row for row in sign_in().json()["data"]}
    assert rows.keys() == {house.company.company_key, other.company_key}
    seen = {key: [one["id"] for one in invoices(row["token"]).json()["data"]] for key, row in rows.items()}
    assert seen == {
        house.company.company_key: [ids.encode(mine.pk)],
        other.company_key: [ids.encode(away.pk)],
    }
    (alone,) = sign_in(body={"company_key": other.company_key}).json()["data"]
    assert alone["company_key"] == other.company_key


@pytest.mark.parametrize("what", ["nothing", "staff", "one document", "unproved"])
def test_no_other_token_opens_the_list(house: House, what: str) -> None:
    """A session that opens one document, or waits for a password, shows no list."""
    invoice = house.invoice()
    if what == "one document":
        browser = Browser()
        browser.get(f"/client/invoice/{house.key(invoice, house.anna)}")
        token = browser.cookies["portal"].value
        assert not ContactSession.everywhere.get().is_whole
    elif what == "unproved":
        token = kept.begin(house.anna, ip="", awaits_password=True)[1]
    else:
        member = house.staff.memberships.get(company=house.company)
        token = login_token(member).value if what == "staff" else ""
    answer = invoices(token)
    assert answer.status_code == 403
    assert invoice.number not in answer.content.decode()


def test_a_new_password_ends_the_token(house: House) -> None:
    token = token_of()
    update_contact(house.anna, {"password": "Another2026"}, by=house.alice, on=ON)
    assert invoices(token).status_code == 403


def test_the_token_is_that_of_a_session_which_the_portal_ends(house: House) -> None:
    browser = enter(house.anna)
    assert invoices(browser.cookies["portal"].value).status_code == 200
    browser.post("/client/logout")
    assert invoices(browser.cookies["portal"].value or "-").status_code == 403


def test_the_description_says_whose_token_opens_what() -> None:
    paths = Browser().get("/api/v1/openapi.json").json()["paths"]
    login, listed = paths["/contact/login"]["post"], paths["/contact/invoices"]["get"]
    assert (login["security"], "security" in listed) == ([], False)
    assert login["summary"].endswith("are right.")
