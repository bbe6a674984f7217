"""The doors that a key opens, and those that it does not (reliability S8, decision T30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client as Browser
from django.utils import timezone

from comptoir.clients.operations import archive_clients, delete_clients
from comptoir.clients.people import revoke_contact_key
from comptoir.portal.models import ContactSession
from comptoir.sales.invoices.operations import delete_invoice
from comptoir.tenancy.keyed import fresh

from .conftest import ON, PASSWORD, House, address, enter, figures, last_activity, sessions, text, told


def test_a_contacts_key_becomes_a_cookie_and_leaves_the_address(house: House) -> None:
    browser = Browser()
    answer = browser.get(f"/client/key_login/{house.anna.contact_key}")
    assert (answer.status_code, answer.url) == (302, "/client/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies["portal"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert "Hello Anna" in text(browser.get("/client/"))
    assert told()[-1] == "ContactSignedIn"
    assert house.anna.last_login is not None


def test_only_the_digest_of_a_session_is_stored(house: House) -> None:
    token = enter(house.anna).cookies["portal"].value
    row = ContactSession.objects.get()
    assert token not in str(vars(row))
    assert row.ip == "127.0.0.1"


def test_an_invitation_opens_its_document_and_marks_it_once(house: House) -> None:
    invoice = house.invoice()
    key = house.key(invoice, house.anna)
    browser = Browser()
    answer = browser.get(f"/client/invoice/{key}")
    assert answer.status_code == 302
    assert key not in answer.url
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    page = browser.get(answer.url)
    assert "€200.00" in text(page)
    assert invoice.invitations.get(contact=house.anna).viewed_at is not None
    assert invoice.invitations.get(contact=house.ben).viewed_at is None
    browser.get(f"/client/invoice/{key}")
    browser.get(answer.url)
    assert told().count("InvoiceViewed") == 1


def test_the_key_of_one_document_shows_no_other(house: House) -> None:
    first, second, foreign = house.invoice(), house.invoice(), house.invoice(house.marchand)
    browser = Browser()
    page = browser.get(f"/client/invoice/{house.key(first, house.anna)}").url
    assert browser.get(page).status_code == 200
    lists = ["", "invoices", "invoices/payment", "payments", "statement", "documents", "profile"]
    others = [address(second), address(foreign), f"{address(second)}/pdf"]
    for path in [*(f"/client/{name}" for name in lists), *others]:
        answer = browser.get(path)
        assert (answer.status_code, answer.url) == (302, "/client/more")


def test_two_invitations_of_one_person_open_both_documents(house: House) -> None:
    first, second = house.invoice(), house.quote()
    browser = Browser()
    pages = [
        browser.get(f"/client/invoice/{house.key(first, house.anna)}").url,
        browser.get(f"/client/quote/{house.key(second, house.anna)}").url,
    ]
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    assert sessions() == 1


def test_a_whole_session_stays_when_an_invitation_is_opened(house: House) -> None:
    invoice = house.invoice()
    browser = enter(house.anna)
    token = browser.cookies["portal"].value
    page = browser.get(f"/client/invoice/{house.key(invoice, house.ben)}").url
    assert browser.get(page).status_code == 200
    assert browser.cookies["portal"].value == token
    assert browser.get("/client/invoices").status_code == 200


def test_a_hundred_wrong_keys_are_limited(house: House) -> None:
    doors = ("key_login", "invoice", "quote", "credit", "pay", "magic_link", "password/reset", "email")
    answers = [Browser().get(f"/client/{doors[n % 8]}/wrong{n}").status_code for n in range(100)]
    assert answers == [404] * 20 + [429] * 80
    limited = Browser().get(f"/client/key_login/{house.anna.contact_key}")
    assert (limited.status_code, sessions()) == (429, 0)
    assert 800 <= int(limited.headers["Retry-After"]) <= 900
    elsewhere = Browser().get(f"/client/key_login/{house.anna.contact_key}", REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


def test_a_forwarded_address_does_not_help_against_the_limit(house: House) -> None:
    for n in range(20):
        Browser().get("/client/key_login/wrong", headers={"x-forwarded-for": f"203.0.113.{n}"})
    assert (
        Browser().get("/client/key_login/x", headers={"x-forwarded-for": "203.0.113.99"}).status_code == 429
    )


def test_a_revoked_contact_key_is_dead_at_once_and_so_is_its_session(house: House) -> None:
    browser, key = enter(house.anna), house.anna.contact_key
    assert browser.get("/client/").status_code == 200
    revoke_contact_key(house.anna, by=house.alice, on=ON)
    assert Browser().get(f"/client/key_login/{key}").status_code == 404
    assert browser.get("/client/").url == "/client/login"
    assert sessions() == 0
    assert enter(house.anna).get("/client/").status_code == 200


def test_a_revoked_invitation_is_dead_at_once(house: House) -> None:
    invoice = house.invoice()
    key = house.key(invoice, house.anna)
    browser = Browser()
    page = browser.get(f"/client/invoice/{key}").url
    assert browser.get(page).status_code == 200
    invoice.invitations.filter(contact=house.anna).update(**fresh("invitation"))
    assert Browser().get(f"/client/invoice/{key}").status_code == 404
    assert browser.get(page).url == "/client/more"


def test_a_deleted_document_is_not_available_and_a_draft_neither(house: House) -> None:
    invoice, draft = house.invoice(), house.invoice(sent=False)
    key = house.key(invoice, house.anna)
    delete_invoice(invoice, by=house.alice, on=ON)
    for wanted in (key, house.key(draft, house.anna)):
        answer = Browser().get(f"/client/invoice/{wanted}")
        assert answer.status_code == 404
        assert "no longer available" in text(answer)
    assert sessions() == 0


def test_silent_with_the_right_hash_leaves_no_trace_but_the_look(house: House) -> None:
    invoice = house.invoice()
    browser = enter(house.anna, silent="true", client_hash=house.verger.client_hash)
    page = browser.get("/client/")
    assert "You are looking as Anna X" in text(page)
    assert browser.get(address(invoice)).status_code == 200
    assert invoice.invitations.get(contact=house.anna).viewed_at is None
    assert told().count("PortalLookedInto") == 1
    assert "InvoiceViewed" not in told()
    assert house.anna.last_login is None


def test_silent_names_the_member_of_staff_who_is_signed_in(house: House) -> None:
    browser = Browser()
    browser.force_login(house.staff)
    before = browser.cookies["session"].value
    query = {"silent": "true", "client_hash": house.verger.client_hash}
    browser.get(f"/client/key_login/{house.anna.contact_key}", query)
    look = last_activity()
    assert (look.fact, look.actor_kind, look.actor_id) == ("PortalLookedInto", "user", house.staff.pk)
    assert browser.cookies["session"].value == before


def test_silent_changes_nothing_whatever_is_sent(house: House) -> None:
    quote = house.quote()
    browser = enter(house.anna, silent="true", client_hash=house.verger.client_hash)
    before = figures()
    for path, fields in (
        (address(quote, "quotes") + "/approval", {}),
        (address(quote, "quotes") + "/refusal", {}),
        ("/client/profile/contact", {"first_name": "Mallory"}),
        ("/client/profile/client", {"name": "Mallory"}),
        ("/client/profile/password", {"password": "Mallory99", "password_again": "Mallory99"}),
        ("/client/upload", {}),
    ):
        answer = browser.post(path, fields)
        assert (answer.status_code, "only looking" in text(answer)) == (403, True)
    assert figures() == before


def test_silent_with_a_wrong_hash_is_an_ordinary_visit(house: House) -> None:
    enter(house.anna, silent="true", client_hash=house.marchand.client_hash)
    assert told()[-1] == "ContactSignedIn"
    assert ContactSession.objects.get().is_silent is False


def test_a_silent_invitation_marks_nothing(house: House) -> None:
    invoice = house.invoice()
    browser = Browser()
    page = browser.get(f"/client/invoice/{house.key(invoice, house.anna)}?silent=true").url
    assert browser.get(page).status_code == 200
    assert invoice.invitations.get(contact=house.anna).viewed_at is None


def test_protected_a_link_asks_for_the_password_first(house: House) -> None:
    house.wishes(enable_client_portal_password=True)
    invoice = house.invoice()
    browser = Browser()
    page = browser.get(f"/client/invoice/{house.key(invoice, house.anna)}").url
    assert browser.get(page).url == "/client/password"
    assert browser.get("/client/invoices").url == "/client/password"
    assert invoice.invitations.get(contact=house.anna).viewed_at is None
    wrong = browser.post("/client/password", {"password": "Wrong1234"})
    assert (wrong.status_code, browser.get(page).url) == (422, "/client/password")
    right = browser.post("/client/password", {"password": PASSWORD})
    assert right.url == page
    assert "€200.00" in text(browser.get(page))
    assert browser.get("/client/invoices").status_code == 200


def test_protected_a_contact_without_a_password_chooses_one(house: House) -> None:
    house.wishes(enable_client_portal_password=True)
    browser = enter(house.ben)
    assert browser.get("/client/").url == "/client/password"
    assert "Choose a password" in text(browser.get("/client/password"))
    weak = browser.post("/client/password", {"password": "short", "password_again": "short"})
    assert (weak.status_code, house.ben.password) == (422, "")
    answer = browser.post("/client/password", {"password": "Benjamin7", "password_again": "Benjamin7"})
    assert answer.url == "/client/"
    assert browser.get("/client/").status_code == 200
    assert house.ben.password != ""
    assert house.anna.password != house.ben.password


def test_protected_guesses_of_the_password_are_limited(house: House) -> None:
    house.wishes(enable_client_portal_password=True)
    browser = enter(house.anna)
    answers = [browser.post("/client/password", {"password": f"Guess{n}xx"}).status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    assert browser.post("/client/password", {"password": PASSWORD}).status_code == 429


def test_protected_silence_does_not_open_it_to_strangers(house: House) -> None:
    house.wishes(enable_client_portal_password=True)
    invoice = house.invoice()
    browser = Browser()
    page = browser.get(f"/client/invoice/{house.key(invoice, house.anna)}?silent=true").url
    assert browser.get(page).url == "/client/password"
    looking = enter(house.anna, silent="true", client_hash=house.verger.client_hash)
    assert looking.get("/client/").status_code == 200


def test_switched_off_there_is_no_portal(house: House) -> None:
    invoice, browser = house.invoice(), enter(house.anna)
    house.wishes(enable_client_portal=False)
    before = sessions()
    for path in (
        f"/client/key_login/{house.anna.contact_key}",
        f"/client/invoice/{house.key(invoice, house.anna)}",
        f"/client/login/{house.company.company_key}",
        f"/client/register/{house.company.company_key}",
    ):
        assert Browser().get(path).status_code == 404
    closed = browser.get("/client/")
    assert (closed.status_code, "This portal is closed" in text(closed)) == (404, True)
    assert sessions() == before


def test_the_key_of_a_deleted_client_opens_nothing(house: House) -> None:
    browser = enter(house.anna)
    delete_clients([house.verger], by=house.alice, on=ON)
    assert Browser().get(f"/client/key_login/{house.anna.contact_key}").status_code == 404
    assert browser.get("/client/").url == "/client/login"


def test_an_archived_client_may_still_read_what_it_was_sent(house: House) -> None:
    invoice = house.invoice()
    archive_clients([house.verger], by=house.alice, on=ON)
    browser = Browser()
    page = browser.get(f"/client/invoice/{house.key(invoice, house.anna)}").url
    assert browser.get(page).status_code == 200


def test_a_session_ends_when_it_is_not_used(house: House) -> None:
    browser = enter(house.anna)
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        assert browser.get("/client/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=57), tick=False):
        assert browser.get("/client/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert browser.get("/client/").url == "/client/login"
    assert sessions() == 0


def test_a_payment_opens_by_the_contacts_key(house: House) -> None:
    answer = Browser().get(f"/client/payment/{house.anna.contact_key}/VolejRejNm")
    assert answer.url == "/client/payments/VolejRejNm"


def test_pay_goes_to_the_part_of_the_page_that_tells_how(house: House) -> None:
    invoice = house.invoice()
    assert Browser().get(f"/client/pay/{house.key(invoice, house.anna)}").url == address(invoice) + "#pay"


def test_download_leads_to_the_pdf_that_needs_no_cookie(house: House) -> None:
    invoice = house.invoice()
    key = house.key(invoice, house.anna)
    answer = Browser().get(f"/client/invoice/{key}/download")
    assert answer.url == f"/client/invoice/{key}/download_pdf"


def test_on_https_the_cookie_belongs_to_this_host_alone(house: House, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    answer = Browser().get(f"/client/key_login/{house.anna.contact_key}")
    cookie = answer.cookies["__Host-portal"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
