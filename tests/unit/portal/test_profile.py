"""What contacts change about themselves and about their client (S71, S72, S97, S98, S100, S101)."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Contact
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.portal.doors import links

from .conftest import PASSWORD, House, enter, figures, last_activity, text


def test_a_contact_changes_itself_alone(house: House) -> None:
    browser, before = enter(house.anna), _rest(house)
    fields = {"first_name": "Anne", "last_name": "Z", "phone": "123", "language_id": "4"}
    assert browser.post("/client/profile/contact", fields).url == "/client/profile?done=saved"
    anna = house.anna
    assert (anna.first_name, anna.last_name, anna.phone, anna.language_id) == ("Anne", "Z", "123", "4")
    assert _rest(house) == before
    row = last_activity()
    assert (row.fact, row.actor_kind, row.actor_id) == ("ClientUpdated", "contact", house.anna.pk)
    assert set(row.changes) >= {f"contacts.{anna.pk}.first_name"}
    assert "Bonjour Anne" in text(browser.get("/client/"))


def test_other_columns_are_not_a_contacts_to_write(house: House) -> None:
    browser = enter(house.anna)
    fields = {"first_name": "Anne", "is_locked": "1", "send_email": "", "email": "x@example.com", "id": "1"}
    browser.post("/client/profile/contact", fields)
    assert (house.anna.first_name, house.anna.is_locked, house.anna.send_email) == ("Anne", False, True)


def test_the_language_is_one_of_ours(house: House) -> None:
    browser, before = enter(house.anna), figures()
    answer = browser.post("/client/profile/contact", {"language_id": "30"})
    assert answer.status_code == 422
    assert figures() == before


def test_the_clients_name_and_addresses_may_be_edited(house: House) -> None:
    browser = enter(house.ben)
    fields = {"name": "Verger & Fils", "vat_number": "DE136695976", "city": "Bonn", "shipping_city": "Köln"}
    assert browser.post("/client/profile/client", fields).url == "/client/profile?done=saved"
    house.verger.refresh_from_db()
    client = house.verger
    assert (client.name, client.city, client.shipping_city) == ("Verger & Fils", "Bonn", "Köln")
    assert (client.private_notes, client.contacts.live().count()) == ("SECRET-OF-STAFF", 2)
    assert last_activity().actor_id == house.ben.pk
    assert last_activity().changes["city"] == ["", "Bonn"]


def test_nothing_else_of_the_client_is_written_or_shown(house: House) -> None:
    browser = enter(house.anna)
    sent = {
        "name": "Verger",
        "private_notes": "x",
        "number": "99",
        "settings": '{"a":1}',
        "is_tax_exempt": "1",
    }
    browser.post("/client/profile/client", sent)
    house.verger.refresh_from_db()
    assert (house.verger.private_notes, house.verger.is_tax_exempt) == ("SECRET-OF-STAFF", False)
    assert "SECRET-OF-STAFF" not in browser.get("/client/profile").content.decode()


def test_a_fault_is_shown_with_what_was_typed(house: House) -> None:
    browser, before = enter(house.anna), figures()
    answer = browser.post("/client/profile/client", {"name": "Typed", "website": "javascript:alert(1)"})
    assert (answer.status_code, figures()) == (422, before)
    assert 'value="Typed"' in answer.content.decode()


def test_where_the_company_says_no_the_client_cannot_be_edited(house: House) -> None:
    house.wishes(enable_client_profile_update=False)
    browser, before = enter(house.anna), figures()
    assert "Your company" not in text(browser.get("/client/profile"))
    assert browser.post("/client/profile/client", {"name": "Mallory"}).status_code == 403
    assert figures() == before


def test_nobody_adds_a_contact_from_the_portal(house: House) -> None:
    browser = enter(house.anna)
    before, people = figures(), Contact.objects.count()
    page = text(browser.get("/client/profile"))
    assert "contact" not in page.lower().replace("contact@", "")
    forged = {"contacts.2.email": "mallory@example.com", "contacts[0][email]": "mallory@example.com"}
    for path, fields in (
        ("/client/contacts", {"email": "mallory@example.com"}),
        ("/client/profile/contact", {"first_name": "Anna", **forged}),
        ("/client/profile/client", {"name": "Verger", **forged}),
    ):
        assert browser.post(path, fields).status_code == 403
    body = {"client_id": ids.encode(house.verger.pk), "email": "mallory@example.com"}
    assert browser.post("/api/v1/clients", body, content_type="application/json").status_code == 403
    assert (figures(), Contact.objects.count()) == (before, people)


def test_a_new_address_counts_once_its_link_was_opened(house: House) -> None:
    browser = enter(house.ben)
    answer = browser.post("/client/profile/email", {"email": "ben@new.example"})
    assert answer.url == "/client/profile?done=confirm"
    assert house.ben.email == "ben@verger.example"
    link = _link_to("ben@new.example")
    elsewhere = Browser()
    elsewhere.get(link)
    assert house.ben.email == "ben@verger.example"
    assert elsewhere.post("/client/link").url == "/client/login?done=confirmed"
    moved = house.person("ben@new.example")
    assert (moved.first_name, last_activity().actor_id) == ("Ben", moved.pk)
    assert Browser().get(link).status_code == 404


def test_a_link_that_breaks_off_has_done_nothing_and_works_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it does and that it is used up are one: a crash between them leaves both undone."""
    enter(house.ben).post("/client/profile/email", {"email": "ben@new.example"})
    elsewhere = Browser()
    elsewhere.get(_link_to("ben@new.example"))
    with monkeypatch.context() as broken:
        broken.setattr(links.sessions, "behind", Mock(side_effect=OSError))
        with pytest.raises(OSError):
            elsewhere.post("/client/link")
    assert house.ben.email == "ben@verger.example"
    assert elsewhere.post("/client/link").url == "/client/login?done=confirmed"


