"""Which reminder comes next: pure, by the settings and the dates of an invoice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from comptoir.billing.hours import is_open_hour, moment_of, planned_day
from comptoir.billing.lines import LATE_FEE
from comptoir.billing.reminders import ENDLESS, Turn, step
from comptoir.clients.models import Client
from comptoir.preferences.cascade import Preferences
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.invoices.reminders import due_turn, fee_of, next_turn, plan
from comptoir.tenancy.scope import acting_for
from tests import factories

DATED, DUE = date(2026, 1, 10), date(2026, 2, 9)
MONTHLY = {"enable_reminder_endless": True, "endless_reminder_frequency_id": "5"}


@pytest.fixture
def company(db: None) -> Iterator[Any]:
    company = factories.account_with_company()
    with acting_for(company):
        yield company


def rules(**settings: Any) -> Preferences:
    return Preferences((settings,))


def after_due(n: int, days: int, **more: Any) -> dict[str, Any]:
    return {
        f"enable_reminder{n}": True,
        f"schedule_reminder{n}": "after_due_date",
        f"num_days_reminder{n}": days,
        **more,
    }


def owed(company: Any, **columns: Any) -> Invoice:
    said = {"status_id": Status.SENT, "date": DATED, "due_date": DUE, "balance": Decimal(100), **columns}
    client = Client(company=company, settings={})
    return Invoice(company=company, client=client, currency_id="1", **said)


@pytest.mark.parametrize(
    ("schedule", "day"),
    [
        ("after_invoice_date", date(2026, 1, 13)),
        ("before_due_date", date(2026, 2, 6)),
        ("after_due_date", date(2026, 2, 12)),
    ],
)
def test_a_step_counts_its_days_from_what_it_says(company: Any, schedule: str, day: date) -> None:
    settings = rules(enable_reminder1=True, schedule_reminder1=schedule, num_days_reminder1=3)
    assert next_turn(owed(company), settings, DATED) == Turn("1", day)


def test_the_earliest_that_was_not_made_comes_next(company: Any) -> None:
    settings = rules(**after_due(1, 9), **after_due(2, 4), **after_due(3, 20))
    invoice = owed(company)
    assert next_turn(invoice, settings, DATED) == Turn("2", date(2026, 2, 13))
    invoice.reminder2_sent = date(2026, 2, 13)
    assert next_turn(invoice, settings, DATED) == Turn("1", date(2026, 2, 18))
    assert next_turn(invoice, settings, date(2026, 2, 19)) == Turn("3", date(2026, 3, 1))


@pytest.mark.parametrize(
    "settings",
    [
        {"schedule_reminder1": "after_due_date"},
        {"enable_reminder1": True},
        after_due(1, 3, send_reminders=False),
        {"enable_reminder_endless": True},
    ],
    ids=["nothing to do", "no schedule", "spared of mails", "no frequency"],
)
def test_a_step_that_does_nothing_is_none(company: Any, settings: dict[str, Any]) -> None:
    assert next_turn(owed(company), rules(**settings), DATED) is None


@pytest.mark.parametrize(
    "columns",
    [
        {"status_id": Status.DRAFT},
        {"status_id": Status.PAID},
        {"status_id": Status.CANCELLED},
        {"balance": Decimal(0)},
        {"balance": Decimal(-5)},
        {"due_date": None},
    ],
)
def test_what_is_not_owed_is_not_reminded_of(company: Any, columns: dict[str, Any]) -> None:
    assert next_turn(owed(company, **columns), rules(**after_due(1, 3)), DATED) is None


def test_the_endless_one_follows_the_last_or_the_due_date(company: Any) -> None:
    invoice, settings = owed(company), rules(**MONTHLY)
    assert next_turn(invoice, settings, DATED) == Turn(ENDLESS, date(2026, 3, 9))
    assert next_turn(invoice, settings, date(2026, 6, 1)) == Turn(ENDLESS, date(2026, 6, 9))
    invoice.reminder_last_sent = date(2026, 6, 20)
    assert next_turn(invoice, settings, date(2026, 6, 21)) == Turn(ENDLESS, date(2026, 7, 20))


def test_an_absurd_number_of_days_is_never(company: Any) -> None:
    for days in (999_999_999, -4):
        settings = rules(**after_due(1, days))
        turn = next_turn(owed(company), settings, DATED)
        assert turn is not None and turn.on in (date(2036, 2, 7), DUE)


def test_one_a_day_and_todays_plan_survives_an_edit(company: Any) -> None:
    settings = rules(**after_due(1, 0), **after_due(2, 1), entity_send_time=6)
    invoice = owed(company)
    plan(invoice, settings, date(2026, 2, 8))
    assert invoice.next_send_date == moment_of(DUE, settings)
    plan(invoice, settings, DUE)  # edited in the morning of the day itself
    assert invoice.next_send_date == moment_of(DUE, settings)
    assert due_turn(invoice, settings, DUE) == Turn("1", DUE)
    invoice.reminder1_sent = invoice.reminder_last_sent = DUE
    assert due_turn(invoice, settings, DUE) is None
    plan(invoice, settings, DUE)
    assert invoice.next_send_date == moment_of(date(2026, 2, 10), settings)


def test_the_midnight_that_ends_a_day_belongs_to_that_day(company: Any) -> None:
    settings = rules(**after_due(1, 0), entity_send_time=24, timezone_id="115")
    moment = moment_of(DUE, settings)
    assert moment == datetime(2026, 2, 9, 20, tzinfo=UTC)
    assert planned_day(moment, settings) == DUE
    invoice = owed(company, next_send_date=moment)
    assert due_turn(invoice, settings, date(2026, 2, 10)) == Turn("1", DUE)
    assert is_open_hour(moment, settings)


def test_what_was_missed_waits_for_the_send_hour() -> None:
    settings = rules(entity_send_time=8, timezone_id="115")
    assert not is_open_hour(datetime(2026, 2, 9, 3, 59, tzinfo=UTC), settings)
    assert is_open_hour(datetime(2026, 2, 9, 4, 0, tzinfo=UTC), settings)


@pytest.mark.parametrize(
    ("fee", "owed_", "wanted"),
    [
        ({"late_fee_amount1": 10}, {}, "10"),
        ({"late_fee_percent1": 1.5}, {}, "1.50"),
        ({"late_fee_amount1": 40, "late_fee_percent1": 10}, {"partial": Decimal(30)}, "43"),
        ({"late_fee_percent1": 12.345}, {"currency_id": "18"}, "12.35"),
        ({"late_fee_amount1": -5}, {}, "0"),
    ],
)
def test_a_fee_is_an_amount_and_a_part_of_what_is_asked_for(
    company: Any, fee: dict[str, Any], owed_: dict[str, Any], wanted: str
) -> None:
    invoice = owed(company)
    for name, value in owed_.items():
        setattr(invoice, name, value)
    invoice.line_items = '[{"cost": 100, "quantity": 1}]'
    assert fee_of(invoice, step(rules(**fee), 1)) == Decimal(wanted)


def test_a_fee_bears_no_fee(company: Any) -> None:
    invoice = owed(company)
    invoice.line_items = f'[{{"cost": 100, "quantity": 1, "type_id": "{LATE_FEE}"}}]'
    assert fee_of(invoice, step(rules(late_fee_amount1=10), 1)) == 0
