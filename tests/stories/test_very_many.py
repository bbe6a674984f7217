"""What the clock goes through may be as many as a company has: no job has them all in memory.

A worker stood at half a gigabyte after it had read 33,000 late invoices at once. Here seven records are due,
read two by two: each line says how many had been read when one was at its turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from comptoir.activity.actors import Actor
from comptoir.activity.models import Job
from comptoir.billing import deadlines
from comptoir.clients.models import Client, Contact
from comptoir.collecting import handlers as collecting
from comptoir.delivery.mail import handlers as mails
from comptoir.delivery.mail import waiting
from comptoir.delivery.mail.models import MailDelivery
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.operations import add_gateway
from comptoir.gateways.registry import STRIPE
from comptoir.insight.schedules import schedule as of_schedules
from comptoir.insight.schedules.operations import create_schedule
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices import schedule as of_invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import operations as quotes
from comptoir.sales.quotes import schedule as of_quotes
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring import operations as recurring
from comptoir.sales.recurring import running
from comptoir.sales.recurring import schedule as of_recurring
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy import portions
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 1, 10)
LATER = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
COUNT = 7
TWO_BY_TWO = [2, 2, 4, 4, 6, 6, 7]

Cast = tuple[Client, Actor]


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    company = factories.account_with_company(payment_terms="14", timezone_id="1", entity_send_time=6)
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company), time_machine.travel(datetime(2026, 1, 10, 12, 0, tzinfo=UTC), tick=False):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        Contact.objects.create(client=client, email="paul@verger.test", is_primary=True, **fresh("contact"))
        yield client, ada


@contextmanager
def read_before(
    patch: pytest.MonkeyPatch, model: Any, where: Any, step: str, answer: object = None
) -> Iterator[list[int]]:
    """How many rows had been read at each step, which does nothing else and answers ``answer``."""
    read: list[int] = []
    found: list[int] = []

    def count(**_: Any) -> None:
        read.append(1)

    def stepped(*_: Any, **__: Any) -> object:
        found.append(len(read))
        return answer

    patch.setattr(where, step, stepped)
    post_init.connect(count, sender=model)
    try:
        with time_machine.travel(LATER, tick=False):
            yield found
    finally:
        post_init.disconnect(count, sender=model)


def fields(client: Client, **more: Any) -> dict[str, Any]:
    return {"client": client, "line_items": [{"cost": Decimal(200), "quantity": Decimal(1)}], **more}


def bills(cast: Cast, **more: Any) -> None:
    client, ada = cast
    for _ in range(COUNT):
        made = invoices.create_invoice(fields(client, **more), by=ada, on=ON)
        invoices.mark_sent(made, by=ada, on=ON)


def letters(client: Client, state: str) -> None:
    for n in range(COUNT):
        row = MailDelivery.objects.create(
            kind="invoice", object_id=n, occurrence="first", recipient="paul@verger.test", state=state,
            client=client, sender="a@durand.test", subject="S", html="", text="",
        )  # fmt: skip
        if state == "queued":
            args = {"delivery": row.pk}
            Job.objects.create(name="delivery.send_mail", args=args, state="failed", run_at=LATER)


def test_late_invoices(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bills(cast)
    with read_before(monkeypatch, Invoice, deadlines, "_tell") as found:
        assert of_invoices.tell_late() == COUNT
    assert found == TWO_BY_TWO


def test_expired_quotes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, ada = cast
    for _ in range(COUNT):
        made = quotes.create_quote(fields(client, due_date=date(2026, 2, 9)), by=ada, on=ON)
        quotes.mark_sent(made, by=ada, on=ON)
    with read_before(monkeypatch, Quote, deadlines, "_tell") as found:
        assert of_quotes.tell_expired() == COUNT
    assert found == TWO_BY_TWO


def test_recurring_invoices_that_are_due(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, ada = cast
    for _ in range(COUNT):
        said = fields(client, frequency_id="5", next_on=date(2026, 1, 31))
        recurring.start(recurring.create_recurring(said, by=ada, on=ON), by=ada, on=ON)
    with read_before(monkeypatch, RecurringInvoice, running, "_caught_up", 1) as found:
        of_recurring.run_all()
    assert found == TWO_BY_TWO


def test_invoices_that_pay_themselves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, ada = cast
    gateway = add_gateway({"gateway_key": STRIPE, "config": {}}, by=ada, on=ON)
    StoredMethod.objects.create(client=client, gateway=gateway, gateway_type_id="1", token="pm_1", meta={})
    bills(cast)
    with read_before(monkeypatch, Invoice, collecting, "pays_itself", False) as found:
        collecting.charge_due()
    assert found == TWO_BY_TWO


def test_mails_that_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letters(cast[0], "waiting")
    with read_before(monkeypatch, MailDelivery, waiting, "_looked_at", True) as found:
        assert waiting.wake_all() == COUNT
    assert found == TWO_BY_TWO


def test_mails_whose_job_was_given_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letters(cast[0], "queued")
    with read_before(monkeypatch, MailDelivery, mails, "settle") as found:
        mails.settle_lost_mails()
    assert found == TWO_BY_TWO


def test_statements_to_every_client_are_queued_by_as_few_questions_as_to_one(cast: Cast) -> None:
    """They are left in the transaction of the turn, while nobody else can write on SQLite."""
    _client, ada = cast
    asked = []
    for more in (0, 40):
        extra = [Client(name=f"C{n}", display_name=f"C{n}", number=f"1{n:03}") for n in range(more)]
        Client.objects.bulk_create(extra)
        create_schedule(
            {
                "template": "email_statement", "frequency_id": "5", "next_run": date(2026, 1, 20),
                "parameters": {"date_range": "this_month", "status": "all", "clients": []},
            },
            by=ada, on=ON,
        )  # fmt: skip
        with (
            time_machine.travel(datetime(2026, 1, 20, 22, 0, tzinfo=UTC), tick=False),
            CaptureQueriesContext(connection) as seen,
        ):
            of_schedules.run_all()
        asked.append(len(seen))
        assert Job.objects.filter(name="schedules.statement").count() == (42 if more else 1)
    assert asked[0] == asked[1]
