"""Rows S95 to S98 and S100: each contact has a profile of their own, and may edit the client."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client, Contact
from comptoir.config import settings as house_settings
from comptoir.kernel import ids
from comptoir.portal.models import OneTimeKey
from tests.unit.portal.conftest import figures

from .conftest import House, edit_url, form_of, person, portal, signs_in, text

PASSWORD, OTHER = "Verger2026", "Autre2026x"
ANN = {"first_name": "Ann", "last_name": "Bell", "email": "ann@a.example", "password": PASSWORD}
BOB = {"first_name": "Bob", "last_name": "Cole", "email": "bob@a.example", "password": OTHER}
RULE = "A password has at least 7 characters, with a small letter, a capital and a digit."
SIX = ("address1", "address2", "postal_code", "city", "state", "country_id")


@pytest.fixture
def client(house: House) -> Client:
    return house.client(name="A", private_notes="SECRET", contacts=[ANN, BOB])


def test_s95_two_contacts_see_the_same_documents_and_their_own_profile(house: House, client: Client) -> None:
    invoice = house.invoice(client)
    for email, password, name, other in (
        ("ann@a.example", PASSWORD, "Ann", "Bob"),
        ("bob@a.example", OTHER, "Bob", "Ann"),
    ):
        browser = signs_in(email, password)
        assert browser is not None
        assert invoice["number"] in text(browser.get("/client/invoices"))
        page = browser.get("/client/profile").content.decode()
        assert (f'value="{name}"' in page, f'value="{other}"' in page) == (True, False)


def test_s96_an_email_changed_by_staff_is_the_login_at_once(house: House, client: Client) -> None:
    house.office.post(edit_url(client), form_of(house, client) | {"contacts.0.email": "ann@new.example"})
    assert signs_in("ann@new.example", PASSWORD) is not None
    assert signs_in("ann@a.example", PASSWORD) is None
    assert signs_in("bob@a.example", OTHER) is not None


def test_s97_a_new_password_is_ones_own_and_kept_hashed(house: House, client: Client) -> None:
    browser = signs_in("ann@a.example", PASSWORD)
    assert browser is not None
    sent = {"old_password": PASSWORD, "password": "Neuf2027x", "password_again": "Neuf2027x"}
    before = person("bob@a.example").password
    assert browser.post("/client/profile/password", sent).url == "/client/profile?done=password"
    assert signs_in("ann@a.example", "Neuf2027x") is not None
    assert signs_in("ann@a.example", PASSWORD) is None
    assert person("bob@a.example").password == before
    assert "Neuf2027x" not in person("ann@a.example").password
    assert house_settings.PASSWORD_HASHERS[0].endswith("Argon2")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"old_password": "wrong", "password": "Neuf2027x", "password_again": "Neuf2027x"}, "old_password"),
        ({"old_password": PASSWORD, "password": "Neuf2027x", "password_again": "other"}, "password_again"),
        ({"old_password": PASSWORD, "password": "weak", "password_again": "weak"}, "password"),
    ],
)
def test_s97_a_password_that_cannot_be_is_refused(
    house: House, client: Client, sent: dict[str, str], field: str
) -> None:
    browser = signs_in("ann@a.example", PASSWORD)
    assert browser is not None
    before = figures()
    answer = browser.post("/client/profile/password", sent)
    assert answer.status_code == 422
    assert answer.context["forms"]["password"].errors.keys() == {field}
    assert figures() == before


def test_s97_the_first_visit_asks_for_one_where_the_setting_protects(house: House) -> None:
    house.wishes(enable_client_portal_password=True)
    house.client(name="A", contacts=[{"first_name": "Cy", "email": "cy@a.example"}])
    browser = Browser()
    first = browser.get(f"/client/key_login/{person('cy@a.example').contact_key}", follow=True)
    assert first.redirect_chain[-1][0] == "/client/password"
    assert browser.get("/client/invoices").url == "/client/password"
    weak = browser.post("/client/password", {"password": "weak", "password_again": "weak"})
    assert (weak.status_code, RULE in text(weak)) == (422, True)
    browser.post("/client/password", {"password": "Neuf2027x", "password_again": "Neuf2027x"})
    assert browser.get("/client/invoices").status_code == 200
    assert signs_in("cy@a.example", "Neuf2027x") is not None


def test_s98_details_are_ones_own(house: House, client: Client) -> None:
    rows = Client.objects.values().get(), Contact.objects.values().get(email="bob@a.example")
    sent = {"first_name": "Anna", "last_name": "Bella", "phone": "+33 6", "language_id": "4"}
    portal(person("ann@a.example")).post("/client/profile/contact", sent)
    ann = person("ann@a.example")
    assert {name: getattr(ann, name) for name in sent} == sent
    for row, now in zip(
        rows,
        (Client.objects.values().get(), Contact.objects.values().get(email="bob@a.example")),
        strict=True,
    ):
        assert {k: v for k, v in now.items() if k not in {"updated_at", "last_login"}} == {
            k: v for k, v in row.items() if k not in {"updated_at", "last_login"}
        }
    assert "Vos coordonnées" in text(portal(ann).get("/client/profile"))
    assert "Your details" in text(portal(person("bob@a.example")).get("/client/profile"))


def test_s100_the_client_may_be_edited_and_the_contact_is_named(house: House, client: Client) -> None:
    sent = {"name": "New & Co", "vat_number": "FR40303265045", "phone": "111", "website": "new.example"}
    sent |= {name: f"b-{name}" for name in SIX} | {f"shipping_{name}": f"s-{name}" for name in SIX}
    sent |= {"country_id": "250", "shipping_country_id": "840"}
    browser = portal(person("ann@a.example"))
    page = browser.get("/client/profile")
    for name in sent:
        assert f'name="{name}"' in page.content.decode(), name
    assert "SECRET" not in page.content.decode()
    assert browser.post("/client/profile/client", sent).url == "/client/profile?done=saved"
    shown = house.shown(client)
    assert {name: shown[name] for name in sent} == sent
    last = Activity.objects.order_by("-pk")[0]
    assert (last.fact, last.actor_kind, last.actor_id) == (
        "ClientUpdated",
        "contact",
        person("ann@a.example").pk,
    )
    stream = text(house.office.get(edit_url(client).replace("edit", "tab/activity")))
    assert "Ann Bell updated client New & Co" in stream


def test_s100_nothing_but_the_profile_is_written(house: House, client: Client) -> None:
    before = house.shown(client)
    forged = {
        "private_notes": "x", "public_notes": "x", "number": "x", "id_number": "x", "group_id": "x",
        "settings": '{"currency_id": "1"}', "is_tax_exempt": "1", "balance": "0", "user_id": "1",
    }  # fmt: skip
    portal(person("ann@a.example")).post("/client/profile/client", forged)
    after = house.shown(client)
    assert {k: v for k, v in after.items() if k not in {"updated_at", "last_login", "contacts"}} == {
        k: v for k, v in before.items() if k not in {"updated_at", "last_login", "contacts"}
    }


def test_s101_a_new_email_counts_once_its_link_was_opened(house: House, client: Client) -> None:
    browser = signs_in("ann@a.example", PASSWORD)
    assert browser is not None
    sent = {"email": "ann@new.example", "old_password": PASSWORD}
    assert browser.post("/client/profile/email", sent).url == "/client/profile?done=confirm"
    assert signs_in("ann@a.example", PASSWORD) is not None
    assert signs_in("ann@new.example", PASSWORD) is None
    (mail,) = house.mails()
    assert (mail.recipient, mail.subject) == (
        "ann@new.example",
        "Confirm your e-mail address for Atelier Bleu",
    )
    confirm = house.link(mail, "/client/email/")
    browser.get(confirm)
    assert browser.post("/client/link").url.startswith("/client/")
    assert signs_in("ann@new.example", PASSWORD) is not None
    assert signs_in("ann@a.example", PASSWORD) is None
    assert OneTimeKey.everywhere.count() == 0
    assert Browser().get(confirm).status_code == 404


def test_s101_one_email_signs_in_once_in_a_company(house: House, client: Client) -> None:
    twin = {"name": "B", "contacts": [{"email": "ANN@a.example", "password": "Autre2027x"}]}
    refused = house.api("POST", "clients", twin, status=422)
    assert refused["errors"] == {
        "contacts.0.password": ["Another contact already signs in with this e-mail. Use a different one."]
    }
    browser = portal(person("bob@a.example"))
    browser.post("/client/profile/email", {"email": "ann@a.example", "old_password": OTHER})
    (mail,) = house.mails()
    browser.get(house.link(mail, "/client/email/"))
    assert browser.post("/client/link").status_code == 422
    assert person("bob@a.example").pk != person("ann@a.example").pk
    assert ids.encode(client.pk) == house.shown(client)["id"]
