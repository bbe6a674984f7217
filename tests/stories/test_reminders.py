"""A year of reminders, told with a moved clock: each once, its fee exact, the books always right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from comptoir.activity.models import Activity
from comptoir.clients.models import Client, Contact
from comptoir.config import audit
from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.mail.dead import bury
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.reminders import making
from comptoir.delivery.reminders.running import run_all
from comptoir.payments.operations import delete_payment, record_payment
from comptoir.sales.invoices import reminders
from comptoir.sales.invoices.models import Invoice, Reminder
from comptoir.sales.invoices.operations import create_invoice, mark_sent, update_invoice
from comptoir.sales.quotes.models import Quote, QuoteReminder
from comptoir.sales.quotes.operations import approve_quote, create_quote
from comptoir.sales.quotes.operations import mark_sent as send_quote
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories

START = date(2026, 1, 10)
NB = "\N{NO-BREAK SPACE}"
STEPS = {
    "enable_reminder1": True, "num_days_reminder1": 3, "schedule_reminder1": "before_due_date",
    "enable_reminder2": True, "num_days_reminder2": 5, "schedule_reminder2": "after_due_date",
    "late_fee_amount2": 10,
    "enable_reminder3": True, "num_days_reminder3": 20, "schedule_reminder3": "after_due_date",
    "late_fee_percent3": 10,
    "enable_reminder_endless": True, "endless_reminder_frequency_id": "5", "late_fee_endless_amount": 5,
}  # fmt: skip
PARIS = {"timezone_id": "41", "entity_send_time": 8, "language_id": "8", "payment_terms": "30"}
"""Time zone 41 is an hour ahead of UTC in winter, as Paris is."""


@pytest.fixture
def cast(db: None) -> Iterator[tuple[Any, Any]]:
    company = factories.account_with_company(**PARIS, **STEPS)
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        Contact.objects.create(client=client, email="paul@verger.test", is_primary=True, **fresh("contact"))
        yield client, ada


def bill(client: Client, by: Any, **fields: Any) -> Invoice:
    line = {"cost": Decimal(200), "quantity": Decimal(1)}
    made = create_invoice({"client": client, "line_items": [line], **fields}, by=by, on=START)
    return mark_sent(made, by=by, on=START)


def live(since: date, until: date, *, hours: int = 1, twice: bool = False) -> None:
    """Let the hours pass; the job runs in each (``twice``: as often as two workers would run it)."""
    moment = datetime(since.year, since.month, since.day, 0, 30, tzinfo=UTC)
    while moment.date() <= until:
        with time_machine.travel(moment, tick=False):
            run_all()
            if twice:
                run_all()
        moment += timedelta(hours=hours)


def told(invoice: Any) -> list[tuple[str, date]]:
    return [(row.stage, row.on) for row in invoice.reminders.order_by("on", "pk")]


def mails(kind: str = "invoice") -> list[str]:
    return list(MailDelivery.objects.filter(kind=kind).order_by("pk").values_list("template", flat=True))


def test_a_year_of_reminders_with_late_fees(cast: Any) -> None:
    client, ada = cast
    invoice = bill(client, ada)
    assert invoice.due_date == date(2026, 2, 9)
    assert invoice.next_send_date == datetime(2026, 2, 6, 7, tzinfo=UTC)
    live(START, date(2026, 12, 31), hours=12)
    invoice.refresh_from_db()
    assert told(invoice) == [
        ("1", date(2026, 2, 6)),
        ("2", date(2026, 2, 14)),
        ("3", date(2026, 3, 1)),
        *[("endless", date(2026, month, 1)) for month in range(4, 13)],
    ]
    assert mails() == ["reminder1", "reminder2", "reminder3", *["reminder_endless"] * 9]
    # 200, then 10, then a tenth of 210, then nine times 5
    assert (invoice.amount, invoice.balance) == (Decimal(276), Decimal(276))
    assert [line.type_id for line in invoice.lines] == ["1", *["5"] * 11]
    assert list(invoice.reminders.order_by("pk").values_list("fee", flat=True)[:4]) == [0, 10, 21, 5]
    client.refresh_from_db()
    assert client.balance == Decimal(276)
    sent = (
        invoice.reminder1_sent,
        invoice.reminder2_sent,
        invoice.reminder3_sent,
        invoice.reminder_last_sent,
    )
    assert sent == (date(2026, 2, 6), date(2026, 2, 14), date(2026, 3, 1), date(2026, 12, 1))
    assert invoice.next_send_date == datetime(2027, 1, 1, 7, tzinfo=UTC)
    codes = Activity.objects.filter(subject_kind="invoice", code__in=(63, 64, 65, 66))
    assert [row.code for row in codes.order_by("pk")] == [63, 64, 65, *[66] * 9]
    assert audit.examine() == []


def test_the_hour_is_the_clients_in_winter_and_in_summer(cast: Any) -> None:
    client, ada = cast
    invoice = bill(client, ada)
    for moment, n in (("2026-02-06 06:59Z", 0), ("2026-02-06 07:00Z", 1), ("2026-02-06 07:01Z", 1)):
        with time_machine.travel(moment, tick=False):
            run_all()
        assert Reminder.objects.count() == n, moment
    live(date(2026, 2, 7), date(2026, 4, 1), hours=6)
    invoice.refresh_from_db()
    assert invoice.next_send_date == datetime(2026, 5, 1, 6, tzinfo=UTC)


def test_a_mail_speaks_the_clients_language_and_names_the_invoice(cast: Any) -> None:
    client, ada = cast
    client.settings = {"language_id": "4"}
    client.save()
    invoice = bill(client, ada)
    live(date(2026, 2, 6), date(2026, 2, 14), hours=12)
    first, second = MailDelivery.objects.filter(kind="invoice").order_by("pk")
    assert (first.locale, first.subject) == ("fr", f"Rappel{NB}: facture {invoice.number} – Atelier Durand")
    assert "210,00" in second.text  # the fee is in what is asked for
    assert Invoice.objects.get().lines[1].notes == "Pénalité de retard du 14 févr. 2026"


def test_paid_it_is_left_in_peace_and_owed_again_it_is_not(cast: Any) -> None:
    client, ada = cast
    invoice = bill(client, ada)
    paid = {
        "client": client,
        "amount": Decimal(200),
        "invoices": [{"invoice": invoice, "amount": Decimal(200)}],
    }
    payment = record_payment({**paid, "date": START}, by=ada, on=START)
    invoice.refresh_from_db()
    assert invoice.next_send_date is None
    live(date(2026, 2, 1), date(2026, 2, 20), hours=12)
    assert mails() == []
    delete_payment(payment, by=ada, on=date(2026, 2, 20))
    with time_machine.travel("2026-02-20 12:00Z", tick=False):
        from comptoir.delivery.reminders.planning import plan_after_payment

        plan_after_payment(activity=0, kind="payment", id=payment.pk, fact="PaymentDeleted")
    live(date(2026, 2, 20), date(2026, 3, 2), hours=12)
    assert mails() == ["reminder3"]


def test_a_client_may_be_spared_the_mails_and_still_owe_the_fees(cast: Any) -> None:
    client, ada = cast
    client.settings = {"send_reminders": False}
    client.save()
    invoice = bill(client, ada)
    live(START, date(2026, 4, 2), hours=12)
    invoice.refresh_from_db()
    assert (mails(), invoice.balance) == ([], Decimal("236"))
    assert told(invoice) == [("2", date(2026, 2, 14)), ("3", date(2026, 3, 1)), ("endless", date(2026, 4, 1))]


def test_a_group_has_its_own_days(cast: Any) -> None:
    from comptoir.clients.models import Group

    client, ada = cast
    client.group = Group.objects.create(
        name="Late", settings={"num_days_reminder2": 9, "enable_reminder1": False}
    )
    client.save()
    invoice = bill(client, ada)
    live(START, date(2026, 2, 20), hours=12)
    assert told(invoice) == [("2", date(2026, 2, 18))]


def test_a_deposit_is_what_is_reminded_of_first(cast: Any) -> None:
    client, ada = cast
    invoice = bill(
        client, ada, partial=Decimal(50), partial_due_date=date(2026, 1, 20), due_date=date(2026, 3, 20)
    )
    live(START, date(2026, 2, 10), hours=12)
    invoice.refresh_from_db()
    assert told(invoice) == [("1", date(2026, 1, 17)), ("2", date(2026, 1, 25)), ("3", date(2026, 2, 9))]
    assert list(invoice.reminders.order_by("pk").values_list("fee", flat=True)) == [0, 10, 5]


def test_a_locked_invoice_is_left_alone_and_a_new_one_carries_the_fee(cast: Any) -> None:
    client, ada = cast
    client.company.settings |= {"lock_invoices": "when_sent"}
    client.company.save()
    invoice = bill(client, ada)
    live(START, date(2026, 2, 14), hours=12)
    invoice.refresh_from_db()
    carrier = Invoice.objects.exclude(pk=invoice.pk).get()
    assert (invoice.amount, carrier.amount, carrier.status_id) == (200, 10, 2)
    assert carrier.lines[0].type_id == "5"
    assert mails() == ["reminder1", "reminder2", "invoice"]
    client.refresh_from_db()
    assert client.balance == 210
    live(date(2026, 2, 15), date(2026, 6, 1), hours=12)
    fees = Reminder.objects.filter(invoice=carrier).values_list("fee", flat=True)
    assert len(fees) > 0 and set(fees) == {0}  # a fee bears no fee
    assert audit.examine() == []


def test_after_a_long_pause_what_was_planned_comes_once_and_nothing_that_is_over(cast: Any) -> None:
    client, ada = cast
    invoice = bill(client, ada)
    live(date(2026, 2, 20), date(2026, 2, 21))  # asleep from the 6th on
    assert told(invoice) == [("1", date(2026, 2, 20))]
    live(date(2026, 2, 22), date(2026, 3, 2), hours=3)
    assert told(invoice) == [("1", date(2026, 2, 20)), ("3", date(2026, 3, 1))]


def test_reminders_switched_on_late_do_not_look_back(cast: Any) -> None:
    client, ada = cast
    company = client.company
    company.settings = {key: value for key, value in company.settings.items() if key not in STEPS}
    company.save()
    invoice = bill(client, ada)
    assert invoice.next_send_date is None
    from comptoir.activity.worker import run_once
    from comptoir.preferences.operations import update_company

    with time_machine.travel("2026-02-20 12:00Z", tick=False):
        update_company(company, {"settings": STEPS}, by=ada, on=date(2026, 2, 20))
        while run_once():
            pass
    invoice.refresh_from_db()
    assert invoice.next_send_date == datetime(2026, 3, 1, 7, tzinfo=UTC)
    live(date(2026, 2, 20), date(2026, 3, 2), hours=12)
    assert told(invoice) == [("3", date(2026, 3, 1))]


def test_a_plan_that_is_out_of_date_does_nothing_and_is_made_anew(cast: Any) -> None:
    client, ada = cast
    invoice = bill(client, ada)
    update_invoice(invoice, {"due_date": date(2026, 6, 1)}, by=ada, on=START)
    invoice.refresh_from_db()
    assert invoice.next_send_date == datetime(2026, 5, 29, 6, tzinfo=UTC)
    Invoice.objects.filter(pk=invoice.pk).update(next_send_date=datetime(2026, 2, 1, 7, tzinfo=UTC))
    live(date(2026, 2, 1), date(2026, 2, 3))
    invoice.refresh_from_db()
    assert (mails(), invoice.next_send_date) == ([], datetime(2026, 5, 29, 6, tzinfo=UTC))


def test_with_nobody_to_write_to_it_says_so_and_charges_all_the_same(cast: Any) -> None:
    client, ada = cast
    Contact.objects.update(email="")
    invoice = bill(client, ada)
    live(START, date(2026, 2, 14), hours=12)
    invoice.refresh_from_db()
    assert (mails(), invoice.balance) == ([], 210)
    assert [row.is_mailed for row in invoice.reminders.order_by("pk")] == [False, False]
    assert Activity.objects.filter(fact="ReminderUnsent", code=57).count() == 2


def test_a_reminder_sent_by_hand_does_not_leave_again(cast: Any) -> None:
    from comptoir.delivery.documents.sending import email_document

    client, ada = cast
    invoice = bill(client, ada)
    email_document(invoice, by=ada, on=date(2026, 2, 1), email_type="email_template_reminder1")
    invoice.refresh_from_db()
    assert (invoice.reminder1_sent, invoice.last_sent_date) == (date(2026, 2, 1), date(2026, 2, 1))
    assert Activity.objects.filter(code=63).count() == 1
    live(date(2026, 2, 1), date(2026, 2, 14), hours=12)
    assert mails() == ["reminder1", "reminder2"]
    assert told(invoice) == [("1", date(2026, 2, 1)), ("2", date(2026, 2, 14))]


def test_a_quote_is_reminded_of_once_unless_it_is_answered(cast: Any) -> None:
    client, ada = cast
    client.settings = {
        "enable_quote_reminder1": True, "quote_num_days_reminder1": 7,
        "quote_schedule_reminder1": "after_quote_date", "quote_late_fee_amount1": 3, "valid_until": "30",
    }  # fmt: skip
    client.save()
    fields = {"client": client, "line_items": [{"cost": Decimal(90), "quantity": Decimal(1)}]}
    quote, other = (send_quote(create_quote(fields, by=ada, on=START), by=ada, on=START) for _n in range(2))
    approve_quote(other, by=ada, on=START)
    live(START, date(2026, 3, 1), hours=6, twice=True)
    quote.refresh_from_db()
    assert told(quote) == [("1", date(2026, 1, 17))]
    assert (quote.amount, quote.reminder1_sent, quote.next_send_date) == (93, date(2026, 1, 17), None)
    assert mails("quote") == ["quote_reminder1"]
    assert Activity.objects.filter(code=142, subject_id=quote.pk).count() == 1
    assert QuoteReminder.objects.count() == 1
    assert Quote.objects.get(pk=other.pk).amount == 90


def test_never_twice_however_often_the_job_runs(cast: Any) -> None:
    client, ada = cast
    invoice = bill(client, ada)
    live(date(2026, 2, 1), date(2026, 4, 2), hours=2, twice=True)
    invoice.refresh_from_db()
    assert mails() == ["reminder1", "reminder2", "reminder3", "reminder_endless"]
    assert invoice.balance == 236


def test_never_twice_even_when_the_invoice_forgets_it(cast: Any) -> None:
    """The row alone is enough: whatever becomes of the invoice's own dates."""
    client, ada = cast
    invoice = bill(client, ada)
    live(date(2026, 2, 6), date(2026, 2, 6))
    forget(invoice)
    live(date(2026, 2, 7), date(2026, 2, 8))
    assert mails() == ["reminder1"]


