"""Without a mail server mails wait, calmly; they leave once somebody sets one, and not for ever."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from comptoir.activity import worker
from comptoir.activity.models import Job, SystemLog
from comptoir.delivery.mail import quota, sending
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import send_again
from comptoir.delivery.mail.trial import send_trial
from comptoir.delivery.mail.waiting import count_waiting, lacks_server, wake_all
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .mail_cast import atelier, queued
from .mail_sink import Sink, listening

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(settings: Any) -> Iterator[Company]:
    settings.MAIL_SERVER_IS_SET = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with acting_for(atelier()) as company:
        yield company


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


def work() -> int:
    count = 0
    while worker.run_once() is not None:
        count += 1
    return count


def after(**time: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(**time), tick=False):
        wake_all()
        work()


def test_a_mail_waits_without_tries_faults_or_log(company: Company, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    row = queued(company)
    assert work() == 1
    after(hours=1)
    after(days=6)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == ("waiting", 0, "")
    assert (count_waiting(), SystemLog.objects.count(), caplog.messages) == (1, 0, [])
    assert not Job.objects.exclude(state=Job.State.DONE).exists()


def test_it_leaves_once_when_a_server_is_set(company: Company, sink: Sink, settings: Any) -> None:
    row = queued(company)
    work()
    settings.MAIL_SERVER_IS_SET = True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    assert (wake_all(), wake_all()) == (1, 0)
    work()
    row.refresh_from_db()
    assert (row.state, row.attempts, len(sink.messages)) == ("sent", 1, 1)


def test_a_companys_own_server_is_enough(company: Company, sink: Sink) -> None:
    own = {"email_sending_method": "smtp"}
    Company.objects.filter(pk=company.pk).update(settings=company.settings | own)
    company.refresh_from_db()
    row = queued(company, settings=Preferences((company.settings,)))
    assert (row.method, lacks_server(company)) == ("smtp", True)
    work()
    assert count_waiting() == 1
    company.switches |= {"smtp_host": "127.0.0.1", "smtp_port": sink.port, "smtp_encryption": ""}
    company.save()
    after(minutes=1)
    row.refresh_from_db()
    assert (row.state, len(sink.messages), lacks_server(company)) == ("sent", 1, False)


def test_after_a_week_it_is_given_up_and_a_person_sends_it_again(
    company: Company, sink: Sink, settings: Any
) -> None:
    row = queued(company)
    work()
    after(days=7, minutes=1)
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "No mail server was set within seven days.")
    settings.MAIL_SERVER_IS_SET = True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    after(days=8)
    assert sink.messages == []
    send_again(row)
    work()
    assert [str(mail["To"]) for mail in sink.messages] == ["claire@client.example"]


def test_where_nobody_waits_one_question_is_asked_for_all_companies(
    company: Company, django_assert_num_queries: Any
) -> None:
    for key in ("b" * 32, "c" * 32):
        Company.objects.create(account=company.account, company_key=key)
    with django_assert_num_queries(1):
        assert wake_all() == 0


def test_two_workers_wake_a_mail_once(company: Company, settings: Any) -> None:
    queued(company)
    work()
    settings.MAIL_SERVER_IS_SET = True
    found = list(MailDelivery.objects.all())
    from comptoir.delivery.mail import waiting

    assert [waiting._looked_at(row, company, timezone.now()) for row in (*found, *found)] == [True, False]
    assert Job.objects.filter(state=Job.State.QUEUED).count() == 1


def test_the_test_message_says_that_no_server_is_set(company: Company) -> None:
    with pytest.raises(Refused) as refused:
        send_trial(company, Preferences((company.settings,)), "me@example.com", locale="en")
    assert refused.value.errors == {"recipient": ["No mail server is set."]}


@pytest.fixture
def limited(company: Company, sink: Sink, settings: Any) -> Company:
    """A company that wants three mails an hour at most, and five a day."""
    settings.MAIL_SERVER_IS_SET = True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    company.switches = {"mails_per_hour": 3, "mails_per_day": 5}
    company.save()
    cache.clear()
    return company


def left() -> list[str]:
    return list(MailDelivery.objects.order_by("pk").values_list("state", flat=True))


def test_more_than_the_company_wants_wait_for_their_turn(limited: Company, sink: Sink) -> None:
    for n in range(7):
        queued(limited, occurrence=str(n))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        work()
        assert (left(), len(sink.messages)) == (["sent"] * 3 + ["waiting"] * 4, 3)
        assert (wake_all(), quota.room(limited)) == (0, 0)
        clock.shift(timedelta(minutes=61))
        assert (wake_all(), work() > 0, quota.room(limited)) == (2, True, 0)  # five a day
        assert left() == ["sent"] * 5 + ["waiting"] * 2
        clock.shift(timedelta(hours=12))
        assert wake_all() == 0
        clock.shift(timedelta(hours=12))
        assert (wake_all(), work() > 0) == (2, True)
    assert (left(), len(sink.messages)) == (["sent"] * 7, 7)
    assert [mail["Message-ID"] for mail in sink.messages] == [
        row.message_id for row in MailDelivery.objects.order_by("pk")
    ]


def test_who_waits_for_a_turn_is_not_given_up(limited: Company) -> None:
    limited.switches = {"mails_per_day": 1}
    limited.save()
    for n in range(3):
        queued(limited, occurrence=str(n))
    work()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _week in range(2):
            clock.shift(timedelta(days=8))
            wake_all()
            work()
    assert left() == ["sent"] * 3


def test_waiting_for_a_turn_is_told_once(limited: Company) -> None:
    for n in range(5):
        queued(limited, occurrence=str(n))
    work()
    told = SystemLog.objects.filter(type_id=400)
    assert [row.log for row in told] == [{"mails_per_hour": 3, "mails_per_day": 5}]


@pytest.mark.parametrize(("guarded", "states"), [(True, ["waiting", "sent"]), (False, ["sent", "sent"])])
def test_the_last_room_is_for_one_worker(
    limited: Company, sink: Sink, monkeypatch: pytest.MonkeyPatch, guarded: bool, states: list[str]
) -> None:
    """Both have found room; the one that is slower at the door finds it taken, where it is counted there."""
    limited.switches = {"mails_per_hour": 1}
    limited.save()
    first, second = queued(limited), queued(limited, occurrence="second")
    through = sending._try

    def overtaken(row: MailDelivery) -> Any:
        if row.pk == first.pk:
            sending.send_mail(delivery=second.pk)
        return through(row)

    monkeypatch.setattr(sending, "_try", overtaken)
    if not guarded:
        monkeypatch.setattr(quota, "has_limit", lambda _company: False)
    sending.send_mail(delivery=first.pk)
    assert (left(), len(sink.messages)) == (states, states.count("sent"))
