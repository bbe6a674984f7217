"""Reminders in the settings: the example beside the rules, the words beside the texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from comptoir.clients.models import Client
from comptoir.clients.operations import update_client
from comptoir.delivery.reminders.running import run_all
from comptoir.kernel import ids
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, text

PAGE = "/settings/reminders"
RULES = {
    "send_reminders": True, "payment_terms": "30",
    "enable_reminder1": True, "num_days_reminder1": 3, "schedule_reminder1": "before_due_date",
    "num_days_reminder2": 5, "schedule_reminder2": "after_due_date", "late_fee_amount2": 40,
    "late_fee_percent2": 1.5,
    "enable_reminder_endless": True, "endless_reminder_frequency_id": "5",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon() -> Any:
    with time_machine.travel("2026-11-24 12:00Z", tick=False):
        yield


def wish(office: Office, **more: Any) -> None:
    update_company(office.company, {"settings": {**RULES, **more}}, by=office.alice.actor(), on=ON)


def coming(answer: Any) -> list[tuple[date, str, str, bool]]:
    return [(day, each.template, each.fee, each.mails) for day, each in answer.context["coming"]]


def test_without_rules_nothing_is_announced(office: Office) -> None:
    assert "No reminder of invoices is planned." in text(office.browser().get(PAGE))


def test_an_example_shows_what_follows_from_the_rules(office: Office) -> None:
    wish(office)
    assert coming(office.browser().get(PAGE)) == [
        (date(2026, 12, 21), "reminder1", "", True),
        (date(2026, 12, 29), "reminder2", "€40.00 + 1.5%", False),
        (date(2027, 1, 29), "reminder_endless", "", True),
        (date(2027, 2, 28), "reminder_endless", "", True),
        (date(2027, 3, 29), "reminder_endless", "", True),
    ]


def test_the_example_follows_what_is_typed(office: Office) -> None:
    wish(office)
    typed = {"num_days_reminder1": "10", "schedule_reminder1": "after_invoice_date", "enable_reminder1": "1"}
    answer = office.browser().post(f"{PAGE}/days", typed)
    assert coming(answer)[0] == (date(2026, 12, 4), "reminder1", "", True)
    assert office.browser().post(f"{PAGE}/days", {"num_days_reminder1": "soon"}).status_code == 204


def test_a_group_sees_what_holds_for_it(office: Office) -> None:
    wish(office)
    url = f"{PAGE}/days?level=group&id={ids.encode(office.group.pk)}"
    answer = office.browser().post(url, {"num_days_reminder1": "7"})  # its own terms are 60 days
    assert coming(answer)[0] == (date(2027, 1, 16), "reminder1", "", True)


@pytest.mark.parametrize("said", ["-1", "1.5", "1000", "soon"])
def test_days_that_are_none_are_refused_at_their_field(office: Office, said: str) -> None:
    answer = office.browser().post(PAGE, {"num_days_reminder2": said})
    assert (answer.status_code, list(faults(answer))) == (422, ["num_days_reminder2"])
    assert "num_days_reminder2" not in office.company.settings


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reminder1", "3 days before the due date"),
        ("reminder2", "5 days after the due date · late fee €40.00 + 1.5% · no e-mail"),
        ("reminder3", "Not planned"),
        ("reminder_endless", "Monthly after the last reminder, until it is paid"),
    ],
)
def test_beside_a_text_stands_when_it_leaves(office: Office, name: str, said: str) -> None:
    wish(office)
    assert said in text(office.browser().get(f"/settings/letters?name={name}"))


def test_other_texts_say_nothing_of_it(office: Office) -> None:
    assert office.browser().get("/settings/letters?name=invoice").context["reminder"] is None


def test_spared_of_reminders_the_example_mails_nothing(office: Office) -> None:
    wish(office, send_reminders=False)
    assert coming(office.browser().get(PAGE)) == [
        (date(2026, 12, 29), "reminder2", "€40.00 + 1.5%", False),
    ]


def test_nobody_without_the_right_sees_the_rules(office: Office) -> None:
    assert office.browser(office.carol).get(PAGE).status_code == 403
    assert office.browser(office.carol).post(f"{PAGE}/days", {}).status_code == 403


def test_the_history_of_an_invoice_tells_of_the_reminder_and_its_fee(office: Office) -> None:
    update_client(
        office.client,
        {"contacts": [{"first_name": "Bea", "email": "bea@bistro.example", "send_email": True}]},
        by=office.alice.actor(),
        on=ON,
    )
    wish(office, enable_reminder2=True, late_fee_percent2=0)
    whose = Client.objects.get(pk=office.client.pk)  # with the settings as they are now
    bill = papers.invoice(office.alice, whose, due_date=date(2026, 11, 30))
    for day in ("2026-11-27", "2026-12-05"):
        with time_machine.travel(f"{day} 12:00Z", tick=False):
            run_all()
    at = f"/invoices/{ids.encode(bill.pk)}"
    history = text(office.browser().get(f"{at}/tab/activity"))
    assert f"System sent the first reminder of invoice {bill.number} to Bea" in history
    assert f"A late fee of €40.00 for invoice {bill.number} was added to invoice 0002" in history
    assert "Last reminder Dec 5, 2026 Next reminder Jan 5, 2027" in text(office.browser().get(at))
    bill.refresh_from_db()
    assert (bill.amount, Invoice.objects.latest("pk").amount) == (100, 40)  # the law locks what was sent
