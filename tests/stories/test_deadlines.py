"""Late invoices and expired quotes: told once, by the company's clock, also after a pause (rules 19, 20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from comptoir.activity.models import Activity, Job
from comptoir.clients.models import Client, Contact
from comptoir.delivery.webhooks.operations import create_webhook
from comptoir.payments.operations import record_payment
from comptoir.sales.invoices import schedule as of_invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import archive_invoice, create_invoice, delete_invoice, mark_sent
from comptoir.sales.quotes import schedule as of_quotes
from comptoir.sales.quotes.operations import approve_quote, create_quote
from comptoir.sales.quotes.operations import mark_sent as send_quote
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories

START = date(2026, 1, 10)
DUE = date(2026, 2, 9)
LOS_ANGELES = "5"


@pytest.fixture
def cast(db: None) -> Iterator[tuple[Any, Any]]:
    company = factories.account_with_company(timezone_id=LOS_ANGELES, payment_terms="30")
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        Contact.objects.create(client=client, email="paul@verger.test", is_primary=True, **fresh("contact"))
        yield client, ada


def bill(client: Client, by: Any, **fields: Any) -> Invoice:
    line = {"cost": Decimal(200), "quantity": Decimal(1)}
    made = create_invoice({"client": client, "line_items": [line], **fields}, by=by, on=START)
    return mark_sent(made, by=by, on=START)


def offer(client: Client, by: Any) -> Any:
    line = {"cost": Decimal(200), "quantity": Decimal(1)}
    fields = {"client": client, "line_items": [line], "due_date": DUE}
    return send_quote(create_quote(fields, by=by, on=START), by=by, on=START)


def at(year: int, month: int, day: int, hour: int, minute: int) -> tuple[int, int]:
    """The worker's hour, in UTC; how many invoices and quotes it told."""
    with time_machine.travel(datetime(year, month, day, hour, minute, tzinfo=UTC), tick=False):
        return of_invoices.tell_late(), of_quotes.tell_expired()


def told(fact: str) -> list[int]:
    return list(Activity.objects.filter(fact=fact).order_by("pk").values_list("subject_id", flat=True))


def test_it_is_late_once_the_day_is_over_where_the_company_is(cast: Any) -> None:
    client, ada = cast
    invoice, quote = bill(client, ada), offer(client, ada)
    assert invoice.due_date == DUE
    assert at(2026, 2, 10, 7, 59) == (0, 0)  # 23:59 of the day itself in Los Angeles
    assert at(2026, 2, 10, 8, 1) == (1, 1)
    assert at(2026, 2, 10, 9, 1) == (0, 0)
    assert at(2026, 3, 10, 9, 1) == (0, 0)
    assert (told("InvoiceLate"), told("QuoteExpired")) == ([invoice.pk], [quote.pk])
    row = Activity.objects.get(fact="InvoiceLate")
    assert (row.actor_kind, row.client_id, row.code) == ("system", client.pk, None)


def test_what_passed_while_no_worker_ran_is_made_up(cast: Any) -> None:
    client, ada = cast
    made = [bill(client, ada), bill(client, ada, due_date=date(2026, 1, 20))]
    offer(client, ada)
    assert at(2026, 9, 1, 12, 0) == (2, 1)
    assert told("InvoiceLate") == [each.pk for each in made]


def test_a_deposit_is_late_on_its_own_day(cast: Any) -> None:
    client, ada = cast
    bill(client, ada, partial=Decimal(50), partial_due_date=date(2026, 1, 20), due_date=DUE)
    assert at(2026, 1, 20, 20, 0) == (0, 0)
    assert at(2026, 1, 21, 20, 0) == (1, 0)
    assert at(2026, 2, 11, 20, 0) == (0, 0)  # the rest is late too: it was told


def test_who_paid_or_answered_is_not_late(cast: Any) -> None:
    client, ada = cast
    paid = bill(client, ada)
    record_payment(
        {"client": client, "amount": Decimal(200), "invoices": [{"invoice": paid, "amount": Decimal(200)}]},
        by=ada,
        on=START,
    )
    delete_invoice(bill(client, ada), by=ada, on=START)
    line = {"cost": Decimal(1), "quantity": Decimal(1)}
    create_invoice({"client": client, "line_items": [line], "due_date": DUE}, by=ada, on=START)
    approve_quote(offer(client, ada), by=ada, on=START)
    archived = bill(client, ada)
    archive_invoice(archived, by=ada, on=START)
    assert at(2026, 3, 1, 12, 0) == (1, 0)
    assert told("InvoiceLate") == [archived.pk]


def test_another_company_keeps_its_own_clock(cast: Any) -> None:
    client, ada = cast
    here = bill(client, ada)
    beside = factories.account_with_company("Bureau Lopez", timezone_id="113", payment_terms="30")
    boss = factories.actor(factories.user(beside, "bo@example.com", is_owner=True))
    with acting_for(beside):
        other = Client.objects.create(name="Nuku", display_name="Nuku", number="0001")
        there = bill(other, boss)
    assert at(2026, 2, 9, 23, 0) == (1, 0)  # the tenth already beyond the date line
    with acting_for(beside):
        assert told("InvoiceLate") == [there.pk]
    assert at(2026, 2, 10, 8, 1) == (1, 0)
    assert told("InvoiceLate") == [here.pk]


def test_webhooks_22_and_23_follow_once(cast: Any) -> None:
    client, ada = cast
    for event in (22, 23):
        create_webhook({"target_url": "https://there.example/", "event_id": event}, by=ada, on=START)
    invoice, quote = bill(client, ada), offer(client, ada)
    at(2026, 2, 10, 8, 1)
    at(2026, 2, 10, 9, 1)
    jobs = Job.objects.filter(name="delivery.webhooks").order_by("pk")
    assert [(job.args["fact"], job.args["id"]) for job in jobs] == [
        ("InvoiceLate", invoice.pk),
        ("QuoteExpired", quote.pk),
    ]


def test_looking_again_costs_a_question_or_two(cast: Any, django_assert_max_num_queries: Any) -> None:
    client, ada = cast
    for _ in range(5):
        bill(client, ada)
    assert at(2026, 3, 1, 12, 0) == (5, 0)
    an_hour_later = datetime(2026, 3, 1, 13, 0, tzinfo=UTC)
    with time_machine.travel(an_hour_later, tick=False), django_assert_max_num_queries(2):
        of_invoices.tell_late()
