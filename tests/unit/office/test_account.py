"""One's own account, and the help."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.core.cache import cache

from comptoir.kernel.refused import Refused
from comptoir.people.models import Membership, Token, User

from .conftest import PASSWORD, Office

ME = {
    "first_name": "Alice",
    "last_name": "Z",
    "email": "alice@example.com",
    "phone": "+33 1",
    "language": "fr",
}


def alice() -> User:
    return User.objects.get(first_name="Alice")


def test_name_and_language_are_ones_own_and_the_browser_keeps_the_language(
    office: Office, settings: Any
) -> None:
    browser = office.browser()
    answer = browser.post("/me", ME)
    assert answer.status_code == 302
    assert (alice().last_name, alice().language_id) == ("Z", "4")
    assert browser.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fr"
    assert "Votre compte" in browser.get("/me").content.decode()


def test_a_nameless_account_is_refused(office: Office) -> None:
    answer = office.browser().post("/me", {**ME, "first_name": " "})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"first_name"}
    assert alice().last_name == "X"


def test_name_and_notifications_are_saved_together_or_not_at_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Mock(side_effect=Refused("notifications", "No."))
    monkeypatch.setattr("comptoir.office.account.update_preferences", refusing)
    assert office.browser().post("/me", ME).status_code == 422
    assert (alice().last_name, alice().phone) == ("X", "")


def test_another_address_takes_the_password(office: Office) -> None:
    browser, sent = office.browser(), {**ME, "email": "a@example.com"}
    cache.clear()
    refused = browser.post("/me", sent)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"password"}
    assert alice().email == "alice@example.com"
    assert browser.post("/me", {**sent, "password": PASSWORD}).status_code == 302
    assert alice().email == "a@example.com"


def test_notifications_are_chosen_and_what_the_page_does_not_show_stays(office: Office) -> None:
    Membership.objects.filter(pk=office.alice.pk).update(
        notifications={"email": ["task_late_all", "invoice_sent_all"]}
    )
    sent = {**ME, "language": "en", "notify.payment_success": "user", "notify.invoice_sent": ""}
    office.browser().post("/me", sent)
    chosen = Membership.objects.get(pk=office.alice.pk).notifications["email"]
    assert chosen == ["task_late_all", "payment_success_user"]


def test_other_devices_are_signed_out_and_this_one_stays(office: Office) -> None:
    here, there, hers = office.browser(), office.browser(), office.browser(office.carol)
    key = Token.objects.get(user=office.alice.user, is_system=True).value
    here.post("/me/devices")
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 302
    assert hers.get("/me").status_code == 200
    assert Token.objects.get(user=office.alice.user, is_system=True).value != key


@pytest.mark.parametrize("chapter", ["clients", "credits", "keyboard", "api"])
def test_each_chapter_of_the_help_leads_to_the_next(office: Office, chapter: str) -> None:
    answer = office.browser(office.carol).get(f"/help/{chapter}")
    assert answer.status_code == 200


def test_the_help_on_clients_speaks_french_and_goes_on_to_credits(office: Office) -> None:
    browser = office.browser()
    browser.post("/me", ME)
    page = browser.get("/help", follow=True).content.decode()
    assert "Votre navigateur ne prend pas en charge la balise vidéo." in page
    assert 'href="/help/credits"' in page
    assert browser.get("/help/nothing").status_code == 404
