"""Rows S99 and S101 to S103: strangers become clients, each e-mail once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client, Contact
from comptoir.kernel import ids
from tests.unit.office.reading import toasts
from tests.unit.portal.conftest import figures

from .conftest import House, edit_url, faults, form_of, person, signs_in, text, work

PASSWORD = "Verger2026"
ZOE = {
    "first_name": "Zoe",
    "last_name": "Quill",
    "email": "zoe@q.example",
    "phone": "+33 6",
    "password": PASSWORD,
    "password_again": PASSWORD,
}
TAKEN = "This e-mail is already in use here. Sign in, or use a different one."


@pytest.fixture(autouse=True)
def opened(house: House) -> None:
    house.company_put(client_can_register=True)


def register(house: House, browser: Browser | None = None, **changes: str) -> Any:
    door = f"/client/register/{house.company.company_key}"
    return (browser or Browser()).post(door, {**ZOE, **changes})


def test_s99_a_stranger_becomes_the_first_contact_of_a_new_client(house: House) -> None:
    browser = Browser()
    assert register(house, browser).url == "/client/?done=welcome"
    assert "Welcome! Your account is ready." in text(browser.get("/client/?done=welcome"))
    client = Client.objects.get()
    contact = client.contacts.get()
    assert (client.name, client.display_name, client.number) == ("", "Zoe Quill", "0001")
    assert (client.country_id, client.currency_id) == ("250", "3")
    assert (contact.email, contact.is_primary, contact.send_email) == ("zoe@q.example", True, True)
    assert signs_in("zoe@q.example", PASSWORD) is not None
    facts = list(Activity.objects.filter(client_id=client.pk).values_list("fact", flat=True))
    assert facts[:2] == ["ClientCreated", "ContactRegistered"]
    assert "Zoe Quill" in text(house.office.get(edit_url(client).replace("edit", "tab/activity")))


def test_s99_the_admin_is_told(house: House) -> None:
    register(house)
    work("portal.")
    (mail,) = house.mails()
    assert (mail.recipient, mail.subject) == ("alice@example.com", "New client: Zoe Quill")
    assert "Zoe Quill has registered in your client portal." in mail.text


@pytest.mark.parametrize("email", ["ann@a.example", "ANN@A.example", "  ann@a.example "])
def test_s102_a_known_email_is_refused_and_the_form_is_kept(house: House, email: str) -> None:
    house.client(name="A", contacts=[{"first_name": "Ann", "email": "ann@a.example"}])
    before = figures()
    answer = register(house, email=email)
    assert (answer.status_code, faults(answer)) == (422, {"email": [TAKEN]})
    page = answer.content.decode()
    assert ('value="Quill"' in page, PASSWORD in page) == (True, False)
    assert figures() == before


@pytest.mark.parametrize("way", ["contact", "client"])
def test_s102_a_deleted_contacts_email_is_free(house: House, way: str) -> None:
    people = [{"first_name": "Ann"}, {"first_name": "Zoe", "email": "zoe@q.example"}]
    client = house.client(name="A", contacts=people)
    if way == "contact":
        house.put(client, contacts=[{"first_name": "Ann"}])
    else:
        house.api("POST", "clients/bulk", {"ids": [ids.encode(client.pk)], "action": "delete"})
    assert register(house).status_code == 302
    assert person("zoe@q.example").client.display_name == "Zoe Quill"


def test_s102_staff_is_warned_of_an_email_at_two_clients(house: House) -> None:
    house.client(name="A", contacts=[{"email": "ann@a.example"}])
    answer = house.office.post(
        "/clients/new", {"name": "B", "contacts.0.email": "ann@a.example"}, follow=True
    )
    assert toasts(answer) == ["The client is saved.", "ann@a.example is also a contact of A."]


def test_s102_with_portal_passwords_the_same_email_is_refused(house: House) -> None:
    house.wishes(enable_client_portal_password=True)
    house.client(name="A", contacts=[{"email": "ann@a.example", "password": PASSWORD}])
    typed = {"name": "B", "contacts.0.email": "ann@a.example", "contacts.0.password": PASSWORD}
    answer = house.office.post("/clients/new", typed)
    assert faults(answer) == {
        "contacts.0.password": ["Another contact already signs in with this e-mail. Use a different one."]
    }
    assert Client.objects.count() == 1


def test_s102_nobody_harvests_addresses(house: House) -> None:
    house.client(name="A", contacts=[{"email": "ann@a.example"}])
    statuses = [register(house, email="ann@a.example").status_code for _n in range(25)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert Contact.objects.filter(email="zoe@q.example").count() == 0


def test_s103_once_removed_from_the_other_client_registering_works(house: House) -> None:
    people = [
        {"first_name": "Ann", "email": "ann@a.example"},
        {"first_name": "Zoe", "email": "zoe@q.example"},
    ]
    client = house.client(name="A", contacts=people)
    assert faults(register(house)) == {"email": [TAKEN]}
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.1.email": ""})
    assert register(house).status_code == 302
    assert person("zoe@q.example").client.display_name == "Zoe Quill"
    assert [one["first_name"] for one in house.shown(client)["contacts"]] == ["Ann", "Zoe"]
