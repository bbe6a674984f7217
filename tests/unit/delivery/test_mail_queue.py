"""Queueing: one mail for one recipient, once, from the right sender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from comptoir.activity.models import Job
from comptoir.delivery.mail import letters
from comptoir.delivery.mail.compose import compose
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import send_again
from comptoir.delivery.mail.preview import preview
from comptoir.kernel.refused import Refused, WrongState
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .mail_cast import VALUES, atelier, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(settings: object) -> Iterator[Company]:
    settings.DEFAULT_FROM_EMAIL = "Comptoir <no-reply@comptoir.example>"  # type: ignore[attr-defined]
    with acting_for(atelier()) as company:
        yield company


def stored() -> list[tuple[str, int]]:
    return [("mails", MailDelivery.objects.count()), ("jobs", Job.objects.count())]


def test_a_queued_mail_is_written_and_left_to_the_worker(company: Company) -> None:
    row = queued(company)

    assert (row.state, row.recipient, row.subject) == (
        "queued",
        "claire@client.example",
        "Facture F2026-0042 – Atelier Lumière",
    )
    assert "Voici la <strong>facture</strong> F2026-0042." in row.html
    assert row.text.startswith("Bonjour Claire,\n\nVoici la facture F2026-0042.\n")
    job = Job.objects.get()
    assert (job.name, job.args, job.company_id) == ("delivery.send_mail", {"delivery": row.pk}, company.pk)


def test_the_same_mail_is_queued_once(company: Company) -> None:
    first = queued(company)
    again = queued(company, recipient="claire@CLIENT.example", subject="Autre chose")

    assert again.pk == first.pk
    assert again.subject == "Facture F2026-0042 – Atelier Lumière"
    assert stored() == [("mails", 1), ("jobs", 1)]


def test_two_recipients_are_two_mails_and_another_occasion_is_another(company: Company) -> None:
    queued(company)
    queued(company, recipient="paul@client.example")
    queued(company, occurrence="reminder1")
    queued(company, object_id=43)

    assert stored() == [("mails", 4), ("jobs", 4)]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"recipient": "claire@client.example\r\nBcc: evil@example.com"}, "recipient"),
        ({"recipient": "nobody"}, "recipient"),
        ({"cc": ["a@x.example\nBcc: evil@example.com"]}, "cc_email"),
        ({"cc": [f"{n}@x.example" for n in range(5)]}, "cc_email"),
        ({"settings": Preferences(({"bcc_email": "a@x.example\nSubject:,b"},))}, "bcc_email"),
        ({"settings": Preferences(({"reply_to_email": "no address"},))}, "reply_to_email"),
        (
            {"settings": Preferences(({"email_sending_method": "smtp", "custom_sending_email": "x"},))},
            "custom_sending_email",
        ),
        ({"settings": Preferences(({"email_sending_method": "smtp"},))}, "custom_sending_email"),
    ],
)
def test_what_cannot_be_addressed_is_refused_and_nothing_is_queued(
    company: Company, wish: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        queued(company, **wish)

    assert list(refusal.value.errors) == [field]
    assert stored() == [("mails", 0), ("jobs", 0)]


def test_from_is_the_company_and_answers_go_to_it(company: Company) -> None:
    row = queued(company)

    assert row.sender == '"Atelier Lumière" <no-reply@comptoir.example>'
    assert row.reply_to == "bonjour@atelier.example"
    assert (row.cc, row.bcc, row.method) == ([], [], "default")


def test_sender_answers_and_copies_follow_the_settings_in_force(company: Company) -> None:
    of_client = {
        "email_from_name": "Service\r\nfacturation",
        "reply_to_email": "compta@atelier.example",
        "reply_to_name": "Comptabilité",
        "bcc_email": "archive@atelier.example, paul@client.example",
        "email_sending_method": "smtp",
        "custom_sending_email": "factures@atelier.example",
    }
    row = queued(company, settings=Preferences((of_client, {}, company.settings)), cc=["paul@client.example"])

    assert row.sender == '"Service facturation" <factures@atelier.example>'
    assert row.reply_to == '"Comptabilité" <compta@atelier.example>'
    assert (row.cc, row.bcc, row.method) == (["paul@client.example"], ["archive@atelier.example"], "smtp")


def test_a_mail_with_a_key_in_it_has_no_hidden_copies(company: Company) -> None:
    letter = letters.magic_link(
        url="https://x.example/k", name="Claire", company_name="Atelier", minutes=30, locale="fr_FR"
    )
    preferences = Preferences(({"bcc_email": "archive@atelier.example"},))
    row = queued(
        company,
        subject=letter.subject,
        body=letter.body,
        values=letter.values,
        settings=preferences,
        secret=True,
    )

    assert row.bcc == []
    assert row.headers == {"Auto-Submitted": "auto-generated"}


def test_a_mail_may_wait_for_its_hour(company: Company) -> None:
    morning = timezone.now() + timedelta(hours=9)
    queued(company, run_at=morning)

    assert Job.objects.get().run_at == morning


def test_the_way_to_unsubscribe_is_in_the_header_and_at_the_foot(company: Company) -> None:
    row = queued(company, unsubscribe="https://x.example/client/unsubscribe/invoice/abc")

    assert row.headers == {
        "List-Unsubscribe": "<https://x.example/client/unsubscribe/invoice/abc>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert row.text.endswith(
        "Ne plus recevoir ces courriels\n<https://x.example/client/unsubscribe/invoice/abc>\n"
    )
    assert "Ne plus recevoir ces courriels</a>" in row.html


def test_the_message_id_stays_the_same_for_every_try(company: Company) -> None:
    row, other = queued(company), queued(company, occurrence="second")

    ids = [compose(one).extra_headers["Message-ID"] for one in (row, row, other)]

    assert ids[0] == ids[1] != ids[2]
    assert ids[0].startswith("<")
    assert ids[0].endswith("@comptoir.example>")


@pytest.mark.parametrize("state", ["queued", "sending", "sent"])
def test_only_a_mail_that_did_not_surely_arrive_is_sent_again(company: Company, state: str) -> None:
    row = queued(company)
    MailDelivery.objects.update(state=state)

    with pytest.raises(WrongState):
        send_again(row)

    assert stored() == [("mails", 1), ("jobs", 1)]
    assert MailDelivery.objects.get().state == state


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_a_person_may_send_a_failed_or_unknown_mail_again(company: Company, state: str) -> None:
    row = queued(company)
    MailDelivery.objects.update(state=state, attempts=3, error="550 no")

    send_again(row)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == ("queued", 0, "")
    assert stored() == [("mails", 1), ("jobs", 2)]


def test_a_preview_is_what_would_be_sent(company: Company) -> None:
    preferences = Preferences(({"email_subject_invoice": "Votre facture $number"}, company.settings))
    seen = preview(
        company, preferences, "invoice", VALUES, kind="invoice", locale="fr_FR", body="Le *corps* $number"
    )

    assert seen.subject == "Votre facture F2026-0042"
    assert seen.body == "<p>Le <em>corps</em> F2026-0042</p>\n"
    assert "Le <em>corps</em> F2026-0042</p>" in seen.wrapper
    assert (seen.raw_subject, seen.raw_body) == ("Votre facture $number", "Le *corps* $number")
    assert stored() == [("mails", 0), ("jobs", 0)]
