"""The page of what leaves by itself, and the words about mails that wait for a server."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from comptoir.clients.operations import update_client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Planned
from comptoir.delivery.papers.planning import plan_sending
from comptoir.insight.schedules.models import Schedule
from comptoir.insight.schedules.operations import create_schedule
from comptoir.kernel import ids
from comptoir.sales.invoices.operations import create_invoice

from .conftest import ON, Office
from .reading import toasts

FIRST = date(2099, 1, 31)
MONTHLY = {
    "name": "Every month",
    "frequency_id": "5",
    "next_run": FIRST.isoformat(),
    "remaining_cycles": "12",
    "date_range": "last_month",
    "status": "unpaid",
    "show_payments_table": "1",
}


def at(row: Any, what: str) -> str:
    return f"/settings/schedules/{ids.encode(row.pk)}/{what}"


def made(office: Office, **fields: Any) -> Schedule:
    answer = office.browser().post("/settings/schedules/new", {**MONTHLY, **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return Schedule.objects.get()


def invoice(office: Office) -> Any:
    update_client(
        office.client,
        {"contacts": [{"email": "bea@bistro.test", "send_email": True}]},
        by=office.alice.actor(),
        on=ON,
    )
    fields = {"client": office.client, "line_items": [{"cost": 100, "quantity": 1}]}
    return create_invoice(fields, by=office.alice.actor(), on=ON)


def page(office: Office) -> str:
    return str(office.browser().get("/settings/schedules").content.decode())


def test_statements_are_scheduled_for_one_client_or_for_all(office: Office) -> None:
    row = made(office, clients=[ids.encode(office.client.pk)])
    assert (row.name, row.frequency_id, row.next_run, row.remaining_cycles) == ("Every month", "5", FIRST, 12)
    assert row.parameters == {
        "clients": [ids.encode(office.client.pk)],
        "date_range": "last_month",
        "status": "unpaid",
        "only_clients_with_invoices": False,
        "show_opening_balance": False,
        "show_payments_table": True,
        "show_credits_table": False,
        "show_aging_table": False,
    }
    shown = page(office)
    for words in ("Every month", "Statement · Last month", "Bistro", "Monthly", "12", "Active"):
        assert words in shown
    office.browser().post(at(row, "edit"), {**MONTHLY, "remaining_cycles": ""})
    row.refresh_from_db()
    assert (row.remaining_cycles, row.parameters["clients"]) == (-1, [])
    assert "All active clients" in page(office)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("next_run", "soon", "This is not a day."),
        ("next_run", "2020-01-01", "The first day must not be past."),
        ("frequency_id", "", "Say how often."),
        ("date_range", "for ever", "There is no such period."),
        ("remaining_cycles", "-3", "Say how many times, or leave it empty."),
    ],
)
def test_faults_stand_at_their_fields_and_nothing_is_kept(
    office: Office, field: str, value: str, sentence: str
) -> None:
    answer = office.browser().post("/settings/schedules/new", {**MONTHLY, field: value})
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, {field: [sentence]})
    assert not Schedule.objects.exists()


def test_one_is_paused_let_on_and_deleted(office: Office) -> None:
    row = made(office)
    office.browser().post(at(row, "pause"))
    row.refresh_from_db()
    assert row.is_paused and "Paused" in page(office)
    office.browser().post(at(row, "resume"))
    row.refresh_from_db()
    assert not row.is_paused
    assert office.browser().post(at(row, "nonsense")).status_code == 404
    office.browser().post(at(row, "delete"))
    assert "Every month" not in page(office)
    assert "Nothing is scheduled" in page(office)


def test_a_document_and_its_instalments_are_listed_with_their_pages(office: Office) -> None:
    bill = invoice(office)
    key = ids.encode(bill.pk)
    by = {"by": office.alice.actor(), "on": ON}
    record = {"entity": "invoice", "entity_id": key}
    mail = create_schedule({"template": "email_record", "next_run": FIRST, "parameters": record}, **by)
    parts = {"frequency_id": "5", "next_run": FIRST, "remaining_cycles": 4, "parameters": {"invoice_id": key}}
    create_schedule({"template": "payment_schedule", **parts}, **by)
    shown = page(office)
    for words in (
        "E-mail of a document",
        "Instalments",
        f"Invoice {bill.number}",
        f"/invoices/{key}",
        "Once",
    ):
        assert words in shown
    later = FIRST + timedelta(days=3)
    office.browser().post(at(mail, "edit"), {"name": "Reminder of March", "next_run": later.isoformat()})
    mail.refresh_from_db()
    assert (mail.name, mail.next_run, mail.parameters) == ("Reminder of March", later, record)


def test_a_report_is_listed_with_who_gets_it_and_keeps_its_records(office: Office) -> None:
    said = {"report_name": "invoices", "date_range": "last_month"}
    fields = {"template": "email_report", "frequency_id": "5", "next_run": FIRST, "parameters": said}
    row = create_schedule(fields, by=office.alice.actor(), on=ON)
    shown = page(office)
    assert "Report · Invoices" in shown and office.alice.user.name in shown
    assert "instalments are changed" not in office.browser().get(at(row, "edit")).content.decode()
    office.browser().post(at(row, "edit"), {**MONTHLY, "frequency_id": "7"})
    row.refresh_from_db()
    assert (row.frequency_id, row.remaining_cycles, row.parameters) == ("7", 12, said)


def test_planned_emails_are_listed_and_called_off(office: Office) -> None:
    bill = invoice(office)
    row = plan_sending(bill, ON + timedelta(days=9000), by=office.alice.actor(), on=ON)
    assert "Planned e-mails" in page(office)
    url = f"/settings/schedules/planned/{ids.encode(row.pk)}/cancel"
    answer = office.browser().post(url, follow=True)
    assert toasts(answer) == ["The e-mail does not leave by itself any more."]
    assert Planned.objects.get().state == "cancelled"
    assert "Planned e-mails" not in page(office)
    assert office.browser().post(url).status_code == 404


def test_they_are_for_administrators_of_this_company(office: Office) -> None:
    row = made(office)
    carol, dora = office.browser(office.carol), office.browser(office.dora)
    assert carol.get("/settings/schedules").status_code == 403
    assert carol.post(at(row, "delete")).status_code == 403
    assert dora.post(at(row, "delete")).status_code == 404
    assert "Every month" not in dora.get("/settings/schedules").content.decode()
    row.refresh_from_db()
    assert not row.is_deleted


def test_a_long_list_asks_no_more_than_a_short_one(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        create_schedule(
            {
                "template": "email_statement",
                "frequency_id": "5",
                "next_run": FIRST,
                "parameters": {"clients": [ids.encode(office.client.pk)], "date_range": "last_month"},
            },
            by=office.alice.actor(),
            on=ON,
        )
    browser = office.browser()
    browser.get("/settings/schedules")
    with django_assert_max_num_queries(12):
        browser.get("/settings/schedules")


@pytest.mark.parametrize("address", ["/", "/settings/email", "/settings/schedules", "/settings/system"])
def test_without_a_mail_server_the_office_says_so(office: Office, settings: Any, address: str) -> None:
    words = "No mail server is set: e-mails wait until there is one."
    assert words not in office.browser().get(address).content.decode()
    settings.MAIL_SERVER_IS_SET = False
    for n in (1, 2):
        MailDelivery.objects.create(kind="invoice", object_id=n, recipient="a@b.example", state="waiting")
    shown = office.browser().get(address).content.decode()
    assert words in shown and "2 e-mails are waiting." in shown
    assert ("/settings/email#sending" in shown) == (address != "/settings/email")


def test_who_may_not_set_it_is_told_without_a_link(office: Office, settings: Any) -> None:
    settings.MAIL_SERVER_IS_SET = False
    shown = office.browser(office.carol).get("/").content.decode()
    assert "No mail server is set" in shown
    assert "/settings/email#sending" not in shown
