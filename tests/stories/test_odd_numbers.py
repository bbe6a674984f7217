"""Numbers, days and figures that nobody should be able to write: refused at their field, nothing stored."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.config import audit
from comptoir.ledger.models import Entry
from comptoir.payments.models import Payment
from comptoir.sales.invoices.models import Invoice
from tests.stories.asking import App
from tests.stories.test_differences import again, app, client, clock, figures, paid, sent

__all__ = ["app", "client", "clock"]

LINE = {"cost": 100, "quantity": 1}


def rows() -> tuple[int, ...]:
    return tuple(table.everywhere.count() for table in (Invoice, Payment, Entry, Activity))


def refused(app: App, path: str, body: dict[str, Any]) -> list[str]:
    """The fields that are named; and nothing has been stored."""
    before = rows()
    told = app("POST", path, body, status=422)
    assert rows() == before
    return sorted(told["errors"])


@pytest.mark.parametrize("cost", ["NaN", "Infinity", "1e400", "1,5", "1_000", "٣", True, [1], {"a": 1}, 1e15])
def test_what_is_no_number_or_too_large_is_refused_at_its_line(app: App, client: str, cost: Any) -> None:
    lines = [LINE, {"cost": cost, "quantity": 1}]
    assert refused(app, "invoices", {"client_id": client, "line_items": lines}) == ["line_items.1.cost"]


def test_lines_that_come_to_more_than_a_column_holds_are_refused(app: App, client: str) -> None:
    """Each number is small enough, their product is not."""
    lines = [{"cost": 9e9, "quantity": 9e9}]
    for path in ("invoices", "quotes", "credits", "recurring_invoices"):
        body = {"client_id": client, "line_items": lines, "frequency_id": "5"}
        assert refused(app, path, body) == ["line_items"]
    row = sent(app, client)
    told = app("PUT", f"invoices/{row['id']}", {"line_items": lines}, status=422)
    assert told["errors"] == {"line_items": ["These lines come to more than can be counted."]}
    assert figures(app, client) == (100, 0, 0, 0)


@pytest.mark.parametrize("day", ["0000-00-00", "2026-02-30", "99999-01-01", "tomorrow", 5, "2026-13-01"])
def test_what_is_no_day_is_refused(app: App, client: str, day: Any) -> None:
    assert refused(app, "invoices", {"client_id": client, "line_items": [LINE], "date": day}) == ["date"]
    assert refused(app, "payments", {"client_id": client, "amount": 5, "date": day}) == ["date"]


def test_a_rate_below_nought_is_no_exchange_rate(app: App, client: str) -> None:
    body = {"client_id": client, "line_items": [LINE], "exchange_rate": -2}
    assert refused(app, "invoices", body) == ["exchange_rate"]
    assert refused(app, "payments", {"client_id": client, "amount": 5, "exchange_rate": -2}) == [
        "exchange_rate"
    ]
    assert app("POST", "invoices", {**body, "exchange_rate": 0})["exchange_rate"] == 1


@pytest.mark.parametrize("rate", [-100, -200, 1e9])
def test_odd_rates_inside_prices_change_no_price(app: App, client: str, rate: float) -> None:
    line = {**LINE, "tax_name1": "VAT", "tax_rate1": rate}
    of_all = {"tax_name1": "VAT", "tax_rate1": rate}
    for body in ({"line_items": [line]}, {"line_items": [LINE], **of_all}):
        row = app("POST", "invoices", {"client_id": client, "uses_inclusive_taxes": True, **body})
        assert row["amount"] == 100


def test_figures_of_ours_are_not_taken_from_anybody(app: App, client: str) -> None:
    """Whatever an app sends as computed, the server counts itself (reliability 1: trusted totals)."""
    said = {"amount": 1, "balance": 0, "paid_to_date": 100, "total_taxes": 5, "status_id": "4"}
    row = sent(app, client, **said)
    kept = {"amount": 100, "balance": 100, "paid_to_date": 0, "total_taxes": 0, "status_id": "2"}
    assert {name: row[name] for name in said} == kept
    app("PUT", f"invoices/{row['id']}", said)
    assert {name: again(app, "invoices", row)[name] for name in said} == kept
    odd = {"applied": 10, "refunded": 3, "status_id": "6"}
    payment = app("POST", "payments", {"client_id": client, "amount": 10, **odd})
    assert [payment[name] for name in odd] == [0, 0, "4"]
    app("PUT", f"payments/{payment['id']}", {"client_id": client, "amount": 5, **odd})
    assert [again(app, "payments", payment)[name] for name in ("amount", *odd)] == [10, 0, 0, "4"]
    own = {"balance": 500, "paid_to_date": 50, "credit_balance": 5, "payment_balance": 7}
    made = app("POST", "clients", {"name": "Rich", **own})
    app("PUT", f"clients/{made['id']}", own)
    assert figures(app, made["id"]) == (0, 0, 0, 0)
    assert (figures(app, client), audit.examine()) == ((100, 10, 0, 10), [])


def test_an_invoice_is_paid_once_by_a_payment_and_by_its_own_client(app: App, client: str) -> None:
    row = sent(app, client)
    twice = [{"invoice_id": row["id"], "amount": 5}] * 2
    assert refused(app, "payments", {"client_id": client, "amount": 10, "invoices": twice}) == [
        "invoices.0.invoice_id",
        "invoices.1.invoice_id",
    ]
    other = app("POST", "clients", {"name": "Mill"})["id"]
    part = [{"invoice_id": row["id"], "amount": 100}]
    assert refused(app, "payments", {"client_id": other, "amount": 100, "invoices": part}) == [
        "invoices.0.invoice_id"
    ]
    less = [{"invoice_id": row["id"], "amount": -5}]
    assert refused(app, "payments", {"client_id": client, "amount": 5, "invoices": less}) == [
        "invoices.0.amount"
    ]


@pytest.mark.parametrize("amount", [-5, 0, 1e12, "x", None])
def test_no_refund_of_nothing_less_or_more_than_there_is(app: App, client: str, amount: Any) -> None:
    payment = paid(app, row := sent(app, client), 100)
    part = {"invoice_id": row["id"], "amount": amount}
    refused(app, "payments/refund", {"id": payment["id"], "amount": amount, "invoices": [part]})
    assert figures(app, client) == (0, 100, 0, 0)
