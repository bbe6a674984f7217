"""Workers killed in the middle of mails: none is lost, none is sent twice (reliability D9)."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from comptoir.activity.models import Job
from comptoir.delivery.mail.models import MailDelivery
from comptoir.tenancy.scope import acting_for
from tests.unit.activity.conftest import Start, Worker, data, diary, nursery, start_worker, until

from .mail_cast import atelier, queued
from .mail_sink import Sink, listening

__all__ = ["data", "diary", "nursery", "start_worker"]

pytestmark = pytest.mark.django_db(transaction=True)

MOMENTS = ("addressing", "giving", "taken")


class Killer:
    """Kills the worker that hands over a mail, once for each mail, at the moment its address names."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.worker: Worker | None = None
        self.done: set[str] = set()
        sink.on_rcpt = self.on_rcpt
        sink.on_data = self.on_data

    def strike(self, address: str) -> None:
        self.done.add(address)
        if self.worker is not None:
            self.worker.kill()

    def on_rcpt(self, address: str) -> None:
        if address.startswith("addressing") and address not in self.done:
            self.strike(address)

    def on_data(self, envelope: Any) -> str | None:
        (address,) = envelope.rcpt_tos
        if address in self.done:
            return None
        if address.startswith("giving"):
            self.strike(address)
            return "hang up"
        if address.startswith("taken"):
            self.sink.keep(envelope)
            self.strike(address)
            return "hang up"
        return None


@pytest.fixture
def killer() -> Iterator[Killer]:
    with listening() as sink:
        yield Killer(sink)


@pytest.fixture
def crew(killer: Killer, start_worker: Start) -> Callable[..., None]:
    """Keep one worker going, a new one for each that is killed, until every mail is over."""

    def work(**wish: Any) -> None:
        server = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": killer.sink.port,
        }

        def over() -> bool:
            if killer.worker is None or killer.worker.poll() is not None:
                assert killer.worker is None or killer.worker.returncode == -signal.SIGKILL
                Job.objects.filter(state="running").update(lease_until=timezone.now())
                killer.worker = start_worker(hands=1, settings=server, **wish)
            return not MailDelivery.everywhere.filter(state__in=["queued", "sending"]).exists()

        until(over, seconds=120)

    return work


def copies(messages: list[EmailMessage]) -> Counter[str]:
    return Counter(str(message["To"]).partition("-")[0] for message in messages)


def test_twenty_kills_lose_no_mail_and_send_none_twice(killer: Killer, crew: Callable[..., None]) -> None:
    with acting_for(atelier()) as company:
        for n in range(20):
            queued(company, kind="memo", object_id=n, recipient=f"{MOMENTS[n % 3]}-{n}@client.example")

        crew()

        ends = Counter(MailDelivery.objects.values_list("recipient", "state"))
    assert len(killer.done) == 20
    assert ends == {
        (address, "sent" if address.startswith("addressing") else "unknown"): 1 for address in killer.done
    }
    assert copies(killer.sink.messages) == {"addressing": 7, "taken": 6}
    assert len({str(message["Message-ID"]) for message in killer.sink.messages}) == 13


def test_a_worker_killed_while_it_connects_is_followed_by_one_that_sends(
    killer: Killer, crew: Callable[..., None]
) -> None:
    def on_hello() -> None:
        if len(killer.done) < 3:
            killer.strike(f"connection {len(killer.done)}")

    killer.sink.on_hello = on_hello
    with acting_for(atelier()) as company:
        row = queued(company, kind="memo")

        crew()

        row.refresh_from_db()
    assert (row.state, len(killer.done), len(killer.sink.messages)) == ("sent", 3, 1)


def test_without_the_mark_the_same_test_sees_mails_sent_twice(
    killer: Killer, crew: Callable[..., None]
) -> None:
    with acting_for(atelier()) as company:
        for n in range(2):
            queued(company, kind="memo", object_id=n, recipient=f"taken-{n}@client.example")

        crew(blind=True)

    assert copies(killer.sink.messages) == {"taken": 4}
