"""The dashboard's figures, computed from invoices and payments (contract rules 24)."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.sales.invoices.models import Invoice

from .conftest import Cast, Door

SPAN = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


@pytest.fixture
def clients(door: Door) -> dict[str, str]:
    """One in dollars, one in euros at two euros for a dollar."""
    dollars = door.post("clients", {"name": "Ann"}).rows["id"]
    euros = door.post("clients", {"name": "Eve", "settings": {"currency_id": "3"}}).rows["id"]
    return {"1": dollars, "3": euros}


def invoiced(door: Door, client: str, amount: str, day: str = "2026-03-10", **more: Any) -> str:
    body = {
        "client_id": client,
        "date": day,
        "line_items": [{"cost": amount, "quantity": 1}],
        **more,
    }
    return str(door.post("invoices?mark_sent=true", body).rows["id"])


@pytest.fixture
def business(door: Door, clients: dict[str, str]) -> None:
    first = invoiced(door, clients["1"], "100.10")
    invoiced(door, clients["1"], "50", "2026-03-11")
    invoiced(door, clients["1"], "7", "2025-12-31")
    invoiced(door, clients["3"], "30", exchange_rate=2)
    door.post(
        "invoices",
        {"client_id": clients["1"], "date": "2026-03-12", "line_items": [{"cost": 9, "quantity": 1}]},
    )
    paid = {
        "client_id": clients["1"],
        "date": "2026-03-15",
        "invoices": [{"invoice_id": first, "amount": 60}],
    }
    door.post("payments", paid)


def test_totals_by_currency_and_together(cast: Cast, door: Door, business: None) -> None:
    found = door.post("charts/totals_v2?include_drafts=false", SPAN).data
    assert found["currencies"] == {"1": "USD", "3": "EUR"}
    assert found["1"]["invoices"] == {"invoiced_amount": 150.1, "currency_id": "1", "code": "USD"}
    assert found["1"]["revenue"]["paid_to_date"] == 60
    assert found["1"]["outstanding"] | {"code": ""} == {
        "amount": 90.1,
        "outstanding_count": 2,
        "currency_id": "1",
        "code": "",
    }
    assert found["3"]["invoices"]["invoiced_amount"] == 30
    assert found["999"]["invoices"] == {"invoiced_amount": 165.1}
    assert found["999"]["outstanding"] == {"amount": 105.1, "outstanding_count": 3}
    assert (found["start_date"], found["end_date"]) == ("2026-01-01", "2026-12-31")
    assert door.post("charts/totals", SPAN).data == found


def test_drafts_count_when_asked_for(cast: Cast, door: Door, business: None) -> None:
    found = door.post("charts/totals_v2?include_drafts=true", SPAN).data
    assert found["1"]["invoices"]["invoiced_amount"] == 159.1


def test_deleted_documents_and_those_of_deleted_clients_do_not_count(
    cast: Cast, door: Door, business: None, clients: dict[str, str]
) -> None:
    door.delete(f"clients/{clients['3']}")
    gone = Invoice.everywhere.get(amount=50)
    door.post("invoices/bulk", {"action": "delete", "ids": [_key(gone)]})
    found = door.post("charts/totals_v2", SPAN).data
    assert found["currencies"] == {"1": "USD"}
    assert found["1"]["invoices"]["invoiced_amount"] == 100.1


def test_the_same_sums_day_by_day(cast: Cast, door: Door, business: None) -> None:
    found = door.post("charts/chart_summary_v2", SPAN).data
    days = [(point["date"], point["total"]) for point in found["1"]["invoices"]]
    assert days == [("2026-03-10", 100.1), ("2026-03-11", 50)]
    assert [point["total"] for point in found["999"]["invoices"]] == [115.1, 50]
    assert found["1"]["payments"] == [
        {"total": 60, "date": "2026-03-15", "currency": "1", "currency_id": "1"}
    ]
    assert found["1"]["expenses"] == found["3"]["payments"] == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("active_invoices sum 1", 150.1),
        ("active_invoices sum 999", 165.1),
        ("active_invoices avg 1", 75.05),
        ("active_invoices count 999", 3),
        ("outstanding_invoices sum 1", 90.1),
        ("completed_payments sum 1", 60),
        ("refunded_payments count 1", 0),
        ("active_quotes sum 1", 0),
        ("logged_tasks sum 1", 0),
    ],
)
def test_one_figure(door: Door, business: None, asked: str, expected: Any) -> None:
    field, calculation, currency = asked.split()
    question = {"field": field, "calculation": calculation, "currency_id": currency, **SPAN}
    assert door.post("charts/calculated_fields", question).data == expected


def test_the_period_before_and_all_time(cast: Cast, door: Door, business: None) -> None:
    asked = {"field": "active_invoices", "calculation": "sum", "currency_id": "1", **SPAN}
    assert door.post("charts/calculated_fields", {**asked, "period": "previous"}).data == 7
    assert door.post("charts/calculated_fields", {**asked, "period": "total"}).data == 157.1


def test_figures_take_the_dashboard_right_and_count_what_one_may_see(
    cast: Cast, door: Door, carols: Door, business: None
) -> None:
    assert carols.post("charts/totals", SPAN).status == 401
    cast.carol.permissions = "view_dashboard,view_payment"
    cast.carol.save()
    found = carols.post("charts/totals", SPAN).data
    assert found["1"]["invoices"]["invoiced_amount"] == 0
    assert found["1"]["revenue"]["paid_to_date"] == 60


def test_what_has_no_rate_of_exchange_is_in_no_sum_over_all_currencies(
    cast: Cast, door: Door, business: None, clients: dict[str, str]
) -> None:
    """Neither a euro nor a yen is a dollar; in their own currency they are summed exactly."""
    yen = door.post("clients", {"name": "Yo", "settings": {"currency_id": "45"}}).rows["id"]
    unknown = invoiced(door, yen, "16000")
    invoiced(door, clients["3"], "8", "2026-03-11")
    pay = {"client_id": yen, "date": "2026-03-15", "invoices": [{"invoice_id": unknown, "amount": 1000}]}
    door.post("payments", pay)
    found = door.post("charts/totals_v2", SPAN).data
    assert found["45"]["invoices"]["invoiced_amount"] == 16000
    assert found["45"]["revenue"]["paid_to_date"] == 1000
    assert found["45"]["outstanding"]["amount"] == 15000
    assert found["3"]["invoices"]["invoiced_amount"] == 38
    assert found["999"]["invoices"] == {"invoiced_amount": 165.1, "without_exchange_rate": 2}
    assert found["999"]["revenue"] == {"paid_to_date": 60, "without_exchange_rate": 1}
    assert found["999"]["outstanding"] == {
        "amount": 105.1,
        "outstanding_count": 3,
        "without_exchange_rate": 2,
    }
    days = door.post("charts/chart_summary_v2", SPAN).data
    assert [point["total"] for point in days["999"]["invoices"]] == [115.1, 50]
    assert [point["total"] for point in days["3"]["invoices"]] == [30, 8]
    for calculation, expected in (("sum", 165.1), ("avg", 55.033333), ("count", 5)):
        asked = {"field": "active_invoices", "calculation": calculation, "currency_id": "999", **SPAN}
        assert door.post("charts/calculated_fields", asked).data == expected


def test_a_payment_that_is_converted_elsewhere_is_in_no_sum_over_all(
    cast: Cast, door: Door, business: None, clients: dict[str, str]
) -> None:
    paid = {"client_id": clients["3"], "amount": 20, "date": "2026-03-16", "exchange_rate": 2}
    door.post("payments", {**paid, "exchange_currency_id": "1"})
    assert door.post("charts/totals_v2", SPAN).data["999"]["revenue"] == {"paid_to_date": 70}
    door.post("payments", {**paid, "amount": 30, "exchange_currency_id": "2"})
    found = door.post("charts/totals_v2", SPAN).data
    assert found["999"]["revenue"] == {"paid_to_date": 70, "without_exchange_rate": 1}
    assert found["3"]["revenue"]["paid_to_date"] == 50


@pytest.mark.parametrize("sent", [{"start_date": "x"}, {"date_range": 7}, {"start_date": ["a"], "field": {}}])
def test_odd_questions_are_answered(cast: Cast, door: Door, sent: dict[str, Any]) -> None:
    for path in ("totals", "chart_summary", "calculated_fields"):
        assert door.post(f"charts/{path}", sent).status == 200


def _key(row: Any) -> str:
    from comptoir.kernel.ids import encode

    return encode(row.pk)
