"""Schedules: which days come, what their invoices say, and each of them once (reliability D8)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from comptoir.activity.models import Activity
from comptoir.billing import hours
from comptoir.clients.models import Client, Contact
from comptoir.delivery.generated import email_generated
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments.operations import record_payment
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring import calendar, operations, running
from comptoir.sales.recurring.models import Occurrence, RecurringInvoice, Status
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 1, 31)


@pytest.fixture
def cast(db):
    company = factories.account_with_company(payment_terms="14", timezone_id="1", entity_send_time=6)
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        Contact.objects.create(client=client, email="paul@verger.test", is_primary=True, **fresh("contact"))
        yield client, ada


def scheduled(client, by, **fields):
    line = {"cost": Decimal("120.00"), "quantity": Decimal(1), "notes": "Rent of :MONTH"}
    values = {"client": client, "line_items": [line], "frequency_id": "5", "next_on": ON, **fields}
    return operations.create_recurring(values, by=by, on=ON)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)


def test_a_schedule_of_the_31st_comes_back_to_it(cast):
    client, ada = cast
    recurring = scheduled(client, ada)
    days = [on for on, _due in calendar.preview(recurring, client.preferences)[:4]]
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_what_is_due_is_made_once_and_says_its_month(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada), by=ada, on=ON)
    assert running.run_due(at(date(2026, 1, 30))) == 0
    assert running.run_due(at(ON)) == 1
    assert running.run_due(at(ON)) == 0
    invoice = Invoice.objects.get()
    assert invoice.lines[0].notes == "Rent of January"
    assert (invoice.date, invoice.due_date) == (ON, date(2026, 2, 14))
    assert (invoice.recurring_id, invoice.amount, invoice.balance) == (recurring.pk, 120, 120)
    client.refresh_from_db()
    assert client.balance == 120
    recurring.refresh_from_db()
    assert (recurring.next_on, recurring.last_sent_date) == (date(2026, 2, 28), ON)


def test_an_occurrence_taken_by_another_is_not_made_again(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada), by=ada, on=ON)
    Occurrence.objects.create(recurring=recurring, on=ON)
    assert running.make_next(recurring, at(ON), by=ada, on=ON) is None
    assert Invoice.objects.count() == 0


def test_a_day_whose_invoice_was_made_is_refused_as_the_next_one(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada), by=ada, on=ON)
    running.run_due(at(ON))
    recurring.refresh_from_db()
    with pytest.raises(Refused) as refused:
        operations.update_recurring(recurring, {"next_on": ON}, by=ada, on=ON)
    assert list(refused.value.errors) == ["next_send_date"]
    recurring.refresh_from_db()
    assert recurring.next_on == date(2026, 2, 28)


def test_days_that_were_made_before_their_turn_are_passed_over(cast):
    """The 28th was sent early; then somebody wants it weekly from the 7th: the 28th comes up again."""
    client, ada = cast
    recurring = operations.start(scheduled(client, ada), by=ada, on=ON)
    running.run_due(at(ON))
    recurring.refresh_from_db()
    running.send_now(recurring, by=ada, on=ON)
    weekly = {"frequency_id": "2", "next_on": date(2026, 2, 7)}
    operations.update_recurring(recurring, weekly, by=ada, on=ON)
    assert running.run_due(at(date(2026, 3, 15))) == 5
    made = list(Occurrence.objects.order_by("on").values_list("on", flat=True))
    february = [date(2026, 2, day) for day in (7, 14, 21, 28)]
    assert made == [ON, *february, date(2026, 3, 7), date(2026, 3, 14)]
    assert Invoice.objects.count() == 7


def test_one_that_is_started_on_a_day_that_was_made_begins_with_the_next(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada, frequency_id="1"), by=ada, on=ON)
    running.send_now(recurring, by=ada, on=ON - timedelta(days=1))
    operations.stop(recurring, by=ada, on=ON)
    RecurringInvoice.objects.update(next_on=ON - timedelta(days=1))
    operations.start(recurring, by=ada, on=ON)
    assert recurring.next_on == ON + timedelta(days=1)


def test_a_long_sleep_is_caught_up_with(cast):
    client, ada = cast
    operations.start(scheduled(client, ada), by=ada, on=ON)
    assert running.run_due(at(date(2026, 4, 15))) == 3
    assert Occurrence.objects.count() == Invoice.objects.count() == 3


def test_the_day_is_the_clients_own(cast):
    client, ada = cast
    client.settings = {"timezone_id": "113", "entity_send_time": 6}
    client.save()
    recurring = operations.start(scheduled(client, ada, next_on=date(2026, 2, 2)), by=ada, on=ON)
    zone = hours.zone_of(client.preferences)
    moment = datetime(2026, 2, 2, 6, tzinfo=zone)
    assert recurring.next_send_date == moment
    assert running.run_due(moment - timedelta(minutes=1)) == 0
    assert running.run_due(moment) == 1
    assert Invoice.objects.get().date == date(2026, 2, 2)
    assert moment.astimezone(UTC).date() == date(2026, 2, 1)


def test_it_may_wait_until_the_last_invoice_is_paid(cast):
    client, ada = cast
    client.company.switches |= {"stop_on_unpaid_recurring": True}
    client.company.save()
    operations.start(scheduled(client, ada), by=ada, on=ON)
    assert running.run_due(at(date(2026, 4, 15))) == 1
    assert running.run_due(at(date(2026, 4, 15))) == 0
    invoice = Invoice.objects.get()
    part = {"invoice": invoice, "amount": invoice.balance}
    paid = {"client": client, "amount": invoice.balance, "date": ON, "invoices": [part]}
    record_payment(paid, by=ada, on=ON)
    assert running.run_due(at(date(2026, 4, 15))) == 1


def test_a_fault_of_one_schedule_stops_no_other(cast, monkeypatch):
    client, ada = cast
    first, second = (operations.start(scheduled(client, ada), by=ada, on=ON) for _n in range(2))
    ours = running._invoice

    def faulty(recurring, *, by, on):
        if recurring.pk == first.pk:
            raise RuntimeError
        return ours(recurring, by=by, on=on)

    monkeypatch.setattr(running, "_invoice", faulty)
    assert running.run_due(at(ON)) == 1
    assert Invoice.objects.get().recurring_id == second.pk
    monkeypatch.setattr(running, "_invoice", ours)
    assert running.run_due(at(ON)) == 1


def test_its_mail_leaves_once_however_often_the_job_runs(cast):
    client, ada = cast
    operations.start(scheduled(client, ada), by=ada, on=ON)
    running.run_due(at(ON))
    invoice = Invoice.objects.get()
    told = Activity.objects.get(fact="InvoiceGenerated")
    for _n in range(3):
        email_generated(activity=told.pk, kind="invoice", id=invoice.pk, fact="InvoiceGenerated")
    mail = MailDelivery.objects.get()
    assert (mail.template, mail.recipient, mail.object_id) == ("invoice", "paul@verger.test", invoice.pk)
    assert Activity.objects.filter(fact="InvoiceEmailed").count() == 1


def test_it_completes_after_its_last_turn(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada, remaining_cycles=2), by=ada, on=ON)
    assert running.run_due(at(date(2026, 12, 31))) == 2
    recurring.refresh_from_db()
    assert (recurring.status, recurring.remaining_cycles, recurring.next_on) == (Status.COMPLETED, 0, None)
    with pytest.raises(WrongState):
        operations.start(recurring, by=ada, on=ON)


def test_a_stopped_one_makes_nothing(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada), by=ada, on=ON)
    operations.stop(recurring, by=ada, on=ON)
    assert running.run_due(at(date(2026, 6, 30))) == 0
    assert Invoice.objects.count() == 0


def test_nothing_is_made_for_a_deleted_client_or_schedule(cast):
    client, ada = cast
    recurring = operations.start(scheduled(client, ada), by=ada, on=ON)
    operations.delete_recurring(recurring, by=ada, on=ON)
    assert running.run_due(at(date(2026, 6, 30))) == 0


def test_prices_rise_exactly(cast):
    client, ada = cast
    recurring = scheduled(client, ada)
    operations.increase_prices(recurring, by=ada, on=ON, percentage_increase=Decimal("2.55"))
    recurring.refresh_from_db()
    assert (recurring.lines[0].cost, recurring.amount, recurring.balance) == (
        Decimal("123.06"),
        Decimal("123.06"),
        Decimal("123.06"),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("frequency_id", "99"),
        ("remaining_cycles", -2),
        ("due_date_days", "32"),
        ("auto_bill", "maybe"),
    ],
)
def test_an_odd_schedule_is_refused_at_its_field(cast, field, value):
    client, ada = cast
    with pytest.raises(Refused) as caught:
        scheduled(client, ada, **{field: value})
    assert set(caught.value.errors) == {field}
    assert RecurringInvoice.objects.count() == 0


def test_a_day_in_the_past_is_refused(cast):
    client, ada = cast
    with pytest.raises(Refused) as caught:
        scheduled(client, ada, next_on=date(2026, 1, 1))
    assert set(caught.value.errors) == {"next_send_date"}
    assert RecurringInvoice.objects.count() == 0