def test_control_without_the_row_it_would_come_twice(cast: Any, monkeypatch: Any) -> None:
    """The same story with the lock of the row taken off: this is what the tests above would see."""
    client, ada = cast
    invoice = bill(client, ada)
    monkeypatch.setattr(reminders, "claim", careless)
    live(date(2026, 2, 6), date(2026, 2, 6))
    forget(invoice)
    live(date(2026, 2, 7), date(2026, 2, 8))
    assert mails() == ["reminder1", "reminder1"]
    assert making.of_invoices is reminders


def careless(invoice: Invoice, stage: str, on: date) -> Reminder:
    turn = invoice.reminders.filter(stage=stage).count()
    return Reminder.objects.create(invoice=invoice, stage=stage, turn=turn, on=on)


def forget(invoice: Invoice) -> None:
    Invoice.objects.filter(pk=invoice.pk).update(
        reminder1_sent=None, reminder_last_sent=None, next_send_date=datetime(2026, 2, 6, 7, tzinfo=UTC)
    )


def test_reminders_pass_over_an_address_that_mails_came_back_from(cast: Any) -> None:
    client, ada = cast
    Contact.objects.create(client=client, email="rose@verger.test", **fresh("contact"))
    invoice = bill(client, ada)
    email_document(invoice, by=ada, on=START)
    bury(MailDelivery.objects.get(recipient="paul@verger.test"), "Paul@verger.test", "550 5.1.1 Unknown")
    live(date(2026, 2, 6), date(2026, 2, 6))
    assert people("reminder1") == ["rose@verger.test"]
    bury(
        MailDelivery.objects.get(recipient="rose@verger.test", template="invoice"), "rose@verger.test", "550"
    )
    live(date(2026, 2, 14), date(2026, 2, 14))
    assert people("reminder2") == []
    why = "The e-mails to all contacts came back. Check their addresses."
    assert Activity.objects.get(fact="ReminderUnsent").notes == why
    email_document(invoice, by=ada, on=date(2026, 2, 15), email_type="reminder2")
    assert people("reminder2") == ["paul@verger.test", "rose@verger.test"]  # a person knows what they do
    Contact.objects.filter(email="paul@verger.test").update(email="paul.verger@verger.test")
    live(date(2026, 3, 1), date(2026, 3, 1))
    assert people("reminder3") == ["paul.verger@verger.test"]


def people(template: str) -> list[str]:
    found = MailDelivery.objects.filter(template=template).order_by("recipient")
    return list(found.values_list("recipient", flat=True))
