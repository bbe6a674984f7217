"""A year in instalments, told with a moved clock: each asked for once, by mail or by the stored method."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from comptoir.activity import jobs, worker
from comptoir.activity.models import Activity, Job
from comptoir.clients.models import Client, Contact
from comptoir.config import audit
from comptoir.delivery import instalments as asking
from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.mail.models import MailDelivery
from comptoir.payments.operations import record_payment
from comptoir.sales.invoices.instalments import NothingDue, planned
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent, set_instalments
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories

START = date(2026, 1, 10)
FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
PARIS = {"timezone_id": "41", "entity_send_time": 8, "country_id": "250", "currency_id": "3"}
"""Time zone 41 is an hour ahead of UTC in winter, as Paris is."""
OURS = ("delivery.plan_instalments", "delivery.instalment")


@pytest.fixture
def cast(db: None) -> Iterator[tuple[Client, Any]]:
    company = factories.account_with_company("Atelier", **PARIS, language_id="1")
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company), time_machine.travel(at(START, 9), tick=False):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        Contact.objects.create(client=client, email="paul@verger.test", is_primary=True, **fresh("contact"))
        yield client, ada


def at(day: date, hour: int = 7, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def bill(cast: Any, **wishes: Any) -> Invoice:
    client, ada = cast
    line = {"cost": Decimal(900), "quantity": Decimal(1)}
    invoice: Invoice = create_invoice({"client": client, "line_items": [line]}, by=ada, on=START)
    mark_sent(invoice, by=ada, on=START)
    rows = [
        {"date": day, "amount": Decimal(amount)}
        for day, amount in ((FEBRUARY, 200), (MARCH, 300), (APRIL, 400))
    ]
    set_instalments(invoice, rows, by=ada, on=START, **wishes)
    return invoice


def work(moment: datetime) -> None:
    """The worker does what is due of instalments; papers and mails wait."""
    with time_machine.travel(moment, tick=False):
        jobs.discover()
        while True:
            Job.objects.exclude(name__in=OURS).filter(state=Job.State.QUEUED).update(state=Job.State.DONE)
            if worker.run_once() is None:
                return


def asked() -> list[tuple[str, str]]:
    """Subject of each mail about an instalment, and the sum it asks for."""
    rows = MailDelivery.objects.filter(template="instalment").order_by("pk")
    return [(row.subject, row.text.split("Amount due")[1].split()[0]) for row in rows]


def pay(cast: Any, invoice: Invoice, amount: int) -> None:
    client, ada = cast
    part = {"invoice": invoice, "amount": Decimal(amount)}
    record_payment({"client": client, "invoices": [part]}, by=ada, on=START)


def test_each_is_asked_for_on_its_day_once(cast: Any) -> None:
    invoice = bill(cast)
    work(at(START, 9))
    assert asked() == []
    work(at(FEBRUARY, 6, 59))  # an hour before eight in Paris
    assert asked() == []
    work(at(FEBRUARY, 7))
    work(at(FEBRUARY, 8))
    first = ("Instalment 1 of 3 of invoice 0001 – Atelier", "€200.00")
    assert asked() == [first]
    pay(cast, invoice, 200)
    work(at(MARCH))
    second = ("Instalment 2 of 3 of invoice 0001 – Atelier", "€300.00")
    assert asked() == [first, second]
    pay(cast, invoice, 300)
    work(at(APRIL))
    assert asked() == [first, second, ("Instalment 3 of 3 of invoice 0001 – Atelier", "€400.00")]
    invoice.refresh_from_db()
    assert (invoice.requested, invoice.requested_by) == (400, APRIL)
    assert [row.called for row in planned(invoice)] == [True, True, True]
    told = Activity.objects.filter(fact="InstalmentCalled").values_list("actor_kind", flat=True)
    assert list(told) == ["system"] * 3
    assert audit.examine() == []


def test_the_job_run_twice_asks_once(cast: Any) -> None:
    invoice = bill(cast)
    with time_machine.travel(at(FEBRUARY), tick=False):
        for _turn in range(3):
            asking.ask_for_instalment(invoice=invoice.pk, day=FEBRUARY.isoformat())
        with pytest.raises(NothingDue):
            asking.request_instalments(invoice, by=cast[1], on=FEBRUARY)
    assert len(asked()) == 1
    assert Activity.objects.filter(fact="InstalmentCalled").count() == 1


def test_without_the_mark_the_second_run_would_tell_it_again(cast: Any) -> None:
    """The guard is the mark: taken away, the same job calls the instalment once more."""
    invoice = bill(cast)
    with time_machine.travel(at(FEBRUARY), tick=False):
        asking.ask_for_instalment(invoice=invoice.pk, day=FEBRUARY.isoformat())
        rows = [{key: value for key, value in row.items() if key != "called"} for row in _rows(invoice)]
        Invoice.objects.filter(pk=invoice.pk).update(instalments=rows)
        asking.ask_for_instalment(invoice=invoice.pk, day=FEBRUARY.isoformat())
    assert Activity.objects.filter(fact="InstalmentCalled").count() == 2
    assert len(asked()) == 1  # the mail has a guard of its own: its occurrence


def _rows(invoice: Invoice) -> list[dict[str, Any]]:
    invoice.refresh_from_db()
    return list(invoice.instalments)


def test_a_worker_that_slept_asks_for_all_that_is_due_by_one_mail(cast: Any) -> None:
    invoice = bill(cast)
    work(at(MARCH + timedelta(days=3)))
    assert asked() == [("Instalment 1–2 of 3 of invoice 0001 – Atelier", "€500.00")]
    invoice.refresh_from_db()
    assert (invoice.requested, invoice.requested_by) == (500, FEBRUARY)
    pay(cast, invoice, 100)
    invoice.refresh_from_db()
    assert (invoice.requested, invoice.requested_by) == (400, FEBRUARY)
    work(at(APRIL))
    assert asked()[1:] == [("Instalment 1–3 of 3 of invoice 0001 – Atelier", "€800.00")]


def test_what_is_paid_ahead_is_not_asked_for(cast: Any) -> None:
    invoice = bill(cast)
    pay(cast, invoice, 550)
    work(at(MARCH))
    assert asked() == []
    work(at(APRIL))
    assert asked() == [("Instalment 3 of 3 of invoice 0001 – Atelier", "€350.00")]


def test_nobody_is_written_to_where_that_is_not_wanted(cast: Any) -> None:
    invoice = bill(cast, mails=False)
    work(at(MARCH))
    assert asked() == []
    invoice.refresh_from_db()
    assert (invoice.requested, invoice.requested_by) == (500, FEBRUARY)


def test_the_invoice_s_own_mail_asks_for_what_is_due_that_day(cast: Any) -> None:
    invoice = bill(cast)
    with time_machine.travel(at(FEBRUARY, 5), tick=False):
        email_document(invoice, by=cast[1], on=FEBRUARY)
    work(at(FEBRUARY))
    assert asked() == []
    work(at(MARCH))
    assert asked() == [("Instalment 1–2 of 3 of invoice 0001 – Atelier", "€500.00")]


def test_what_is_taken_back_or_cancelled_is_asked_for_no_more(cast: Any) -> None:
    invoice = bill(cast)
    set_instalments(invoice, [], by=cast[1], on=START)
    work(at(MARCH))
    invoice.refresh_from_db()
    assert (asked(), invoice.requested) == ([], 900)


def test_a_draft_is_asked_for_from_the_day_it_is_issued(cast: Any) -> None:
    client, ada = cast
    line = {"cost": Decimal(500), "quantity": Decimal(1)}
    draft = create_invoice({"client": client, "line_items": [line]}, by=ada, on=START)
    rows = [{"date": FEBRUARY, "amount": Decimal(200)}, {"date": APRIL, "amount": Decimal(300)}]
    set_instalments(draft, rows, by=ada, on=START)
    work(at(FEBRUARY))
    assert asked() == []
    with time_machine.travel(at(FEBRUARY, 9), tick=False):
        mark_sent(draft, by=ada, on=FEBRUARY)
    work(at(FEBRUARY, 10))
    assert asked() == [("Instalment 1 of 2 of invoice 0001 – Atelier", "€200.00")]
