"""Providers in the office: their keys, the test message, what came back, and writing there again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from comptoir.activity.models import Activity, SystemLog
from comptoir.clients.models import Client, Contact
from comptoir.delivery.mail.dead import bury
from comptoir.delivery.mail.listening import address
from comptoir.delivery.mail.models import DeadAddress, MailDelivery
from comptoir.kernel import ids
from comptoir.office.mails.words import reason, state_of
from comptoir.preferences import secrets
from comptoir.tenancy.keyed import fresh
from tests.mail_doubles import Services, standing

from .conftest import Office


@pytest.fixture(scope="module")
def running() -> Iterator[Services]:
    with standing() as services:
        yield services


@pytest.fixture
def services(running: Services, settings: Any) -> Services:
    running.posted.clear()
    running.says = None
    settings.MAIL_PROVIDERS = running.settings
    return running


BREVO = {
    "email_sending_method": "client_brevo",
    "brevo_secret": "bv-s3cret",
    "custom_sending_email": "facturation@atelier.example",
}


def test_a_key_is_kept_unless_another_is_typed_and_never_shown(office: Office) -> None:
    browser = office.browser()
    assert browser.post("/settings/email", BREVO).status_code == 302
    assert browser.post("/settings/email", {**BREVO, "brevo_secret": ""}).status_code == 302
    company = office.company
    assert secrets.opened(company, "brevo_secret") == "bv-s3cret"
    page = browser.get("/settings/email").content.decode()
    for text in (page, str(company.settings), str(list(Activity.objects.values_list("changes", flat=True)))):
        assert "s3cret" not in text
        assert company.settings["brevo_secret"] not in page


def test_each_provider_has_its_fields_and_the_address_for_its_news(office: Office) -> None:
    page = office.browser().get("/settings/email").content.decode()
    for name in ("postmark", "mailgun", "brevo", "ses"):
        assert f'<option value="client_{name}"' in page
        assert f'data-only="client_{name}"' in page
        url = address(office.company, name)
        assert f'data-copy="{url}"' in page
        assert f'<noscript><bdi dir="ltr">{url}</bdi></noscript>' in page


def test_the_test_message_leaves_by_the_provider(office: Office, services: Services) -> None:
    browser = office.browser()
    browser.post("/settings/email", BREVO)
    said = browser.post(
        "/settings/email/trial", {"recipient": "me@example.com"}, headers={"HX-Request": "true"}
    )
    assert "handed over to the mail server" in said.content.decode()
    (posted,) = services.posted
    assert (posted.headers["api-key"], posted.data["to"]) == ("bv-s3cret", [{"email": "me@example.com"}])
    services.says = (401, {"message": "Key not found"})
    said = browser.post(
        "/settings/email/trial", {"recipient": "me@example.com"}, headers={"HX-Request": "true"}
    )
    page = said.content.decode()
    assert "Brevo refused the company’s key." in page
    assert "Brevo 401: Key not found" in page


def test_a_provider_without_its_key_is_said(office: Office, services: Services) -> None:
    browser = office.browser()
    browser.post("/settings/email", {**BREVO, "brevo_secret": ""})
    said = browser.post(
        "/settings/email/trial", {"recipient": "me@example.com"}, headers={"HX-Request": "true"}
    )
    assert "Brevo needs its key." in said.content.decode()
    assert services.posted == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("Postmark 401: Bad token.", "Postmark refused the company’s key."),
        ("Brevo 402: No credits", "The account at Brevo has no credit left."),
        ("Mailgun 404: Domain not found", "Mailgun does not know the domain of the company."),
        (
            "Postmark 406: Inactive.",
            "Postmark no longer delivers to this address: earlier e-mails came back.",
        ),
        ("Mailgun 429: Slow down", "Mailgun takes no more e-mails for the moment."),
        ("Mailgun 503: down", "Mailgun has trouble of its own at the moment."),
        ("Brevo 400: sender is not valid", "Brevo refused the e-mail."),
        ("ConnectionError: Brevo", "The mail server did not answer."),
        ("554 Email address is not verified.", "The provider has not verified the sender’s address."),
        ("smtp;550 5.1.1 No such user", "The server of the recipient does not know this address."),
        ("Something else", ""),
    ],
)  # fmt: skip
def test_what_went_wrong_is_said_in_words(error: str, words: str) -> None:
    assert reason(error) == words


@pytest.fixture
def verger(office: Office) -> tuple[Client, Contact]:
    client = Client.objects.create(name="Verger", display_name="Verger", number="V1")
    return client, Contact.objects.create(
        client=client, email="Paul@verger.test", is_primary=True, **fresh("contact")
    )


def mail_to(client: Client, **more: Any) -> MailDelivery:
    return MailDelivery.objects.create(
        client=client, kind="portal", object_id=client.pk, occurrence="1", subject="Hello",
        recipient="Paul@verger.test", text="x", html="x", state="failed", **more,
    )  # fmt: skip


def test_an_address_that_mails_came_back_from_is_shown_and_written_to_again(
    office: Office, verger: tuple[Client, Contact]
) -> None:
    client, contact = verger
    bury(mail_to(client), "Paul@verger.test", "550 5.1.1 No such user")
    at = f"/clients/{ids.encode(client.pk)}"
    page = office.browser().get(f"{at}/tab/details").content.decode()
    assert "E-mails to this address come back: reminders pass it over until it is changed." in page
    assert "550 5.1.1 No such user" in page
    again = f"{at}/address/{ids.encode(contact.pk)}"
    assert again in page
    assert office.browser().post(again).status_code == 302
    assert not DeadAddress.objects.exists()
    log = SystemLog.objects.get(event_id=61, category_id=2)
    assert (log.client_id, log.log) == (
        client.pk,
        {"recipient": "Paul@verger.test", "what": "reactivated"},
    )
    assert "come back" not in office.browser().get(f"{at}/tab/details").content.decode()
    office.browser().post(again)
    assert SystemLog.objects.filter(event_id=61, category_id=2).count() == 1


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"arrival": "bounced", "error": "hard_bounce"}, "Came back"),
        ({"arrival": "spam", "state": "sent"}, "Complaint"),
        ({"arrival": "delivered", "state": "sent"}, "Delivered"),
        ({"state": "sent"}, "Sent"),
        ({"error": "Brevo 400: No"}, "Failed"),
    ],
)
def test_a_mail_says_how_far_it_came(more: dict[str, str], word: str) -> None:
    mail = MailDelivery(company_id=1, **{"state": "failed", **more})
    mail.viewed_at = None  # type: ignore[attr-defined]
    assert state_of(mail)[0] == word


def test_a_limit_that_is_reached_is_said(office: Office, verger: tuple[Client, Contact]) -> None:
    company = office.company
    company.switches = {"mails_per_day": 1}
    company.save()
    mail = mail_to(verger[0])
    MailDelivery.objects.filter(pk=mail.pk).update(state="waiting")
    page = office.browser().get("/").content.decode()
    assert "1 e-mail waits for its turn: the limit of the company is reached." in page
    assert "/settings/email#limits" in page
