"""Whole lives of documents by the API: every action of a life, with the figures after it."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from comptoir.activity import jobs, worker
from comptoir.activity.models import Job
from comptoir.contract import idempotency
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Version
from comptoir.files import shelves
from comptoir.ledger.models import Entry
from comptoir.payments.models import Payment
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.models import Company
from tests.unit.api.conftest import Cast, Door


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(door: Door) -> str:
    body = {"name": "Bistro", "contacts": [{"email": "bea@bistro.test", "send_email": True}]}
    return str(door.post("clients", body).rows["id"])


def made(
    door: Door, path: str, client: str, cost: int = 100, query: str = "?mark_sent=true", **more: Any
) -> Any:
    lines = [{"product_key": "Advice", "cost": cost, "quantity": 1}]
    answer = door.post(f"{path}{query}", {"client_id": client, "line_items": lines, **more})
    assert answer.status == 200, answer.data
    return answer.rows


def perform(job: Job) -> None:
    """As if a worker had claimed it."""
    job.state, job.attempts = Job.State.RUNNING, 1
    job.save()
    worker.perform(job)


def figures(door: Door, client: str) -> tuple[float, float, float, float]:
    shown = door.get(f"clients/{client}").rows
    return shown["balance"], shown["paid_to_date"], shown["credit_balance"], shown["payment_balance"]


def test_a_paid_invoice_is_reversed_and_its_credit_pays_another(door: Door, client: str) -> None:
    invoice = made(door, "invoices", client)
    door.post(f"invoices/{invoice['id']}/mark_paid")
    assert figures(door, client) == (0, 100, 0, 0)
    reversed_ = door.post(f"invoices/{invoice['id']}/reverse").rows
    assert (reversed_["status_id"], reversed_["balance"], reversed_["paid_to_date"]) == ("6", 0, 100)
    (credit,) = door.get(f"credits?client_id={client}").rows
    assert (credit["invoice_id"], credit["amount"], credit["balance"]) == (invoice["id"], 100, 100)
    assert figures(door, client) == (0, 0, 100, 0)
    other = made(door, "invoices", client, 60)
    body = {
        "client_id": client,
        "invoices": [{"invoice_id": other["id"], "amount": 60}],
        "credits": [{"credit_id": credit["id"], "amount": 60}],
    }
    payment = door.post("payments", body).rows
    assert (payment["amount"], payment["applied"]) == (0, 0)
    assert figures(door, client) == (0, 60, 40, 0)
    assert door.post(f"invoices/{invoice['id']}/reverse").status == 400
    assert door.delete(f"invoices/{invoice['id']}").status == 422


def test_reversing_in_bulk_leaves_drafts_as_they_are(door: Door, client: str) -> None:
    sent, draft = made(door, "invoices", client), made(door, "invoices", client, query="")
    answer = door.post("invoices/bulk", {"action": "reverse", "ids": [sent["id"], draft["id"]]})
    assert {one["id"]: one["status_id"] for one in answer.rows} == {sent["id"]: "6", draft["id"]: "1"}


def test_a_credit_below_zero_is_marked_as_paid(door: Door, client: str) -> None:
    credit = made(door, "credits", client, -25)
    assert figures(door, client) == (0, 0, -25, 0)
    paid = door.post(f"credits/{credit['id']}/mark_paid").rows
    assert (paid["status_id"], paid["balance"]) == ("4", 0)
    assert figures(door, client) == (0, 0, 0, 0)
    assert door.post(f"credits/{credit['id']}/mark_paid").status == 400
    drawn = made(door, "credits", client, -10, query="?mark_paid=true")
    assert (drawn["status_id"], drawn["balance"]) == ("4", 0)


def test_a_payment_is_deleted_and_restored_by_its_own_actions(door: Door, client: str) -> None:
    invoice = made(door, "invoices", client)
    parts = [{"invoice_id": invoice["id"], "amount": 40}]
    payment = door.post("payments", {"client_id": client, "amount": 40, "invoices": parts}).rows
    for verb, balance in (("delete", 100), ("restore", 60), ("archive", 60)):
        answer = door.post(f"payments/{payment['id']}/{verb}")
        assert answer.status == 200, answer.data
        assert door.get(f"invoices/{invoice['id']}").rows["balance"] == balance


def test_a_quote_is_rejected_and_then_not_converted(door: Door, client: str) -> None:
    quote = made(door, "quotes", client)
    answer = door.post(f"quotes/{quote['id']}/reject", {"reason": "Too dear"})
    assert answer.status == 200
    assert door.post(f"quotes/{quote['id']}/convert").status == 400
    assert door.get("invoices").rows == []


def test_the_history_names_every_version_that_was_sent(door: Door, client: str) -> None:
    invoice = made(door, "invoices", client)
    while worker.run_once() is not None:
        pass
    (kept,) = door.get(f"invoices/{invoice['id']}/history").rows
    assert (kept["occasion"], kept["number"], kept["amount"]) == ("issued", invoice["number"], 100)
    with shelves.storage().open(Version.everywhere.get().path) as file:
        assert kept["checksum"] == hashlib.sha256(file.read()).hexdigest()


KINDS = ("invoice", "quote", "credit", "recurring_invoice")


@pytest.mark.parametrize("kind", KINDS)
def test_a_clone_of_any_kind_into_any_other_is_a_draft_that_nobody_saved(
    door: Door, client: str, kind: str
) -> None:
    rhythm = {"frequency_id": "7", "remaining_cycles": 3} if kind == "recurring_invoice" else {}
    document = made(door, f"{kind}s", client, query="", po_number="77", exchange_rate=1.5, **rhythm)
    today = door.get("invoices/create").rows["date"]
    for into in KINDS:
        copied = door.get(f"{kind}s/{document['id']}/clone_to_{into}").rows
        assert (copied["id"], copied["number"], copied["status_id"]) == ("", "", "1")
        assert (copied["amount"], copied["po_number"], copied["client_id"]) == (100, "77", client)
        assert copied["line_items"][0]["product_key"] == "Advice"
        assert copied["entity_type"] == into.replace("_i", "I")
        assert copied["date"] == ("" if into == "recurring_invoice" else today)
        assert copied["invitations"] == []
        assert copied["exchange_rate"] == (1.5 if (kind, into) == ("invoice", "credit") else 1)
    assert len(door.get(f"{kind}s").rows) == 1


def test_the_fee_of_a_payment_stays_behind_in_a_clone(door: Door, client: str) -> None:
    fee = {
        "product_key": "Fee",
        "cost": 3,
        "quantity": 1,
        "type_id": "4",
        "tax_name1": "VAT",
        "tax_rate1": 20,
    }
    lines = [{"product_key": "Advice", "cost": 100, "quantity": 1, "type_id": "1"}, fee]
    invoice = door.post("invoices", {"client_id": client, "line_items": lines}).rows
    assert (invoice["amount"], invoice["total_taxes"]) == (103.6, 0.6)
    copied = door.get(f"invoices/{invoice['id']}/clone_to_invoice").rows
    assert [line["product_key"] for line in copied["line_items"]] == ["Advice"]
    assert (copied["amount"], copied["balance"], copied["total_taxes"]) == (100, 100, 0)
    assert door.get(f"invoices/{invoice['id']}").rows["amount"] == 103.6


@pytest.mark.parametrize(("path", "into"), [("quotes", "invoice"), ("credits", "credit")])
def test_many_are_cloned_at_once(door: Door, client: str, path: str, into: str) -> None:
    rows = [made(door, path, client, cost) for cost in (100, 50)]
    asked = {"action": f"clone_to_{into}", "ids": [row["id"] for row in rows]}
    copies = door.post(f"{path}/bulk", asked).rows
    assert [(copied["id"], copied["status_id"], copied["amount"]) for copied in copies] == [
        ("", "1", 100),
        ("", "1", 50),
    ]


@pytest.mark.parametrize(
    ("rule", "locked"),
    [("off", []), ("when_sent", ["sent", "paid"]), ("when_paid", ["paid"]), ("end_of_month", [])],
)
def test_what_is_locked_says_so_and_keeps_its_lines(
    door: Door, client: str, rule: str, locked: list[str]
) -> None:
    company = door.get("companies").rows[0]
    door.put(f"companies/{company['id']}", {"settings": {**company["settings"], "lock_invoices": rule}})
    lives = {
        "draft": made(door, "invoices", client, query=""),
        "sent": made(door, "invoices", client),
        "paid": made(door, "invoices", client, query="?paid=true"),
    }
    refused = []
    for name, invoice in lives.items():
        answer = door.put(f"invoices/{invoice['id']}", {"line_items": [{"cost": 7, "quantity": 1}]})
        after = door.get(f"invoices/{invoice['id']}?is_locked=true").rows
        assert (after["amount"], after["is_locked"]) == (100 if answer.status == 422 else 7, name in locked)
        if answer.status == 422:
            refused.append(name)
    assert refused == locked


def test_an_invoice_is_paid_in_instalments(door: Door, client: str) -> None:
    invoice = made(door, "invoices", client, 900)
    at = f"invoices/{invoice['id']}/payment_schedule?show_schedule=true"
    rows = [{"date": f"2027-0{n}-01", "amount": 300} for n in (1, 2, 3)]
    planned = door.post(at, {"schedule": rows}).rows
    assert (planned["partial"], planned["partial_due_date"], planned["due_date"]) == (
        300,
        "2027-01-01",
        "2027-03-01",
    )
    assert planned["schedule"] == [{**row, "send_email": True, "is_asked": False} for row in rows]
    parts = [{"invoice_id": invoice["id"], "amount": 300}]
    door.post("payments", {"client_id": client, "amount": 300, "invoices": parts})
    after = door.get(f"invoices/{invoice['id']}").rows
    assert (after["partial"], after["partial_due_date"], after["balance"]) == (300, "2027-02-01", 600)
    wrong = door.post(at, {"schedule": [{"date": "soon", "amount": "x"}, rows[1]]})
    assert (wrong.status, sorted(wrong.data["errors"])) == (422, ["schedule.0.amount", "schedule.0.date"])
    dropped = door.delete(at).rows
    assert (dropped["partial"], dropped["schedule"]) == (0, [])


def test_instalments_by_percentage_without_mails_that_pay_themselves(door: Door, client: str) -> None:
    invoice = made(door, "invoices", client, "100.01")
    at = f"invoices/{invoice['id']}/payment_schedule?show_schedule=true"
    rows = [{"date": f"2027-0{n}-01", "percent": percent} for n, percent in ((1, 33), (2, 33), (3, 34))]
    planned = door.post(at, {"schedule": rows, "send_email": False, "auto_bill": True}).rows
    assert [row["amount"] for row in planned["schedule"]] == [33.0, 33.0, 34.01]
    assert (planned["auto_bill_enabled"], planned["schedule"][0]["send_email"]) == (True, False)
    again = door.post(at, {"schedule": rows}).rows
    assert (again["auto_bill_enabled"], again["schedule"][0]["send_email"]) == (True, True)
    less = door.post(at, {"schedule": rows[:2]})
    assert (less.status, less.data["errors"]) == (
        422,
        {"schedule": ["The instalments come to 66, the invoice to 100.01."]},
    )
    none = door.post(at, {"schedule": [{**rows[0], "percent": "x"}, rows[1]]})
    assert (none.status, list(none.data["errors"])) == (422, ["schedule.0.percent"])
    assert door.get(f"invoices/{invoice['id']}?show_schedule=true").rows["schedule"] == again["schedule"]


@pytest.mark.parametrize("flags", ["mark_sent=true&send_email=true", "paid=true&send_email=true"])
def test_a_flag_that_is_refused_takes_back_the_save_and_the_flags_before_it(
    door: Door, monkeypatch: pytest.MonkeyPatch, flags: str
) -> None:
    """Save, mark as sent or paid, send: one transaction. The control: without it the first steps stay."""
    client = door.post("clients", {"name": "Without mail"}).rows["id"]
    body = {"client_id": client, "line_items": [{"cost": 100, "quantity": 1}]}
    refused = door.post(f"invoices?{flags}", body)
    assert (refused.status, list(refused.data["errors"])) == (422, ["contacts"])
    assert [model.everywhere.count() for model in (Invoice, Payment, Entry)] == [0, 0, 0]
    monkeypatch.setattr(idempotency, "transaction", SimpleNamespace(atomic=nullcontext))
    assert door.post(f"invoices?{flags}", body).status == 422
    assert (Invoice.everywhere.get().is_draft, Entry.everywhere.exists()) == (False, True)


def test_many_documents_are_mailed_once_for_each_time_they_are_asked_for(door: Door, client: str) -> None:
    """A second click, before or after the worker came by, is no other asking; later on it is."""
    jobs.discover()
    ids = [made(door, "invoices", client)["id"] for _ in range(2)]
    others = [*ids, made(door, "invoices", client)["id"]]

    def ask(*keys: str) -> int:
        answer = door.post("invoices/bulk", {"action": "download", "ids": keys})
        assert answer.data["message"].startswith("The documents are being prepared")
        while waiting := Job.objects.filter(name="delivery.mail_zip", state="queued").first():
            perform(waiting)
        return MailDelivery.everywhere.filter(kind="documents").count()

    with time_machine.travel("2026-11-24T10:00Z", tick=False) as clock:
        assert [ask(*ids), ask(*ids)] == [1, 1]
        assert ask(*others) == 2
        clock.shift(60)
        assert [ask(*ids), ask(*ids)] == [3, 3]
        for _ in range(2):  # a worker that is away keeps one asking, however late the click
            clock.shift(60)
            door.post("invoices/bulk", {"action": "download", "ids": others})
        assert Job.objects.filter(name="delivery.mail_zip", state="queued").count() == 1


def test_one_column_of_many_recurring_invoices_is_written_by_the_api(door: Door, client: str) -> None:
    rows = [made(door, "recurring_invoices", client, query="", frequency_id="5") for _ in range(2)]
    vat = door.post("tax_rates", {"name": "VAT", "rate": 20}).rows["id"]
    asked = {"action": "bulk_update", "ids": [row["id"] for row in rows]}

    def write(column: str, value: str) -> Any:
        return door.post("recurring_invoices/bulk", asked | {"column": column, "new_value": value})

    assert [row["terms"] for row in write("terms", "In advance").rows] == ["In advance", "In advance"]
    taxed = write("tax1", vat).rows
    assert [(row["tax_name1"], row["tax_rate1"], row["amount"]) for row in taxed] == [("VAT", 20, 120)] * 2
    assert {row["amount"] for row in write("uses_inclusive_taxes", "true").rows} == {100}
    assert [row["tax_name1"] for row in write("tax1", "").rows] == ["", ""]
    assert set(write("tax1", "nothing").data["errors"]) == {"new_value"}
    assert set(write("number", "1").data["errors"]) == {"column"}
    refused = write("custom_value1", "x" * 1001)
    assert (refused.status, set(refused.data["errors"])) == (422, {"new_value"})
    assert {row["custom_value1"] for row in door.get("recurring_invoices").rows} == {""}
    assert len({row["number"] for row in door.get("recurring_invoices").rows}) == 2


def test_words_of_a_recurring_invoice_become_those_of_invoices(door: Door, client: str) -> None:
    query = "?save_default_terms=true&save_default_footer=true"
    words = {"terms": "Thirty days", "footer": "Thank you", "frequency_id": "5"}
    made(door, "recurring_invoices", client, query=query, **words)
    fresh = door.get("invoices/create").rows
    assert (fresh["terms"], fresh["footer"]) == ("Thirty days", "Thank you")


@pytest.mark.parametrize("word", ["save_default_terms", "save_default_footer"])
def test_whoever_may_not_change_settings_changes_no_words_of_the_company(
    cast: Cast, door: Door, carols: Door, client: str, word: str
) -> None:
    invoice = made(door, "invoices", client, terms="Thirty days")
    cast.carol.permissions = "edit_all,view_all,create_all"
    cast.carol.save(update_fields=["permissions"])
    path, said = f"invoices/{invoice['id']}", {"terms": "Pay me", "footer": "Mine"}
    before = Company.objects.get(pk=cast.alice.company_id).settings
    assert carols.put(f"{path}?{word}=true", said).status == 401
    assert (Company.objects.get(pk=cast.alice.company_id).settings, door.get(path).rows["terms"]) == (
        before,
        "Thirty days",
    )
    assert carols.put(f"{path}?{word}=false", said).rows["terms"] == "Pay me"
    assert Company.objects.get(pk=cast.alice.company_id).settings == before
