"""Oddities of the recorded server that ours keeps on purpose, through the API (docs/compatibility.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from comptoir.people.models import Membership
from comptoir.people.tokens import login_token
from tests.stories.asking import App
from tests.stories.test_differences import again, app, client, clock, figures, invoice, paid, sent

__all__ = ["app", "client", "clock"]


def bulk(app: App, path: str, action: str, ids: Any, **more: Any) -> Any:
    return app("POST", f"{path}/bulk", {"action": action, "ids": ids}, **more)


def test_t12_words_ask_for_rows_that_are_not_deleted_and_figures_mean_what_they_say(app: App) -> None:
    gone, there = (app("POST", "clients", {"name": name})["id"] for name in ("Gone", "There"))
    bulk(app, "clients", "delete", [gone])
    for word in ("true", "false", "0"):
        assert [row["id"] for row in app("GET", f"clients?is_deleted={word}")] == [there]
    for asked in ("is_deleted=1", "status=deleted"):
        assert [row["id"] for row in app("GET", f"clients?{asked}")] == [gone]


def test_t15_one_id_as_a_text_is_refused_for_the_old_kinds_and_a_list_elsewhere(
    app: App, client: str
) -> None:
    body = {"client_id": client, "line_items": [{"cost": 10, "quantity": 1}]}
    product = app("POST", "products", {"product_key": "Day"})
    rows = {"clients": client, "invoices": app("POST", "invoices", body)["id"], "products": product["id"]}
    for path, key in rows.items():
        assert "ids" in bulk(app, path, "archive", key, status=422)["errors"]
    quote = app("POST", "quotes", body)
    assert bulk(app, "quotes", "archive", quote["id"])[0]["archived_at"] > 0


def test_t17_rows_without_the_right_are_passed_over(app: App, client: str) -> None:
    row = invoice(app, client)
    looker = {"email": "carl@atelier.example", "first_name": "Carl", "last_name": "Ash"}
    rights = {"company_user": {"permissions": "view_client,view_invoice"}}
    app("POST", "users", {**looker, **rights}, **{"X-API-PASSWORD": "a-long-walk-by-the-sea"})
    carl = App(login_token(Membership.everywhere.get(user__email=looker["email"])).value)
    assert bulk(carl, "invoices", "archive", [row["id"]])[0]["archived_at"] == 0
    assert again(app, "invoices", row)["archived_at"] == 0


def test_t18_flags_other_than_true_do_nothing(app: App, client: str) -> None:
    for flag in ("mark_sent=1", "mark_sent=yes", "paid=1"):
        assert invoice(app, client, query=f"?{flag}")["status_id"] == "1"
    assert figures(app, client) == (0, 0, 0, 0)


def taxed(app: App, client: str, name: str, **more: Any) -> Any:
    line = {"cost": 100, "quantity": 1, "tax_name1": name, "tax_rate1": 20}
    return app("POST", "invoices", {"client_id": client, "line_items": [line], **more})


def test_m1_discounts_are_amounts_unless_told_otherwise(app: App, client: str) -> None:
    row = invoice(app, client, 200, discount=10)
    assert (row["is_amount_discount"], row["amount"]) == (True, 190)
    row = invoice(app, client, 200, discount=10, is_amount_discount=False)
    assert (row["is_amount_discount"], row["amount"]) == (False, 180)
    for path in ("quotes", "credits"):
        body = {"client_id": client, "line_items": [{"cost": 50, "quantity": 1}], "discount": 10}
        assert app("POST", path, body)["amount"] == 40


def test_m4_taxes_of_yen_and_dinars_have_two_decimals(app: App) -> None:
    for currency, cost, amount, taxes in (("45", "333.4", 1100, "100.02"), ("89", "1.2345", "4.074", "0.37")):
        settings = {"currency_id": currency}
        who = app("POST", "clients", {"name": currency, "settings": settings})
        line = {"cost": cost, "quantity": 3, "tax_name1": "CT", "tax_rate1": 10}
        row = app("POST", "invoices", {"client_id": who["id"], "line_items": [line]})
        assert (row["total_taxes"], row["amount"]) == (Decimal(taxes), Decimal(amount))


def test_m4_a_tax_name_of_one_letter_counts_where_discounts_are_amounts(app: App, client: str) -> None:
    assert taxed(app, client, "V", is_amount_discount=True)["amount"] == 120
    assert taxed(app, client, "V", is_amount_discount=False)["amount"] == 100


def test_m4_a_quantity_left_out_is_nought(app: App, client: str) -> None:
    body = {"client_id": client, "line_items": [{"cost": 100}]}
    row = app("POST", "invoices", body)
    assert (row["line_items"][0]["quantity"], row["amount"]) == (0, 0)


def test_m6_lines_of_fees_are_kept_as_they_are_sent(app: App, client: str) -> None:
    lines = [{"cost": 100, "quantity": 1}, {"cost": 3, "quantity": 1, "type_id": "3", "colour": "red"}]
    row = app("POST", "invoices", {"client_id": client, "line_items": lines})
    assert ([line["type_id"] for line in row["line_items"]], row["amount"]) == (["1", "3"], 103)


def test_m8_a_draft_by_the_api_has_no_due_date_until_it_is_sent(app: App, client: str) -> None:
    app("PUT", f"clients/{client}", {"settings": {"payment_terms": "14", "currency_id": "1"}})
    row = invoice(app, client, date="2026-03-02")
    assert row["due_date"] == ""
    issued = app("POST", "invoices/bulk", {"action": "mark_sent", "ids": [row["id"]]})[0]
    assert issued["due_date"] == "2026-03-16"


def test_m9_a_payment_below_the_deposit_leaves_the_invoice_sent(app: App, client: str) -> None:
    row = sent(app, client, 100, partial=40)
    paid(app, row, 10)
    row = again(app, "invoices", row)
    assert (row["status_id"], row["partial"], row["balance"]) == ("2", 30, 90)


def test_m17_a_draft_leaves_the_books_alone(app: App, client: str) -> None:
    invoice(app, client, 100)
    assert figures(app, client) == (0, 0, 0, 0)


def test_m18_drafts_are_not_listed_as_payable_and_yet_can_be_paid(app: App, client: str) -> None:
    draft, open_one = invoice(app, client), sent(app, client)
    listed = app("GET", f"invoices?payable={client}")
    assert [row["id"] for row in listed] == [open_one["id"]]
    paid(app, draft, 100)
    assert again(app, "invoices", draft)["status_id"] == "4"


def schedule(app: App, client: str, **more: Any) -> Any:
    body = {"client_id": client, "line_items": [{"cost": 10, "quantity": 1}], "frequency_id": "5", **more}
    return app("POST", "recurring_invoices", body)


def test_r2_a_schedule_begins_today_and_a_put_moves_nothing(app: App, client: str) -> None:
    row = schedule(app, client)
    assert row["next_send_date"] == "2026-03-02 00:00:00"
    later = schedule(app, client, next_send_date="2026-05-31")
    changed = app("PUT", f"recurring_invoices/{later['id']}", {"public_notes": "Thank you"})
    assert (changed["next_send_date"], changed["public_notes"]) == ("2026-05-31 00:00:00", "Thank you")


@pytest.mark.parametrize("converts", [True, False])
def test_r4_approving_by_the_api_approves_and_no_more(app: App, client: str, converts: bool) -> None:
    company = app("GET", "companies")[0]
    app("PUT", f"companies/{company['id']}", {"settings": {"auto_convert_quote": converts}})
    body = {"client_id": client, "line_items": [{"cost": 10, "quantity": 1}]}
    quote = app("POST", "quotes?mark_sent=true", body)
    approved = app("POST", "quotes/bulk", {"action": "approve", "ids": [quote["id"]]})[0]
    assert (approved["status_id"], approved["invoice_id"]) == ("3", "")
    assert app("GET", "invoices") == []
