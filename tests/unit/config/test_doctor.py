"""The doctor names what is wrong and what to do."""

from collections import namedtuple
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.config import doctor
from comptoir.delivery.mail.models import MailDelivery
from comptoir.exchange.models import RateSheet
from comptoir.tenancy.scope import acting_for
from tests import factories

Usage = namedtuple("Usage", "total used free")


def states(findings: list[doctor.Finding]) -> dict[str, str]:
    return {finding.what: finding.state for finding in findings}


@pytest.mark.django_db
def test_a_fresh_installation_works_and_is_told_what_is_missing() -> None:
    found = states(doctor.examine())
    assert found["database"] == "well"
    assert found["tables"] == "well"
    assert found["PDF"] == "well"
    assert found["worker"] == "watch"
    assert found["mail"] == "watch"


@pytest.mark.django_db
def test_mails_that_wait_or_failed_are_counted() -> None:
    assert list(doctor.letters()) == []
    company = factories.account_with_company()
    with acting_for(company):
        for n, state in enumerate(("waiting", "waiting", "failed", "sent")):
            MailDelivery.objects.create(kind="invoice", object_id=n, recipient="a@b.example", state=state)
    assert [(found.state, found.sentence) for found in doctor.letters()] == [
        ("watch", "2 mails wait until a mail server is set"),
        ("watch", "1 mails of this week could not be sent: the logs say why"),
    ]


@pytest.mark.django_db
def test_rates_of_exchange_are_told_by_their_day(settings: Any) -> None:
    assert list(doctor.rates()) == []
    settings.RATES_URL = "http://127.0.0.1:9/rates.xml"
    today = timezone.now().date()
    for days, state in ((None, "watch"), (40, "watch"), (1, "well")):
        if days is not None:
            day = today - timedelta(days=days)
            RateSheet.objects.create(day=day, rates={"1": "1.08"}, source="bank.example")
        (finding,) = doctor.rates()
        assert finding.state == state
    assert finding.sentence == f"{day} (bank.example)"


def test_a_full_disk_is_an_illness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: Usage(10**12, 10**12, 10**6))
    (finding,) = doctor.disk()
    assert finding.state == "ill"
    assert "Make room" in finding.sentence


def test_a_mail_server_that_does_not_answer_is_an_illness(settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, email_url="smtp://127.0.0.1:1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    (finding,) = doctor.mail()
    assert finding.state == "ill"
    assert "127.0.0.1:1" in finding.sentence


def test_a_part_that_cannot_be_looked_at_is_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[doctor.Finding]:
        raise RuntimeError("no engine")

    broken.__name__ = "pdf"
    for part in ("database", "migrations", "worker", "fonts", "mail", "letters", "rates", "disk", "address"):
        monkeypatch.setattr(doctor, part, list)
    monkeypatch.setattr(doctor, "pdf", broken)
    assert doctor.examine() == [doctor.Finding("ill", "pdf", "RuntimeError: no engine")]