def test_an_address_that_somebody_else_signs_in_with_is_refused_to_its_reader_alone(house: House) -> None:
    browser = enter(house.cleo)
    set_password(browser, "Cleo2026x")
    again = Browser()
    again.post("/client/login", {"email": "cleo@marchand.example", "password": "Cleo2026x"})
    answer = again.post(
        "/client/profile/email", {"email": "anna@verger.example", "old_password": "Cleo2026x"}
    )
    assert answer.url == "/client/profile?done=confirm"
    reader = Browser()
    reader.get(_link_to("anna@verger.example"))
    before = figures()
    assert reader.post("/client/link").status_code == 422
    assert figures() == before


def test_a_wrong_or_the_same_address_is_refused(house: House) -> None:
    browser = enter(house.ben)
    for email in ("nowhere", "BEN@verger.example"):
        assert browser.post("/client/profile/email", {"email": email}).status_code == 422
    assert not MailDelivery.objects.exists()


def test_each_contact_has_a_password_of_its_own(house: House) -> None:
    before = house.anna.password
    browser = enter(house.ben)
    assert set_password(browser, "Benjamin7").url == "/client/profile?done=password"
    assert browser.get("/client/profile").status_code == 200
    assert house.anna.password == before
    assert house.ben.password not in ("", "Benjamin7", before)


def test_changing_it_takes_the_present_one_and_signs_others_out(house: House) -> None:
    browser, other = Browser(), Browser()
    for each in (browser, other):
        each.post("/client/login", {"email": "anna@verger.example", "password": PASSWORD})
    before = house.anna.password
    assert set_password(browser, "Changed2026", old_password="Wrong1234").status_code == 422
    assert house.anna.password == before
    assert set_password(browser, "Changed2026", old_password=PASSWORD).status_code == 302
    assert browser.get("/client/").status_code == 200
    assert other.get("/client/").url == "/client/login"


def test_guesses_of_the_present_password_are_limited(house: House) -> None:
    browser = enter(house.anna)
    statuses = [
        set_password(browser, "Changed2026", old_password=f"Guess{n}xx").status_code for n in range(6)
    ]
    assert statuses == [422] * 5 + [429]


def test_the_older_address_of_the_profile_is_ones_own_alone(house: House) -> None:
    browser = enter(house.anna)
    assert browser.get(f"/client/profile/{ids.encode(house.anna.pk)}/edit").url == "/client/profile"
    assert browser.get(f"/client/profile/{ids.encode(house.ben.pk)}/edit").status_code == 404


def set_password(browser: Browser, password: str, **more: str) -> Any:
    sent = {"password": password, "password_again": password, **more}
    return browser.post("/client/profile/password", sent)


def _link_to(address: str) -> str:
    mail = MailDelivery.objects.filter(recipient=address).order_by("-pk")[0]
    found = re.search(r"(/client/email/[\w-]+)", mail.text)
    assert found is not None
    return found[1]


def _rest(house: House) -> list[Any]:
    """The client and its other contacts."""
    others = Contact.objects.exclude(pk=house.anna.pk).order_by("pk").values()
    house.verger.refresh_from_db()
    return [list(others), house.verger.name, house.verger.phone]
