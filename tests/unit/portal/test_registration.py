"""Strangers register themselves (S5, S99, S102, S103, decision C11)."""

from __future__ import annotations

from typing import Any

from django.test import Client as Browser

from comptoir.clients.models import Client, Contact
from comptoir.clients.operations import delete_clients, update_client
from comptoir.delivery.mail.models import MailDelivery

from .conftest import ON, House, figures, last_activity, sessions, text, told, work

PERSON = {
    "first_name": "Dora",
    "last_name": "Y",
    "email": "dora@example.com",
    "phone": "+49 30 1234",
    "password": "Dora2026x",
    "password_again": "Dora2026x",
}


def register(house: House, browser: Browser | None = None, **changes: str) -> Any:
    sent = {**PERSON, **changes}
    return (browser or Browser()).post(f"/client/register/{house.company.company_key}", sent)


def refused(house: House, **changes: str) -> str:
    """What the page says; and nothing has moved."""
    before = figures()
    answer = register(house, **changes)
    assert (answer.status_code, figures(), sessions()) == (422, before, 0)
    return text(answer)


def opened(house: House, **wishes: Any) -> None:
    house.switch(client_can_register=True, **wishes)


def test_off_nobody_registers(house: House) -> None:
    before = figures()
    page = Browser().get(f"/client/register/{house.company.company_key}")
    assert (page.status_code, "Registration is closed" in text(page)) == (403, True)
    assert register(house).status_code == 403
    assert figures() == before
    assert "Register" not in text(Browser().get(f"/client/login/{house.company.company_key}"))


def test_a_stranger_becomes_the_first_contact_of_a_new_client(house: House) -> None:
    opened(house)
    browser = Browser()
    assert register(house, browser).url == "/client/?done=welcome"
    client = Client.objects.order_by("-pk")[0]
    contact = client.contacts.get()
    assert (client.name, client.display_name, client.number != "") == ("", "Dora Y", True)
    assert (client.country_id, client.currency_id) == ("276", "3")
    assert (contact.email, contact.phone, contact.is_primary) == ("dora@example.com", "+49 30 1234", True)
    assert "Dora2026x" not in contact.password
    assert "Hello Dora" in text(browser.get("/client/"))
    assert told()[-3:] == ["ClientCreated", "ContactRegistered", "ContactSignedIn"]
    assert (last_activity().actor_kind, last_activity().actor_id) == ("contact", contact.pk)


def test_the_setting_of_the_company_opens_it_too(house: House) -> None:
    house.wishes(client_can_register=True)
    assert register(house).status_code == 302


def test_owner_and_administrators_are_told_by_mail(house: House) -> None:
    opened(house)
    register(house)
    work()
    mail = MailDelivery.objects.get()
    assert (mail.recipient, mail.subject) == ("alice@example.com", "New client: Dora Y")


def test_everything_missing_is_said_at_once_and_the_form_is_kept(house: House) -> None:
    opened(house)
    before = figures()
    answer = register(house, first_name="", password="short", password_again="short", email="nowhere")
    page = answer.content.decode()
    assert (answer.status_code, figures()) == (422, before)
    assert "Please fill this in." in page
    assert 'value="Y"' in page and 'value="nowhere"' in page
    assert "short" not in page
    again = refused(house, password="short", password_again="short")
    assert "At least 7 characters" in again
    assert "The two are not the same." in refused(house, password_again="Dora2026y")
    assert "not an e-mail address" in refused(house, email="nowhere")


def test_a_known_address_is_refused_at_its_field_in_any_case(house: House) -> None:
    opened(house)
    for email in ("anna@verger.example", "  ANNA@verger.EXAMPLE "):
        before = figures()
        answer = register(house, email=email)
        page = answer.content.decode()
        assert (answer.status_code, figures(), sessions()) == (422, before, 0)
        assert 'id="id-email-fault"' in page and "already in use here" in page
        assert 'value="Dora"' in page


def test_an_address_that_was_freed_may_register(house: House) -> None:
    opened(house)
    contacts = [{"id": house.anna.pk}]
    update_client(house.verger, {"contacts": contacts}, by=house.alice, on=ON)
    assert register(house, email="ben@verger.example").status_code == 302
    delete_clients([house.marchand], by=house.alice, on=ON)
    assert register(house, email="cleo@marchand.example").status_code == 302


def test_the_company_chooses_the_fields(house: House) -> None:
    fields = [
        {"key": "phone", "required": False, "visible": False},
        {"key": "name", "required": True, "visible": True},
        {"key": "vat_number", "required": False, "visible": True},
        {"key": "custom_value1", "required": False, "visible": True},
    ]
    opened(house, client_registration_fields=fields, custom_fields={"client1": "Trade|single_line_text"})
    page = text(Browser().get(f"/client/register/{house.company.company_key}"))
    assert "Company name" in page and "Trade" in page and "Phone" not in page
    assert "Please fill this in." in refused(house)
    register(house, name="Dora GmbH", custom_value1="Baker", phone="123", private_notes="x", number="1")
    client = Client.objects.order_by("-pk")[0]
    assert (client.name, client.custom_value1) == ("Dora GmbH", "Baker")
    assert (client.private_notes, client.number != "1", client.contacts.get().phone) == ("", True, "")


def test_the_currency_may_be_asked(house: House) -> None:
    opened(house, client_registration_fields=[{"key": "currency_id", "visible": True, "required": False}])
    register(house, currency_id="2")
    assert Client.objects.order_by("-pk")[0].currency_id == "2"
    assert "no such currency" in _again(house, currency_id="999999")


def _again(house: House, **changes: str) -> str:
    return text(register(house, email="another@example.com", **changes))


def test_terms_are_ticked_where_there_are_some(house: House) -> None:
    opened(house)
    house.wishes(client_portal_terms="Be <b>kind</b>.<script>alert(1)</script>")
    assert "Please accept the terms." in refused(house)
    page = Browser().get(f"/client/terms/{house.company.company_key}").content.decode()
    assert "Be <b>kind</b>." in page and "alert(1)" not in page
    assert register(house, accepts="1").status_code == 302


def test_whoever_fills_in_the_hidden_field_is_no_person(house: House) -> None:
    opened(house)
    before = figures()
    answer = register(house, fax="123")
    assert (answer.status_code, figures(), sessions()) == (302, before, 0)


def test_forms_from_one_place_are_limited(house: House) -> None:
    opened(house)
    statuses = [register(house, email="anna@verger.example").status_code for _ in range(22)]
    assert statuses == [422] * 20 + [429] * 2
    assert Contact.objects.count() == 3
