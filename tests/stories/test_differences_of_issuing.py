"""M3, M14, M15, R1 and R3 as an app sees them: figures of lines, numbers, edits, rhythms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity import worker
from comptoir.activity.models import Activity
from comptoir.config import audit
from comptoir.delivery.papers.keeping import content_of, is_whole, linked
from comptoir.delivery.papers.models import Version
from comptoir.kernel import ids
from comptoir.ledger.models import Entry
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.sales.recurring.running import run_due
from comptoir.sealing.models import Seal
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.stories.asking import App
from tests.stories.test_as_recorded import schedule
from tests.stories.test_differences import (
    again,
    app,
    client,
    clock,
    figures,
    founded,
    invoice,
    new_client,
    sent,
)

__all__ = ["app", "client", "clock"]


@pytest.mark.parametrize(
    ("currency", "cost", "inclusive", "taxes", "gross"),
    [
        ("1", "33.33", False, "20.00", "119.99"),
        ("1", "33.33", True, "16.67", "99.99"),
        ("45", "333.4", False, "200.04", "1200.24"),
        ("89", "1.2345", False, "0.74", "4.4435"),
    ],
)
def test_m3_the_tax_of_a_line_is_a_number_of_two_decimals(
    app: App, currency: str, cost: str, inclusive: bool, taxes: str, gross: str
) -> None:
    """In every currency, in the answer of the save and in those that follow."""
    who = new_client(app, settings={"currency_id": currency})
    line = {"cost": float(cost), "quantity": 3, "tax_name1": "VAT", "tax_rate1": 20}
    body = {"client_id": who, "line_items": [line], "uses_inclusive_taxes": inclusive}
    saved = app("POST", "invoices", body)
    for row in (saved, again(app, "invoices", saved)):
        shown = row["line_items"][0]
        assert isinstance(shown["tax_amount"], Decimal | int)
        assert shown["tax_amount"] == row["total_taxes"] == Decimal(taxes)
        assert shown["gross_line_total"] == Decimal(gross)


def numbered(app: App, **settings: Any) -> App:
    company = app("GET", "companies")[0]
    app("PUT", f"companies/{company['id']}", {"settings": settings})
    return app


def test_m14_a_number_is_drawn_when_the_setting_says(app: App, client: str) -> None:
    assert invoice(app, client)["number"] == "0001"
    numbered(app, counter_number_applied="when_sent")
    first, second = invoice(app, client), invoice(app, client)
    assert (first["number"], second["number"]) == ("", "")
    app("DELETE", f"invoices/{first['id']}")
    issued = app("POST", "invoices/bulk", {"action": "mark_sent", "ids": [second["id"]]})[0]
    assert issued["number"] == "0002"


@pytest.mark.parametrize("applied", ["when_saved", "when_sent"])
def test_m14_in_france_a_draft_has_no_number_whatever_the_setting(clock: Any, applied: str) -> None:
    app = numbered(founded(country_id="250", currency_id="3"), counter_number_applied=applied)
    client = new_client(app)
    drafts = [invoice(app, client) for _n in range(3)]
    assert [row["number"] for row in drafts] == ["", "", ""]
    app("POST", "invoices/bulk", {"action": "mark_sent", "ids": [drafts[2]["id"]]})
    app("DELETE", f"invoices/{drafts[0]['id']}")
    app("POST", "invoices/bulk", {"action": "mark_sent", "ids": [drafts[1]["id"]]})
    assert [again(app, "invoices", row)["number"] for row in drafts[1:]] == ["0002", "0001"]
    assert audit.examine() == []


def work(clock: Any) -> None:
    """What the worker does within the next hour."""
    clock.shift(timedelta(hours=1))
    while worker.run_once() is not None:
        pass


@pytest.mark.django_db(transaction=False)
def test_m15_each_version_of_an_edited_invoice_is_kept_and_the_ledger_posts_the_difference(
    app: App, client: str, clock: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    row = sent(app, client, 100)
    work(clock)
    line = {"cost": 150, "quantity": 1}
    changed = app("PUT", f"invoices/{row['id']}", {"line_items": [line]})
    work(clock)
    assert (changed["amount"], changed["balance"], changed["number"]) == (150, 150, row["number"])
    assert [float(one["adjustment"]) for one in app("GET", "company_ledger")] == [50, 100]
    kept = app("GET", f"invoices/{row['id']}/history")
    assert sorted((one["occasion"], one["amount"]) for one in kept) == [("changed", 150), ("issued", 100)]
    first, second = Version.everywhere.order_by("pk")
    assert second.link == linked(first.link, second.checksum)
    with acting_for(first.company):
        assert is_whole(first)
        assert is_whole(second)
        assert content_of(first) != content_of(second)
    assert [int(seal.amount) for seal in Seal.everywhere.order_by("place")] == [100, 150]
    assert audit.examine() == []


def test_m15_in_france_a_sent_invoice_is_not_edited_and_nothing_moves(clock: Any) -> None:
    app = founded(country_id="250", currency_id="3")
    row = sent(app, client := new_client(app), 100)
    before = (Entry.everywhere.count(), Activity.everywhere.count(), Seal.everywhere.count())
    line = {"cost": 150, "quantity": 1}
    refusal = app("PUT", f"invoices/{row['id']}", {"line_items": [line]}, status=422)
    assert "0001" in refusal["message"]
    assert refusal["message"] == refusal["errors"]["number"]
    assert (Entry.everywhere.count(), Activity.everywhere.count(), Seal.everywhere.count()) == before
    assert (again(app, "invoices", row)["amount"], figures(app, client)) == (100, (100, 0, 0, 0))


def company_of(row: Any) -> Company:
    return RecurringInvoice.everywhere.select_related("company").get(pk=ids.decode(row["id"])).company


def test_r1_a_schedule_of_the_31st_comes_back_to_the_31st(app: App, client: str, clock: Any) -> None:
    """31 January, 28 February, 31 March, though it ran on a shorter day in between."""
    clock.move_to(datetime(2027, 1, 30, 12, tzinfo=UTC))
    row = schedule(app, client, next_send_date="2027-01-31", remaining_cycles=5)
    app("POST", "recurring_invoices/bulk", {"action": "start", "ids": [row["id"]]})
    told = []
    for day in (31, 59, 90, 120, 151):
        clock.move_to(datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=day - 1))
        with acting_for(company_of(row)):
            assert run_due(datetime.now(UTC)) == 1
        told.append(again(app, "recurring_invoices", row)["next_send_date"][:10])
    days = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert told == [*days[1:], ""]
    assert [str(one.date) for one in Invoice.everywhere.order_by("date")] == days
    assert again(app, "recurring_invoices", row)["status_id"] == "4"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("frequency_id", "99"),
        ("frequency_id", "monthly"),
        ("remaining_cycles", "x"),
        ("remaining_cycles", -2),
    ],
)
def test_r3_an_odd_rhythm_is_refused_at_its_field(app: App, client: str, field: str, value: Any) -> None:
    line = {"cost": 10, "quantity": 1}
    body = {"client_id": client, "line_items": [line], "frequency_id": "5", field: value}
    refusal = app("POST", "recurring_invoices", body, status=422)
    assert list(refusal["errors"]) == [field]
    assert RecurringInvoice.everywhere.count() == 0
    row = schedule(app, client)
    app("PUT", f"recurring_invoices/{row['id']}", {field: value}, status=422)
    assert (again(app, "recurring_invoices", row)["frequency_id"]) == "5"


def test_r3_a_schedule_that_waits_for_its_first_day_is_shown_as_active(app: App, client: str) -> None:
    row = schedule(app, client, next_send_date="2026-05-31")
    app("POST", "recurring_invoices/bulk", {"action": "start", "ids": [row["id"]]})
    assert again(app, "recurring_invoices", row)["status_id"] == "2"
    assert RecurringInvoice.everywhere.get(pk=ids.decode(row["id"])).last_sent_date is None
