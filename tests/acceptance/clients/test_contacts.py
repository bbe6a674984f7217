"""Rows S67 to S77: the people of a client, and that clients add none themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.clients.models import Client, Contact
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from tests.unit.portal.conftest import figures

from .conftest import House, edit_url, faults, form_of, person, portal, signs_in, text

PASSWORD = "Verger2026"
ANN = {"first_name": "Ann", "last_name": "Bell", "email": "ann@a.example"}
BOB = {"first_name": "Bob", "email": "bob@a.example"}


def details(house: House, client: Client) -> str:
    return text(house.office.get(edit_url(client).replace("edit", "tab/details")))


def mailed(house: House, client: Client) -> list[tuple[str, list[str]]]:
    """Send an invoice; to whom it goes, and who gets a copy."""
    invoice = house.invoice(client)
    house.api("POST", "invoices/bulk", {"ids": [invoice["id"]], "action": "email"})
    rows = MailDelivery.objects.filter(object_id=ids.decode(invoice["id"])).order_by("pk")
    return [(row.recipient, row.cc) for row in rows]


def test_s67_fifty_contacts_the_first_is_primary(house: House) -> None:
    typed = {f"contacts.{n}.first_name": f"P{n}" for n in range(50)}
    assert house.office.post("/clients/new", typed).status_code == 302
    client = Client.objects.get()
    people = list(client.contacts.live().values_list("first_name", "is_primary"))
    assert people == [(f"P{n}", n == 0) for n in range(50)]
    assert len(house.shown(client)["contacts"]) == 50


def test_s67_a_removed_contact_keeps_its_history(house: House) -> None:
    client = house.client(contacts=[ANN, BOB])
    portal(person("bob@a.example")).get("/client/")
    before = Activity.objects.count()
    sent = {key: value for key, value in form_of(house, client).items() if not key.startswith("contacts.1.")}
    assert house.office.post(edit_url(client), sent).status_code == 302
    assert [one["first_name"] for one in house.shown(client)["contacts"]] == ["Ann"]
    assert Activity.objects.count() == before + 1
    kept = Contact.objects.get(first_name="Bob")
    assert (kept.is_deleted, kept.email) == (True, "bob@a.example")
    assert "Bob" in text(house.office.get(edit_url(client).replace("edit", "tab/activity")))


def test_s67_add_to_invoices_is_on_until_it_is_switched_off(house: House) -> None:
    client = house.client(contacts=[ANN, BOB])
    assert [one["send_email"] for one in house.shown(client)["contacts"]] == [True, True]
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.1.send_email": ""})
    assert mailed(house, client) == [("ann@a.example", [])]


def test_s67_who_is_copy_only_gets_a_copy(house: House) -> None:
    client = house.client(contacts=[ANN, BOB])
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.1.cc_only": "1"})
    assert house.shown(client)["contacts"][1]["cc_only"] is True
    assert mailed(house, client) == [("ann@a.example", ["bob@a.example"])]
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.0.cc_only": "1"})
    assert mailed(house, client) == [("ann@a.example", []), ("bob@a.example", [])]


def test_s67_a_locked_contact_does_not_get_in(house: House) -> None:
    client = house.client(contacts=[{**ANN, "password": PASSWORD}])
    inside = signs_in("ann@a.example", PASSWORD)
    assert inside is not None
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.0.is_locked": "1"})
    assert house.shown(client)["contacts"][0]["is_locked"] is True
    assert "No portal access" in details(house, client)
    assert signs_in("ann@a.example", PASSWORD) is None
    assert inside.get("/client/").url == "/client/login"


def test_s68_the_view_lists_contacts_under_details(house: House) -> None:
    client = house.client(contacts=[{**ANN, "phone": "+33 1"}, BOB])
    page = details(house, client)
    for word in ("Ann Bell", "ann@a.example", "+33 1", "Bob", "bob@a.example"):
        assert page.count(word) >= 1, word


def test_s69_one_card_per_contact_with_four_fields_and_a_password(house: House) -> None:
    fields = {f"contact{n}": f"Field {n}" for n in (1, 2, 3, 4)}
    house.company_put(custom_fields=fields, settings={"enable_client_portal_password": True})
    client = house.client(contacts=[ANN, BOB])
    page = house.office.get(edit_url(client)).content.decode()
    assert (
        len(re.findall(r"<fieldset[^>]*data-person", page)) == 3
    )  # two, and the one that new ones are made of
    for n in (1, 2, 3, 4):
        assert f'name="contacts.1.custom_value{n}"' in page
    typed = {"contacts.1.custom_value4": "four", "contacts.1.password": "weak"}
    answer = house.office.post(edit_url(client), form_of(house, client) | typed)
    rule = "A password has at least 7 characters, with a small letter, a capital and a digit."
    assert faults(answer) == {"contacts.1.password": [rule]}
    assert house.shown(client)["contacts"][1]["custom_value4"] == ""
    house.office.post(edit_url(client), form_of(house, client) | typed | {"contacts.1.password": PASSWORD})
    assert house.shown(client)["contacts"][1]["custom_value4"] == "four"
    assert signs_in("bob@a.example", PASSWORD) is not None


def test_s69_without_the_setting_no_password_is_asked(house: House) -> None:
    client = house.client(contacts=[ANN])
    assert ".password" not in house.office.get(edit_url(client)).content.decode()


def test_s70_the_button_says_second_and_then_another(house: House) -> None:
    page = house.office.get("/clients/new").content.decode()
    assert re.search(r'data-more="Add a contact"[^>]*>.*?Add a second contact', page, re.DOTALL)


def test_s71_the_office_and_a_token_add_contacts(house: House) -> None:
    client = house.client(contacts=[ANN])
    more = {"contacts.1.first_name": "Bob", "contacts.1.send_email": "1"}
    house.office.post(edit_url(client), form_of(house, client) | more)
    assert [one["first_name"] for one in house.shown(client)["contacts"]] == ["Ann", "Bob"]
    people = [*house.shown(client)["contacts"], {"first_name": "Cy"}]
    assert [one["first_name"] for one in house.put(client, contacts=people)["contacts"]] == [
        "Ann",
        "Bob",
        "Cy",
    ]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/client/contacts", {"first_name": "Eve", "email": "eve@a.example"}),
        ("/client/profile/contact", {"first_name": "Ann", "contacts.1.first_name": "Eve"}),
        ("/client/profile/client", {"name": "A", "contacts[1][first_name]": "Eve"}),
    ],
)
def test_s72_a_client_adds_no_contact_from_the_portal(house: House, path: str, sent: dict[str, Any]) -> None:
    house.client(name="A", contacts=[ANN])
    browser = portal(person("ann@a.example"))
    page = browser.get("/client/profile")
    assert "contact" not in {
        word.lower() for word in re.findall(r"<button[^>]*>([^<]*)", page.content.decode())
    }
    assert "Add a contact" not in text(page)
    before = figures()
    assert browser.post(path, sent).status_code == 403
    assert figures() == before


@pytest.mark.parametrize("only", ["first_name", "last_name"])
def test_s73_first_and_last_name_are_apart_and_optional(house: House, only: str) -> None:
    house.office.post("/clients/new", {f"contacts.0.{only}": "Ann"})
    contact = Contact.objects.get()
    assert {name: getattr(contact, name) for name in ("first_name", "last_name")} == {
        "first_name": "", "last_name": "", only: "Ann",
    }  # fmt: skip
    assert contact.client.display_name == "Ann"


def test_s74_the_first_contact_names_the_client_by_api_and_registration(house: House) -> None:
    client = house.client(contacts=[ANN])
    assert (house.shown(client)["name"], house.shown(client)["display_name"]) == ("", "Ann Bell")
    house.company_put(client_can_register=True)
    stranger = {"first_name": "Zoe", "last_name": "Q", "email": "zoe@q.example"}
    stranger |= {"password": PASSWORD, "password_again": PASSWORD}
    from django.test import Client as Browser

    Browser().post(f"/client/register/{house.company.company_key}", stranger)
    made = person("zoe@q.example").client
    assert (made.name, made.display_name) == ("", "Zoe Q")


def test_s75_an_email_is_valid_and_once_in_a_client(house: House) -> None:
    client = house.client(contacts=[ANN, BOB])
    wrong = form_of(house, client) | {"contacts.0.email": "no address"}
    assert faults(house.office.post(edit_url(client), wrong)) == {
        "contacts.0.email": ["This is not an e-mail address."]
    }
    twice = form_of(house, client) | {"contacts.1.email": "ANN@A.example"}
    assert faults(house.office.post(edit_url(client), twice)) == {
        "contacts.1.email": ["Another contact of this client has this e-mail already."]
    }
    assert mailed(house, client) == [("ann@a.example", []), ("bob@a.example", [])]


def test_s76_the_email_is_the_login_whatever_its_case(house: House) -> None:
    client = house.client(contacts=[{**ANN, "password": PASSWORD}])
    assert signs_in("ANN@a.EXAMPLE", PASSWORD) is not None
    assert signs_in("ann@a.example", "Verger2027") is None
    for action in ("archive", "delete"):
        house.api("POST", "clients/bulk", {"ids": [ids.encode(client.pk)], "action": action})
        assert signs_in("ann@a.example", PASSWORD) is None, action
        house.api("POST", "clients/bulk", {"ids": [ids.encode(client.pk)], "action": "restore"})
        assert signs_in("ann@a.example", PASSWORD) is not None
    house.put(client, contacts=[BOB])
    assert signs_in("ann@a.example", PASSWORD) is None


def test_s77_a_contacts_phone_is_optional(house: House) -> None:
    client = house.client(contacts=[ANN])
    assert person("ann@a.example").phone == ""
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.0.phone": "+33 6 12"})
    assert house.shown(client)["contacts"][0]["phone"] == "+33 6 12"
