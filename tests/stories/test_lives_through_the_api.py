"""Whole lives of money as an app sees them, day by day: after each step every figure is where it belongs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser

from comptoir.config import audit
from comptoir.delivery.reminders.running import run_all
from tests.stories.asking import App
from tests.stories.test_differences import again, app, client, clock, figures, paid, sent

REMINDING = {
    "enable_reminder1": True, "num_days_reminder1": 3, "schedule_reminder1": "before_due_date",
    "enable_reminder2": True, "num_days_reminder2": 5, "schedule_reminder2": "after_due_date",
    "late_fee_amount2": 10,
    "enable_reminder3": True, "num_days_reminder3": 20, "schedule_reminder3": "after_due_date",
    "late_fee_percent3": 10,
    "enable_reminder_endless": True, "endless_reminder_frequency_id": "5", "late_fee_endless_amount": 5,
}  # fmt: skip

__all__ = ["app", "client", "clock"]


def shows(app: App, row: Any, *keys: str) -> tuple[Any, ...]:
    """Some keys of an invoice or a credit as it is now."""
    now = again(app, "invoices", row)
    return tuple(now[key] for key in keys)


def books(app: App, client: str) -> tuple[Any, ...]:
    """The four figures of the client; the ledger adds up to the first, and the audit finds nothing."""
    told = figures(app, client)
    rows = app("GET", f"clients/{client}?include=ledger")["ledger"]
    assert (rows[0]["balance"] if rows else 0) == told[0]
    assert sum(row["adjustment"] for row in rows) == told[0]
    assert audit.examine() == []
    return told


def on(clock: Any, month: int, day: int) -> None:
    clock.move_to(datetime(2026, month, day, 10, tzinfo=UTC))


def act(app: App, action: str, *rows: Any, path: str = "invoices") -> Any:
    return app("POST", f"{path}/bulk", {"action": action, "ids": [row["id"] for row in rows]})


def test_a_deposit_then_the_balance(app: App, client: str, clock: Any) -> None:
    row = sent(app, client, 500, partial=150, partial_due_date="2026-03-09", due_date="2026-04-15")
    assert books(app, client) == (500, 0, 0, 0)
    on(clock, 3, 8)
    paid(app, row, 50)
    assert shows(app, row, "status_id", "partial", "balance", "partial_due_date") == (
        "2",
        100,
        450,
        "2026-03-09",
    )
    on(clock, 3, 9)
    paid(app, row, 100)
    assert shows(app, row, "status_id", "partial", "balance", "partial_due_date", "due_date") == (
        "3",
        0,
        350,
        "",
        "2026-04-15",
    )
    assert books(app, client) == (350, 150, 0, 0)
    on(clock, 4, 15)
    paid(app, row, 350)
    assert shows(app, row, "status_id", "balance", "paid_to_date") == ("4", 0, 500)
    assert books(app, client) == (0, 500, 0, 0)
    assert [each["date"] for each in app("GET", "payments?sort=id|asc")] == [
        "2026-03-08",
        "2026-03-09",
        "2026-04-15",
    ]


def test_a_credit_over_three_invoices(app: App, client: str, clock: Any) -> None:
    rows = [sent(app, client, cost) for cost in (40, 50, 60)]
    line = {"cost": 120, "quantity": 1}
    credit = app("POST", "credits?mark_sent=true", {"client_id": client, "line_items": [line]})
    assert books(app, client) == (150, 0, 120, 0)
    parts = [{"invoice_id": row["id"], "amount": row["amount"]} for row in rows]
    uses = [{"credit_id": credit["id"], "amount": 121}]
    body = {"client_id": client, "invoices": parts, "credits": uses}
    refusal = app("POST", "payments", body, status=422)
    assert list(refusal["errors"]) == ["credits.0.amount"]
    assert books(app, client) == (150, 0, 120, 0)
    uses[0]["amount"] = 120
    payment = app("POST", "payments", body)
    assert (payment["amount"], payment["applied"]) == (30, 30)
    assert [shows(app, row, "status_id", "balance") for row in rows] == [("4", 0)] * 3
    assert books(app, client) == (0, 150, 0, 0)
    assert again(app, "credits", credit)["status_id"] == "4"
    on(clock, 3, 3)
    app("DELETE", f"payments/{payment['id']}")
    assert [shows(app, row, "status_id", "balance") for row in rows] == [("2", 40), ("2", 50), ("2", 60)]
    assert books(app, client) == (150, 0, 120, 0)
    act(app, "restore", payment, path="payments")
    assert books(app, client) == (0, 150, 0, 0)


def test_a_refund_of_a_part(app: App, client: str, clock: Any) -> None:
    first, second = sent(app, client, 100), sent(app, client, 60)
    parts = [{"invoice_id": one["id"], "amount": one["amount"]} for one in (first, second)]
    payment = app("POST", "payments", {"client_id": client, "amount": 170, "invoices": parts})
    assert books(app, client) == (0, 170, 0, 10)
    on(clock, 3, 12)
    too_much = {"id": payment["id"], "invoices": [{"invoice_id": first["id"], "amount": 101}]}
    app("POST", "payments/refund", too_much, status=422)
    assert books(app, client) == (0, 170, 0, 10)
    back = {"id": payment["id"], "invoices": [{"invoice_id": first["id"], "amount": 25}]}
    after = app("POST", "payments/refund", back)
    assert (after["refunded"], after["status_id"]) == (25, "5")
    assert shows(app, first, "status_id", "balance", "paid_to_date") == ("3", 25, 75)
    assert shows(app, second, "status_id", "balance") == ("4", 0)
    assert books(app, client) == (25, 145, 0, 10)
    paid(app, first, 25)
    assert books(app, client) == (0, 170, 0, 10)


def test_one_is_cancelled_and_one_reversed(app: App, client: str, clock: Any) -> None:
    cancelled, reversed_, next_ = (sent(app, client, cost) for cost in (40, 100, 70))
    paid(app, reversed_, 60)
    assert books(app, client) == (150, 60, 0, 0)
    on(clock, 3, 20)
    act(app, "cancel", cancelled)
    assert shows(app, cancelled, "status_id", "balance", "amount") == ("5", 0, 40)
    assert books(app, client) == (110, 60, 0, 0)
    app("POST", f"invoices/{reversed_['id']}/reverse")
    assert shows(app, reversed_, "status_id", "balance") == ("6", 0)
    assert books(app, client) == (70, 0, 60, 0)
    app("POST", f"invoices/{reversed_['id']}/reverse", status=400)
    assert books(app, client) == (70, 0, 60, 0)
    (credit,) = app("GET", "credits")
    assert (credit["amount"], credit["balance"], credit["date"]) == (100, 60, "2026-03-20")
    parts = [{"invoice_id": next_["id"], "amount": 70}]
    uses = [{"credit_id": credit["id"], "amount": 60}]
    payment = app("POST", "payments", {"client_id": client, "invoices": parts, "credits": uses})
    assert payment["amount"] == 10
    assert books(app, client) == (0, 70, 0, 0)


@pytest.fixture
def browser(app: App, client: str) -> Browser:
    """The client's own, come in by the contact's link."""
    contact = app("GET", f"clients/{client}")["contacts"][0]
    one = Browser(headers={"accept-language": "en"})
    assert one.get(urlsplit(contact["link"]).path).status_code == 302
    return one


def test_a_quote_approved_in_the_portal_is_an_invoice_at_once(
    app: App, client: str, clock: Any, browser: Browser
) -> None:
    """With auto-convert; then it is late, paid, and the quote stays answered."""
    company = app("GET", "companies")[0]
    said = {"auto_convert_quote": True, "valid_until": "30", "payment_terms": "14"}
    app("PUT", f"companies/{company['id']}", {"settings": said})
    lines = [{"product_key": "Day", "cost": 450, "quantity": 2, "tax_name1": "VAT", "tax_rate1": 20}]
    quote = app("POST", "quotes?mark_sent=true", {"client_id": client, "line_items": lines, "discount": 50})
    assert (quote["amount"], quote["status_id"], quote["due_date"]) == (1020, "2", "2026-04-01")
    assert books(app, client) == (0, 0, 0, 0)
    on(clock, 3, 10)
    page = f"/client/quotes/{quote['id']}"
    assert browser.get(page).status_code == 200
    answer = browser.post(f"{page}/approval")
    (made,) = app("GET", "invoices")
    assert answer.url == f"/client/invoices/{made['id']}?done=invoiced"
    quote = again(app, "quotes", quote)
    assert (quote["status_id"], quote["invoice_id"]) == ("4", made["id"])
    assert [made[key] for key in ("status_id", "amount", "balance", "date", "due_date", "total_taxes")] == [
        "2", 1020, 1020, "2026-03-10", "2026-03-24", 170,
    ]  # fmt: skip
    assert made["line_items"][0]["product_key"] == "Day"
    assert books(app, client) == (1020, 0, 0, 0)
    assert browser.post(f"{page}/approval").status_code == 422
    act(app, "approve", quote, path="quotes")
    assert again(app, "quotes", quote)["status_id"] == "4"
    assert (len(app("GET", "invoices")), books(app, client)) == (1, (1020, 0, 0, 0))
    on(clock, 3, 30)
    assert [row["id"] for row in app("GET", "invoices?client_status=overdue")] == [made["id"]]
    paid(app, made, 1020)
    assert app("GET", "invoices?client_status=overdue") == []
    assert books(app, client) == (0, 1020, 0, 0)


def test_a_quote_that_has_expired_is_not_approved_and_nothing_moves(
    app: App, client: str, clock: Any, browser: Browser
) -> None:
    line = {"cost": 10, "quantity": 1}
    body = {"client_id": client, "line_items": [line], "due_date": "2026-03-09"}
    quote = app("POST", "quotes?mark_sent=true", body)
    on(clock, 3, 10)
    answer = browser.post(f"/client/quotes/{quote['id']}/approval")
    assert answer.status_code == 422
    assert "expired" in answer.content.decode()
    assert (again(app, "quotes", quote)["status_id"], app("GET", "invoices")) == ("-1", [])


def test_a_year_of_reminders_with_late_fees(app: App, client: str, clock: Any) -> None:
    company = app("GET", "companies")[0]["id"]
    app("PUT", f"companies/{company}", {"settings": {**REMINDING, "payment_terms": "30"}})
    row = sent(app, client, 200)
    assert shows(app, row, "due_date", "amount", "next_send_date")[:2] == ("2026-04-01", 200)
    day = datetime(2026, 3, 2, 23, tzinfo=UTC)
    while day.year == 2026:
        clock.move_to(day)
        run_all()
        run_all()  # however often it runs
        day += timedelta(days=1)
    months = [f"2026-{month:02}-21" for month in range(5, 13)]
    assert shows(app, row, "reminder1_sent", "reminder2_sent", "reminder3_sent", "reminder_last_sent") == (
        *("2026-03-29", "2026-04-06", "2026-04-21"),
        months[-1],
    )
    # 200, then 10, then a tenth of 210, then eight times 5
    assert shows(app, row, "amount", "balance", "status_id") == (271, 271, "2")
    lines = again(app, "invoices", row)["line_items"]
    assert [line["cost"] for line in lines] == [200, 10, 21, *[5] * 8]
    told = app("POST", "activities/entity", {"entity": "invoice", "entity_id": row["id"]})
    codes = [each["activity_type_id"] for each in told if each["activity_type_id"] in range(63, 67)]
    assert codes[::-1] == [63, 64, 65, *[66] * 8]
    assert books(app, client) == (271, 0, 0, 0)
