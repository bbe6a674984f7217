"""E-mail and password, links by mail, and what both keep to themselves (S76, S96, reliability S9-S11)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from comptoir.activity.models import Job, SystemLog
from comptoir.clients.operations import archive_clients, create_client, update_client
from comptoir.clients.people import update_contact
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.portal.doors import links
from comptoir.portal.models import OneTimeKey
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, PASSWORD, House, enter, last_activity, sessions, text, told, work

ANNA = "anna@verger.example"


def sign_in(browser: Browser, email: str = ANNA, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post("/client/login", {"email": email, "password": password}, **more)


def mailed_link(address: str = ANNA) -> str:
    """The path of the link in the last mail to an address."""
    work()
    mail = MailDelivery.everywhere.filter(recipient=address).order_by("-pk")[0]
    found = re.search(r"(/client/(?:magic_link|password/reset|email)/[\w-]+)", mail.text)
    assert found is not None
    return found[1]


def test_the_right_password_opens_everything(house: House) -> None:
    browser = Browser()
    answer = sign_in(browser, "  ANNA@Verger.example ")
    assert answer.url == "/client/"
    assert browser.get("/client/invoices").status_code == 200
    assert told()[-1] == "ContactSignedIn"
    assert (last_activity().actor_kind, last_activity().ip) == ("contact", "127.0.0.1")


def test_a_sign_in_gives_a_new_token_and_ends_the_old_one(house: House) -> None:
    browser = enter(house.anna)
    old = browser.cookies["portal"].value
    sign_in(browser)
    assert browser.cookies["portal"].value != old
    assert sessions() == 1


def test_a_wrong_password_and_an_unknown_address_say_the_same(house: House) -> None:
    answers = [sign_in(Browser(), password="Wrong1234"), sign_in(Browser(), "nobody@example.com")]
    assert [answer.status_code for answer in answers] == [422, 422]
    said = {text(answer) for answer in answers}
    assert len(said) == 1
    assert sessions() == 0


def test_the_sixth_try_is_told_when_to_come_back(house: House) -> None:
    for _ in range(5):
        sign_in(Browser(), password="Wrong1234")
    answer = sign_in(Browser())
    assert answer.status_code == 429
    assert 800 <= int(answer.headers["Retry-After"]) <= 900
    assert sign_in(Browser(), REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_failed_sign_in_is_logged_where_the_address_is_known(house: House) -> None:
    sign_in(Browser(), password="Wrong1234")
    sign_in(Browser(), "nobody@example.com", "Wrong1234")
    work()
    rows = SystemLog.objects.all()
    assert [(row.client_id, row.type_id, row.log["email"]) for row in rows] == [(house.verger.pk, 801, ANNA)]


def test_who_has_no_password_or_is_locked_or_archived_stays_outside(house: House) -> None:
    assert sign_in(Browser(), "ben@verger.example", "").status_code == 422
    anna = house.anna
    anna.is_locked = True
    anna.save()
    assert sign_in(Browser()).status_code == 422
    anna.is_locked = False
    anna.save()
    archive_clients([house.verger], by=house.alice, on=ON)
    assert sign_in(Browser()).status_code == 422
    assert sessions() == 0


def test_an_address_changed_by_staff_signs_in_at_once_and_the_old_one_no_more(house: House) -> None:
    contacts = [{"id": house.anna.pk, "email": "new@verger.example"}, {"id": house.ben.pk}]
    update_client(house.verger, {"contacts": contacts}, by=house.alice, on=ON)
    assert sign_in(Browser()).status_code == 422
    assert sign_in(Browser(), "new@verger.example").status_code == 302


def test_a_password_changed_elsewhere_ends_every_session(house: House) -> None:
    browser = Browser()
    sign_in(browser)
    update_contact(house.anna, {"password": "Changed2026"}, by=house.alice, on=ON)
    assert browser.get("/client/").url == "/client/login"
    assert sessions() == 0


def test_staff_stay_signed_in_whatever_happens_in_the_portal(house: House) -> None:
    browser = Browser()
    browser.force_login(house.staff)
    before = browser.cookies["session"].value
    sign_in(browser)
    browser.get("/client/")
    browser.post("/client/logout")
    assert browser.cookies["session"].value == before
    assert browser.session["_auth_user_id"] == str(house.staff.pk)


def test_signing_out_ends_the_session_and_forgets_the_cookie(house: House) -> None:
    browser = enter(house.anna)
    stolen = browser.cookies["portal"].value
    answer = browser.post("/client/logout")
    assert answer.url.startswith("/client/login/")
    assert browser.cookies["portal"].value == ""
    thief = Browser()
    thief.cookies["portal"] = stolen
    assert thief.get("/client/").url == "/client/login"
    assert sessions() == 0


def test_one_person_of_two_companies_goes_where_the_password_fits_and_may_switch(house: House) -> None:
    other = factories.account_with_company("Bureau Lopez")
    with acting_for(other):
        by = factories.actor(factories.user(other, "bob@example.com"))
        person = {"first_name": "Anna", "email": ANNA, "password": PASSWORD}
        there = create_client({"name": "Verger abroad", "contacts": [person]}, by=by, on=ON).contacts.get()
    browser = Browser()
    sign_in(browser)
    home = browser.get("/client/")
    assert "Bureau Lopez" in text(home) and "Atelier Durand" in text(home)
    switch = re.findall(r"/client/switch_company/\w+", home.content.decode())
    assert browser.post(switch[0]).url == "/client/"
    assert there.client.name in text(browser.get("/client/"))
    assert sign_in(Browser(), password="Other2026").status_code == 422


def test_nobody_switches_to_somebody_else(house: House) -> None:
    browser = enter(house.anna)
    answer = browser.post(f"/client/switch_company/{ids.encode(house.cleo.pk)}")
    assert (answer.status_code, "Hello Anna" in text(browser.get("/client/"))) == (404, True)


def test_a_link_by_mail_signs_in_once_and_only_by_its_button(house: House) -> None:
    answer = Browser().post("/client/link/email", {"email": ANNA})
    assert "done=mailed" in answer.url
    link = mailed_link()
    browser = Browser()
    landed = browser.get(link)
    assert (landed.url, landed.headers["Referrer-Policy"]) == ("/client/link", "no-referrer")
    assert "Sign in" in text(browser.get("/client/link"))
    assert (sessions(), OneTimeKey.objects.count()) == (0, 1)
    assert browser.post("/client/link").url == "/client/"
    assert browser.get("/client/invoices").status_code == 200
    assert Browser().get(link).status_code == 404
    assert browser.post("/client/link").status_code == 404


def test_of_two_who_use_a_link_at_the_same_moment_one_gets_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    Browser().post("/client/link/email", {"email": ANNA})
    key = mailed_link().rsplit("/", 1)[-1]
    both = [links.key_behind(key), links.key_behind(key)]  # read before the other took it away
    monkeypatch.setattr(links, "key_behind", lambda _key: both.pop())
    assert Browser().post("/client/link").url == "/client/"
    assert Browser().post("/client/link").status_code == 404
    assert sessions() == 1


def test_the_key_of_a_mailed_link_is_stored_nowhere_in_clear(house: House) -> None:
    Browser().post("/client/link/email", {"email": ANNA})
    key = mailed_link().rpartition("/")[2]
    assert key not in str(list(OneTimeKey.objects.values()))
    assert all(key not in str(job.args) for job in Job.objects.all())


def test_an_unknown_address_gets_the_same_answer_and_no_mail(house: House) -> None:
    known = Browser().post("/client/link/email", {"email": ANNA})
    unknown = Browser().post("/client/link/email", {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    work()
    assert [mail.recipient for mail in MailDelivery.objects.all()] == [ANNA]


def test_one_mailbox_gets_three_links_in_a_quarter_of_an_hour(house: House) -> None:
    statuses = [Browser().post("/client/link/email", {"email": ANNA}).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]


def test_a_link_is_too_old_after_a_while(house: House) -> None:
    Browser().post("/client/link/email", {"email": ANNA})
    link = mailed_link()
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert Browser().get(link).status_code == 404
    assert sessions() == 0


def test_a_link_dies_with_the_address_it_was_sent_to(house: House) -> None:
    Browser().post("/client/link/email", {"email": ANNA})
    link = mailed_link()
    update_contact(house.anna, {"email": "moved@verger.example"}, by=house.alice, on=ON)
    assert Browser().get(link).status_code == 404


def test_a_forgotten_password_is_chosen_anew_and_others_are_signed_out(house: House) -> None:
    other = Browser()
    sign_in(other)
    Browser().post("/client/password/email", {"email": ANNA})
    browser = Browser()
    browser.get(mailed_link())
    weak = browser.post("/client/link", {"password": "short", "password_again": "short"})
    assert weak.status_code == 422
    different = browser.post("/client/link", {"password": "Verger2027", "password_again": "Verger2028"})
    assert (different.status_code, sign_in(Browser()).status_code) == (422, 302)
    done = browser.post("/client/link", {"password": "Verger2027", "password_again": "Verger2027"})
    assert done.url == "/client/?done=password"
    assert other.get("/client/").url == "/client/login"
    assert sign_in(Browser(), password="Verger2027").status_code == 302
    assert sign_in(Browser()).status_code == 422


def test_one_document_open_a_link_to_ones_own_address_opens_the_rest(house: House) -> None:
    invoice = house.invoice()
    browser = Browser()
    browser.get(f"/client/invoice/{house.key(invoice, house.anna)}")
    page = text(browser.get("/client/more"))
    assert "a…@verger.example" in page and ANNA not in page.replace("mailto:", "")
    assert browser.post("/client/more", {"email": "thief@example.com"}).url == "/client/more?done=sent"
    browser.get(mailed_link())
    assert browser.post("/client/link").url == "/client/"
    assert browser.get("/client/invoices").status_code == 200
    assert not MailDelivery.objects.exclude(recipient=ANNA).exists()


def test_the_company_key_in_the_address_keeps_to_one_company(house: House) -> None:
    other = factories.account_with_company("Bureau Lopez")
    page = Browser().get(f"/client/login/{other.company_key}")
    assert "Bureau Lopez" in text(page)
    answer = Browser().post(f"/client/login/{other.company_key}", {"email": ANNA, "password": PASSWORD})
    assert (answer.status_code, sessions()) == (422, 0)
    assert Browser().get("/client/login/unknown").status_code == 404


def test_the_address_without_its_stroke_leads_to_the_portal() -> None:
    answer = Browser().get("/client?company_key=k")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/client/?company_key=k")
