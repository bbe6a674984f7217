"""Where we do otherwise than the recorded server, through the API; named in docs/compatibility.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from comptoir.people.founding import found_account
from comptoir.people.tokens import login_token
from comptoir.tenancy.scope import acting_for
from tests.stories.asking import App

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
AMERICAN = {"country_id": "840", "currency_id": "1"}


def founded(**settings: Any) -> App:
    ada = {"email": "ada@atelier.example", "password": "a-long-walk-by-the-sea", "first_name": "Ada"}
    member = found_account(ada, {"name": "Atelier", **AMERICAN, **settings}, on=NOW.date())
    with acting_for(member.company):
        return App(login_token(member).value)


@pytest.fixture
def clock(db: None) -> Iterator[Any]:
    call_command("createcachetable", verbosity=0)
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def app(clock: Any) -> App:
    return founded()


@pytest.fixture
def client(app: App) -> str:
    return new_client(app)


def new_client(app: App, **more: Any) -> str:
    contact = {"first_name": "Paul", "email": "paul@orchard.example"}
    return str(app("POST", "clients", {"name": "Orchard", "contacts": [contact], **more})["id"])


def invoice(app: App, client: str, cost: float = 100, query: str = "", **more: Any) -> Any:
    line = {"cost": cost, "quantity": 1}
    return app("POST", f"invoices{query}", {"client_id": client, "line_items": [line], **more})


def sent(app: App, client: str, cost: float = 100, **more: Any) -> Any:
    return invoice(app, client, cost, "?mark_sent=true", **more)


def paid(app: App, invoice_: Any, amount: float, **more: Any) -> Any:
    parts = [{"invoice_id": invoice_["id"], "amount": amount}]
    body = {"client_id": invoice_["client_id"], "invoices": parts, **more}
    return app("POST", "payments", body)


def again(app: App, path: str, row: Any) -> Any:
    return app("GET", f"{path}/{row['id']}")


def figures(app: App, client: str) -> tuple[Any, ...]:
    row = app("GET", f"clients/{client}")
    return row["balance"], row["paid_to_date"], row["credit_balance"], row["payment_balance"]


# T: the wire


def test_t3_the_same_payment_twice_in_a_second_is_refused_and_bulk_is_not(
    app: App, client: str, clock: Any
) -> None:
    first, second = sent(app, client), sent(app, client)
    paid(app, first, 100)
    parts = [{"invoice_id": second["id"], "amount": 100}]
    body = {"client_id": client, "amount": 100, "invoices": parts}
    refusal = app("POST", "payments", body, status=400)
    assert "Duplicate request" in refusal["message"]
    assert figures(app, client) == (100, 100, 0, 0)
    app("POST", "payments", {**body, "idempotency_key": "another one"})
    assert figures(app, client) == (0, 200, 0, 0)
    archive = {"action": "archive", "ids": [first["id"]]}
    assert app("POST", "invoices/bulk", archive) == app("POST", "invoices/bulk", archive)
    third = sent(app, client)
    clock.shift(1.5)
    assert paid(app, third, 100)["amount"] == 100


def test_t3_what_credits_pay_is_no_money_that_comes_twice(app: App, client: str) -> None:
    """60 in money; then 60 of which credits give 20, then 60 of credits alone, all at one moment."""
    line = {"cost": 140, "quantity": 1}
    credit = app("POST", "credits?mark_sent=true", {"client_id": client, "line_items": [line]})
    for given in (0, 20, 60, 60):
        row, uses = sent(app, client, 60), [{"credit_id": credit["id"], "amount": given}]
        parts = [{"invoice_id": row["id"], "amount": 60}]
        body = {"client_id": client, "invoices": parts, "credits": uses if given else []}
        app("POST", "payments", body)
    assert figures(app, client) == (0, 240, 0, 0)


def test_t10_credits_without_invoices_are_refused_at_invoices(app: App, client: str) -> None:
    line = {"cost": 10, "quantity": 1}
    credit = app("POST", "credits", {"client_id": client, "line_items": [line]})
    used = [{"credit_id": credit["id"], "amount": 10}]
    refusal = app("POST", "payments", {"client_id": client, "credits": used}, status=422)
    assert "invoices" in refusal["errors"]
    assert again(app, "credits", credit)["status_id"] == "1"


def test_t16_an_unknown_bulk_action_on_invoices_is_refused(app: App, client: str) -> None:
    row = invoice(app, client)
    refusal = app("POST", "invoices/bulk", {"action": "dance", "ids": [row["id"]]}, status=422)
    assert list(refusal["errors"]) == ["action"]


def test_t19_marking_paid_what_is_paid_says_so_in_both_shapes(app: App, client: str) -> None:
    row = invoice(app, client, query="?paid=true")
    refusal = app("GET", f"invoices/{row['id']}/mark_paid", status=400)
    assert refusal["message"] == refusal["error"]["message"]


def test_t22_an_answer_shows_the_state_after_the_change(app: App, client: str) -> None:
    row = invoice(app, client, query="?paid=true")
    assert (row["status_id"], row["balance"], row["paid_to_date"]) == ("4", 0, 100)
    part = invoice(app, client, query="?amount_paid=30")
    assert (part["status_id"], part["balance"]) == ("3", 70)
    payment = app("GET", f"payments?client_id={client}&sort=id|desc")[0]
    back = {"id": payment["id"], "amount": 10, "invoices": [{"invoice_id": part["id"], "amount": 10}]}
    assert app("POST", "payments/refund", back)["refunded"] == 10
    gone = app("DELETE", f"payments/{payment['id']}")
    assert (gone["is_deleted"], gone["status_id"]) == (True, "2")


def test_t25_blank_records_hold_nothing_that_is_not_there(app: App) -> None:
    assert app("GET", "payments/create")["client_id"] == ""
    assert app("GET", "credits/create")["partial_due_date"] == ""


# C: clients


def test_c9_a_contact_of_another_client_is_not_moved(app: App, client: str) -> None:
    other = app("POST", "clients", {"name": "Mill", "contacts": [{"email": "nina@mill.example"}]})
    taken = {"id": other["contacts"][0]["id"], "email": "new@orchard.example"}
    shown = app("PUT", f"clients/{client}", {"contacts": [taken]})
    assert [one["email"] for one in shown["contacts"]] == ["new@orchard.example"]
    assert again(app, "clients", other)["contacts"][0]["email"] == "nina@mill.example"


def test_c20_public_notes_of_the_client_fill_in_and_replace_nothing(app: App) -> None:
    client = new_client(app, public_notes="Ring twice")
    assert invoice(app, client)["public_notes"] == "Ring twice"
    assert invoice(app, client, public_notes="Leave it outside")["public_notes"] == "Leave it outside"


# P: settings


def test_p1_a_put_without_settings_leaves_them(app: App) -> None:
    client = new_client(app, settings={"payment_terms": "7"})
    assert app("PUT", f"clients/{client}", {"name": "Mill"})["settings"]["payment_terms"] == "7"


def test_p2_settings_are_replaced_whole_but_for_the_currency(app: App) -> None:
    client = new_client(app, settings={"payment_terms": "7", "currency_id": "3"})
    kept = app("PUT", f"clients/{client}", {"settings": {"valid_until": "9"}})["settings"]
    assert ("payment_terms" in kept, kept["valid_until"], kept["currency_id"]) == (False, "9", "3")
    unset = app("PUT", f"clients/{client}", {"settings": {"currency_id": ""}})["settings"]
    assert unset["currency_id"] == "1"


def test_p7_an_issued_document_keeps_its_currency(app: App) -> None:
    client = new_client(app, settings={"currency_id": "3"})
    row = sent(app, client)
    app("PUT", f"clients/{client}", {"settings": {"currency_id": "1"}})
    assert again(app, "invoices", row)["currency_id"] == "3"
    assert sent(app, client)["currency_id"] == "1"


def test_p8_an_exchange_rate_that_is_sent_is_kept(app: App, client: str) -> None:
    assert invoice(app, client, exchange_rate=1.25)["exchange_rate"] == Decimal("1.25")


def test_p9_a_payment_term_keeps_its_name(app: App) -> None:
    assert app("POST", "payment_terms", {"name": "Spring", "num_days": 90})["name"] == "Spring"
    assert app("POST", "payment_terms", {"num_days": 91})["name"] == "Net 91"


# M: money


def test_m1_an_unsaid_discount_is_an_amount(app: App, client: str) -> None:
    row = invoice(app, client, discount=10)
    assert (row["is_amount_discount"], row["amount"]) == (True, 90)


def test_m2_who_is_exempt_pays_no_tax(app: App) -> None:
    client = new_client(app, is_tax_exempt=True)
    row = invoice(app, client, tax_name1="VAT", tax_rate1=20)
    assert (row["amount"], row["tax_name1"], row["tax_rate1"]) == (100, "", 0)


def test_m5_a_cost_that_is_no_number_is_refused_at_its_field(app: App, client: str) -> None:
    lines = [{"cost": "ten", "quantity": 1}, {"cost": "12.50", "quantity": ""}]
    refusal = app("POST", "invoices", {"client_id": client, "line_items": lines}, status=422)
    assert list(refusal["errors"]) == ["line_items.0.cost"]
    assert app("GET", "invoices") == []


def test_m7_a_deposit_stays_within_the_amount(app: App, client: str) -> None:
    row = invoice(app, client, partial=500)
    assert row["partial"] == 100
    assert app("PUT", f"invoices/{row['id']}", {"partial": 300})["partial"] == 100
    refusal = app("PUT", f"invoices/{row['id']}", {"partial": -1}, status=422)
    assert list(refusal["errors"]) == ["partial"]


def test_m10_an_invoice_edited_below_what_was_paid_is_paid(app: App, client: str) -> None:
    row = sent(app, client)
    paid(app, row, 80)
    changed = app("PUT", f"invoices/{row['id']}", {"line_items": [{"cost": 50, "quantity": 1}]})
    assert (changed["balance"], changed["status_id"]) == (-30, "4")
    assert figures(app, client) == (-30, 80, 0, 0)


def test_m11_what_is_paid_too_much_stays_unapplied(app: App, client: str) -> None:
    row = invoice(app, client, query="?amount_paid=130")
    assert (row["balance"], row["paid_to_date"], row["status_id"]) == (0, 100, "4")
    assert figures(app, client) == (0, 130, 0, 30)


def test_m12_a_cancelled_invoice_stays_cancelled_when_its_texts_change(app: App, client: str) -> None:
    row = sent(app, client)
    app("POST", "invoices/bulk", {"action": "cancel", "ids": [row["id"]]})
    changed = app("PUT", f"invoices/{row['id']}", {"po_number": "A-1"})
    assert (changed["status_id"], changed["balance"], changed["po_number"]) == ("5", 0, "A-1")


def test_m13_and_m14_a_french_invoice_has_its_number_when_issued_and_is_never_deleted(clock: Any) -> None:
    app = founded(country_id="250", currency_id="3")
    client = new_client(app)
    draft = invoice(app, client)
    assert draft["number"] == ""
    row = sent(app, client)
    assert row["number"] == "0001"
    refusal = app("DELETE", f"invoices/{row['id']}", status=422)
    assert list(refusal["errors"]) == ["number"]
    assert figures(app, client) == (100, 0, 0, 0)
    assert app("DELETE", f"invoices/{draft['id']}")["is_deleted"] is True


def test_m13_elsewhere_a_deleted_number_is_free_again(app: App, client: str) -> None:
    row = sent(app, client)
    assert app("DELETE", f"invoices/{row['id']}")["number"] == "0001_Deleted"
    assert invoice(app, client, number="0001")["number"] == "0001"


def test_m16_a_deleted_invoice_takes_its_payment_along_and_brings_it_back(app: App, client: str) -> None:
    row = invoice(app, client, query="?paid=true")
    app("DELETE", f"invoices/{row['id']}")
    assert (figures(app, client), app("GET", "payments?status=active")) == ((0, 0, 0, 0), [])
    app("POST", "invoices/bulk", {"action": "restore", "ids": [row["id"]]})
    assert (figures(app, client), len(app("GET", "payments?status=active"))) == ((0, 100, 0, 0), 1)


def test_m19_the_day_of_a_credit_is_the_companys(clock: Any) -> None:
    app = founded(timezone_id="113")
    client = new_client(app)
    clock.move_to(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    credit = app("POST", "credits", {"client_id": client, "line_items": [{"cost": 1, "quantity": 1}]})
    assert credit["date"] == invoice(app, client)["date"] != "2026-03-02"


def test_m20_money_that_no_invoice_claims_is_the_payment_balance(app: App, client: str) -> None:
    payment = app("POST", "payments", {"client_id": client, "amount": 50})
    assert figures(app, client) == (0, 50, 0, 50)
    app("DELETE", f"payments/{payment['id']}")
    assert figures(app, client) == (0, 0, 0, 0)


def test_m21_a_deleted_payment_comes_back_as_far_as_its_invoice_allows(app: App, client: str) -> None:
    row = sent(app, client)
    payment = paid(app, row, 100)
    app("DELETE", f"payments/{payment['id']}")
    paid(app, row, 40)
    back = app("POST", "payments/bulk", {"action": "restore", "ids": [payment["id"]]})[0]
    assert (back["is_deleted"], back["amount"], back["applied"]) == (False, 100, 0)
    assert figures(app, client) == (60, 140, 0, 100)


def test_m22_money_in_is_never_negative(app: App, client: str) -> None:
    refusal = app("POST", "payments", {"client_id": client, "amount": -5}, status=422)
    assert list(refusal["errors"]) == ["amount"]
    assert app("POST", "payments", {"client_id": client, "amount": 0})["amount"] == 0
    owed = sent(app, client, -40)
    app("POST", "invoices/bulk", {"action": "mark_paid", "ids": [owed["id"]]})
    assert figures(app, client) == (0, -40, 0, 0)


def test_m23_a_refund_refills_the_credit_and_the_clients_open_credit(app: App, client: str) -> None:
    row = sent(app, client)
    credit = app("POST", "credits", {"client_id": client, "line_items": [{"cost": 30, "quantity": 1}]})
    payment = paid(app, row, 100, credits=[{"credit_id": credit["id"], "amount": 30}])
    back = [{"invoice_id": row["id"], "amount": 30}]
    app("POST", "payments/refund", {"id": payment["id"], "amount": 30, "invoices": back})
    assert again(app, "credits", credit)["balance"] == 30
    assert figures(app, client) == (30, 70, 30, 0)


def test_m24_the_sum_of_the_invoices_is_what_is_refunded(app: App, client: str) -> None:
    payment = paid(app, row := sent(app, client), 100)
    back = [{"invoice_id": row["id"], "amount": 25}]
    body = {"id": payment["id"], "amount": 60, "invoices": back}
    assert app("POST", "payments/refund", body)["refunded"] == 25


def test_m25_applying_a_partly_refunded_payment_leaves_it_so(app: App, client: str) -> None:
    payment = app("POST", "payments", {"client_id": client, "amount": 100})
    app("POST", "payments/refund", {"id": payment["id"], "amount": 40})
    parts = [{"invoice_id": sent(app, client, 10)["id"], "amount": 10}]
    changed = app("PUT", f"payments/{payment['id']}", {"client_id": client, "invoices": parts})
    assert (changed["status_id"], changed["applied"], changed["refunded"]) == ("5", 10, 40)


# A: history


def test_a1_marking_sent_is_activity_53(app: App, client: str) -> None:
    row = sent(app, client)
    rows = app("POST", "activities/entity", {"entity": "invoice", "entity_id": row["id"]})
    assert [str(one["activity_type_id"]) for one in rows] == ["53", "4"]


def test_a3_the_ledger_has_no_row_that_moves_nothing(app: App, client: str) -> None:
    invoice(app, client)
    assert app("GET", f"clients/{client}?include=ledger")["ledger"] == []
    sent(app, client)
    assert [row["adjustment"] for row in app("GET", "company_ledger")] == [100]
