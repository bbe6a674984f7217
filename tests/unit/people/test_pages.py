"""Staff sign in through allauth's pages, under /account/."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.people.adapters import StaffAdapter
from comptoir.people.models import Membership, Token
from comptoir.people.second_factor import new_secret, switch_on

from .conftest import ON, PASSWORD, Cast, logged, user
from .test_second_factor import code

pytestmark = pytest.mark.urls("tests.unit.people.urls")

OTHER = "another long secret"


def sign_in(browser: Browser, password: str = PASSWORD, email: str = "carol@example.com", **more: Any) -> Any:
    return browser.post("/account/login/", {"login": email, "password": password}, **more)


def who(browser: Browser) -> str:
    return browser.get("/").content.decode()


def test_the_right_password_opens_a_new_session(cast: Cast) -> None:
    browser = Browser()
    assert browser.get("/account/login/").status_code == 200
    browser.session["before"] = 1
    anonymous = browser.cookies.get("session")
    assert sign_in(browser, email="Carol@example.com").status_code == 302
    assert who(browser) == "carol@example.com"
    assert anonymous is None or browser.cookies["session"].value != anonymous.value
    assert logged() == [(5, 61, 800)]


def test_a_wrong_password_or_an_unknown_address_say_the_same(cast: Cast) -> None:
    answers = [sign_in(Browser(), password="wrong"), sign_in(Browser(), email="nobody@example.com")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (
        len(
            {
                re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", answer.content.decode())
                for answer in answers
            }
        )
        == 1
    )


def test_somebody_who_was_archived_stays_outside(cast: Cast) -> None:
    cast.carol.archived_at = cast.carol.created_at
    cast.carol.save()
    browser = Browser()
    assert sign_in(browser).status_code == 200
    assert who(browser) == "nobody"


def test_the_sixth_try_is_told_when_to_come_back_whatever_it_claims_to_be(cast: Cast) -> None:
    for number in range(5):
        sign_in(Browser(), password="wrong", headers={"x-forwarded-for": f"203.0.113.{number}"})
    answer = sign_in(Browser(), headers={"x-forwarded-for": "203.0.113.99"})
    assert answer.status_code == 429
    assert 890 <= int(answer.headers["Retry-After"]) <= 900
    assert sign_in(Browser(), REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_trusted_proxy_says_who_asks(cast: Cast, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for _ in range(5):
        sign_in(Browser(), password="wrong", headers={"x-forwarded-for": "203.0.113.1"})
    assert sign_in(Browser(), headers={"x-forwarded-for": "203.0.113.1"}).status_code == 429
    assert sign_in(Browser(), headers={"x-forwarded-for": "203.0.113.2"}).status_code == 302


def test_nobody_signs_up(cast: Cast) -> None:
    assert Browser().get("/account/signup/").status_code == 404
    assert (
        Browser().post("/account/signup/", {"email": "x@example.com", "password1": OTHER}).status_code == 404
    )


def test_a_forgotten_password_is_set_anew_by_mail_and_other_sessions_end(
    cast: Cast, mailoutbox: list[Any]
) -> None:
    old = Browser()
    sign_in(old)
    token = Token.objects.get(user=cast.carol.user)
    key = token.value

    browser = Browser()
    assert browser.post("/account/password/reset/", {"email": "carol@example.com"}).status_code == 302
    link = re.search(r"/account/password/reset/key/\S+", mailoutbox[0].body)
    assert link
    page = browser.get(link[0], follow=True)
    address = page.redirect_chain[-1][0]
    assert browser.post(address, {"password1": OTHER, "password2": OTHER}).status_code == 302

    assert user("carol").check_password(OTHER)
    assert who(old) == "nobody"
    token.refresh_from_db()
    assert token.value != key
    assert Activity.everywhere.latest("pk").fact == "PasswordChanged"
    assert browser.get(link[0], follow=True).context["token_fail"]


def test_somebody_without_a_company_can_set_a_password_all_the_same(cast: Cast, rf: Any) -> None:
    Membership.everywhere.filter(user=cast.carol.user).delete()
    StaffAdapter(rf.get("/")).set_password(cast.carol.user, OTHER)
    assert user("carol").check_password(OTHER)
    assert not StaffAdapter(rf.get("/")).is_open_for_signup(rf.get("/"))


def test_an_unknown_address_gets_no_mail_and_the_same_answer(cast: Cast, mailoutbox: list[Any]) -> None:
    known = Browser().post("/account/password/reset/", {"email": "carol@example.com"})
    unknown = Browser().post("/account/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [mail.to for mail in mailoutbox] == [["carol@example.com"]]


def test_changing_the_password_keeps_this_session_and_ends_the_others(cast: Cast) -> None:
    here, there = Browser(), Browser()
    sign_in(here)
    sign_in(there)
    form = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert here.post("/account/password/change/", {**form, "oldpassword": "wrong"}).status_code == 200
    assert user("carol").check_password(PASSWORD)
    before = here.cookies["session"].value

    assert here.post("/account/password/change/", form).status_code == 302

    assert (who(here), who(there)) == ("carol@example.com", "nobody")
    assert here.cookies["session"].value != before


def test_a_weak_new_password_is_refused(cast: Cast) -> None:
    browser = Browser()
    sign_in(browser)
    form = {"oldpassword": PASSWORD, "password1": "carol", "password2": "carol"}
    assert browser.post("/account/password/change/", form).status_code == 200
    assert user("carol").check_password(PASSWORD)


def test_with_a_second_factor_the_password_alone_opens_nothing(cast: Cast) -> None:
    secret = new_secret()
    switch_on(cast.carol.user, secret, code(secret), by=cast.carol.actor(), on=ON)
    browser = Browser()
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/authenticate/")
    assert who(browser) == "nobody"
    assert browser.post("/account/2fa/authenticate/", {"code": "000000x"}).status_code == 200
    assert who(browser) == "nobody"
    assert browser.post("/account/2fa/authenticate/", {"code": code(secret)}).status_code == 302
    assert who(browser) == "carol@example.com"


def test_an_app_is_switched_on_from_the_page_after_the_password_again(cast: Cast) -> None:
    browser = Browser()
    sign_in(browser)
    assert browser.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    page = browser.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = browser.session["mfa.totp.secret"]
    assert browser.post("/account/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    for address in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        assert browser.get(f"/account/2fa/{address}").status_code == 200, address


def test_signing_out_asks_first_and_ends_the_session(cast: Cast) -> None:
    browser = Browser()
    sign_in(browser)
    assert browser.get("/account/logout/").status_code == 200
    assert who(browser) == "carol@example.com"
    assert browser.post("/account/logout/").status_code == 302
    assert who(browser) == "nobody"
