"""Webhooks at a real HTTP server: what is told, how often, and where nobody may be sent (rules 19, T34)."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.models import Job, SystemLog
from comptoir.activity.worker import run_once
from comptoir.clients.models import Client
from comptoir.clients.operations import archive_clients, create_client
from comptoir.delivery.webhooks import operations, posting, targets
from comptoir.delivery.webhooks.models import Webhook
from comptoir.kernel.refused import Refused
from comptoir.payments.operations import record_payment
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 11, 24)
BY = Actor("system")


@dataclass
class Receiver:
    """Answers with ``status``, and remembers what came."""

    url: str = ""
    status: int = 200
    heard: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    there = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.heard.append((self.command, self.path, dict(self.headers), body))
            self.send_response(there.status)
            if there.status == 302:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_PUT(self) -> None:
            self.do_POST()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_port}/hook?from=comptoir"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield there
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    made = factories.account_with_company()
    with acting_for(made):
        yield made


def hook(receiver: Receiver, event: int = 1, **fields: Any) -> Webhook:
    said = {"target_url": receiver.url, "event_id": event, **fields}
    return operations.create_webhook(said, by=BY, on=ON)


def client(name: str = "Ann") -> Client:
    return create_client({"name": name, "contacts": [{"first_name": name}]}, by=BY, on=ON)


def work() -> None:
    while run_once() is not None:
        pass


def later(receiver: Receiver, after: timedelta) -> None:
    with time_machine.travel(timezone.now() + after, tick=False):
        work()


def test_a_target_is_told_of_the_event_it_waits_for(company: Company, receiver: Receiver) -> None:
    webhook = hook(receiver, headers={"X-Key": "sesame"})
    made = client()
    archive_clients([made], by=BY, on=ON)
    work()
    [(method, path, headers, body)] = receiver.heard
    assert (method, path, headers["X-Key"]) == ("POST", "/hook?from=comptoir", "sesame")
    told = json.loads(body)
    assert (told["name"], told["number"], told["contacts"][0]["first_name"]) == ("Ann", made.number, "Ann")
    stamp, signature = headers["X-Comptoir-Signature"].split(",")
    assert signature == "v1=" + posting.signature(webhook.secret, int(stamp.removeprefix("t=")), body)
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.last_status, webhook.last_error) == (0, 200, "")


def test_the_body_carries_its_client(company: Company, receiver: Receiver) -> None:
    hook(receiver, 4, rest_method="put")
    record_payment({"client": client(), "amount": Decimal(5)}, by=BY, on=ON)
    work()
    [(method, _, _, body)] = receiver.heard
    told = json.loads(body)
    assert (method, told["amount"], told["client"]["name"], told["invoices"]) == ("PUT", 5.0, "Ann", [])


def test_an_event_is_told_once_to_each_target(company: Company, receiver: Receiver) -> None:
    hook(receiver)
    hook(receiver)
    client()
    work()
    for job in Job.objects.filter(name="delivery.webhooks"):
        Job.objects.create(company=company, name=job.name, args=job.args, run_at=timezone.now())
    work()
    assert len(receiver.heard) == 2
    assert len({heard[2]["X-Comptoir-Event"] for heard in receiver.heard}) == 2


def test_nobody_waiting_costs_no_job(company: Company) -> None:
    client()
    assert not Job.objects.filter(name__startswith="delivery.").exists()


def test_a_target_that_fails_is_asked_again_until_it_answers(company: Company, receiver: Receiver) -> None:
    webhook = hook(receiver)
    client()
    receiver.status = 500
    work()
    later(receiver, timedelta(seconds=29))
    assert len(receiver.heard) == 1
    receiver.status = 204
    later(receiver, timedelta(seconds=31))
    webhook.refresh_from_db()
    assert (len(receiver.heard), webhook.failures, webhook.paused_at) == (2, 0, None)
    assert receiver.heard[0][2]["X-Comptoir-Event"] == receiver.heard[1][2]["X-Comptoir-Event"]
    logged = SystemLog.objects.filter(category_id=3).order_by("pk").values_list("event_id", "log__status")
    assert list(logged) == [(42, 500), (41, 204)]


def test_after_eight_failures_it_is_paused_and_loses_nothing(company: Company, receiver: Receiver) -> None:
    webhook = hook(receiver)
    receiver.status = 503
    client()
    for hours in range(8):
        later(receiver, timedelta(hours=2 * hours))
    webhook.refresh_from_db()
    assert (len(receiver.heard), webhook.failures, webhook.paused_at is not None) == (8, 8, True)
    client("Bea")
    later(receiver, timedelta(hours=30))
    assert len(receiver.heard) == 8
    receiver.status = 200
    operations.resume_webhook(webhook, by=BY, on=ON)
    later(receiver, timedelta(hours=60))
    assert sorted(json.loads(body)["name"] for *_, body in receiver.heard[8:]) == ["Ann", "Bea"]


def test_a_target_that_is_gone_is_archived(company: Company, receiver: Receiver) -> None:
    webhook = hook(receiver)
    receiver.status = 410
    client()
    work()
    webhook.refresh_from_db()
    assert webhook.is_archived
    client("Bea")
    work()
    assert len(receiver.heard) == 1


def test_redirects_are_not_followed(company: Company, receiver: Receiver) -> None:
    webhook = hook(receiver)
    receiver.status = 302
    client()
    work()
    webhook.refresh_from_db()
    assert (len(receiver.heard), webhook.last_status, webhook.failures) == (1, 302, 1)


ADDRESSES = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]"),
    *("[ff02::1]", "[64:ff9b::7f00:1]", "[::ffff:127.0.0.1]", "[2002:7f00:1::]", "[2001:db8::1]"),
]
NAMES = ["localhost", "LOCALHOST.", "printer.local", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"]


@pytest.mark.parametrize("host", ADDRESSES + NAMES)
def test_no_target_lies_inside(company: Company, host: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.create_webhook({"target_url": f"http://{host}/hook", "event_id": 1}, by=BY, on=ON)
    assert list(refused.value.errors) == ["target_url"]
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize("host", ADDRESSES)
def test_a_name_that_leads_inside_is_not_connected_to(
    company: Company, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """The name was innocent when it was typed in, and changed its mind (DNS rebinding)."""
    address = host.strip("[]")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 80))]
    monkeypatch.setattr(targets.socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    answer = posting.post("http://example.com/hook", "post", {}, b"{}", secret="s", event="1-1")
    assert (answer.status, answer.error) == (0, "example.com leads into a private network.")


def test_without_the_guard_it_would_connect(company: Company, receiver: Receiver, monkeypatch: Any) -> None:
    assert posting.post(receiver.url, "post", {}, b"{}", secret="s", event="1-1").status == 200
    monkeypatch.setattr(targets, "_allowed", lambda: iter(()))
    assert posting.post(receiver.url, "post", {}, b"{}", secret="s", event="1-1").status == 0
    assert len(receiver.heard) == 1


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"target_url": "ftp://example.com/"}, "target_url"),
        ({"target_url": "example.com"}, "target_url"),
        ({"target_url": "https://ann:secret@example.com/"}, "target_url"),
        ({"target_url": "https://example.com/a b"}, "target_url"),
        ({"event_id": 66}, "event_id"),
        ({"event_id": 0}, "event_id"),
        ({"rest_method": "delete"}, "rest_method"),
        ({"headers": {"X-A": "1\r\nX-B: 2"}}, "headers"),
        ({"headers": {"Host": "elsewhere"}}, "headers"),
        ({"headers": {"X A": "1"}}, "headers"),
        ({"headers": {"X-A": 1}}, "headers"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(company: Company, fields: dict[str, Any], where: str) -> None:
    good = {"target_url": "https://example.com/hook", "event_id": 1}
    with pytest.raises(Refused) as refused:
        operations.create_webhook({**good, **fields}, by=BY, on=ON)
    assert list(refused.value.errors) == [where]
    assert Webhook.objects.count() == 0
