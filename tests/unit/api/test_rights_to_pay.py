"""Whoever may edit invoices, but create no payments, makes none of an invoice by any way of the wire."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import Activity, Job
from comptoir.collecting.wishes import AUTO_BILL
from comptoir.ledger.models import Entry
from comptoir.payments.models import Payment
from comptoir.sales.invoices.models import Invoice
from tests.unit.api.conftest import Cast, Door
from tests.unit.api.test_lifecycles import made

pytestmark = pytest.mark.usefixtures("at_alices")

EDITS = "view_client,create_invoice,edit_invoice,create_credit,edit_credit,edit_recurring_invoice"


def moved() -> tuple[Any, ...]:
    """All that would have changed."""
    rows = (Payment, Activity, Job, Entry)
    bills = Invoice.objects.order_by("pk").values_list("status_id", "balance", "paid_to_date", "terms")
    return (*(row.objects.count() for row in rows), list(bills))


@pytest.fixture
def client(door: Door) -> str:
    return str(
        door.post("clients", {"name": "Bistro", "contacts": [{"email": "bea@bistro.test"}]}).rows["id"]
    )


@pytest.fixture
def editor(cast: Cast, carols: Door) -> Door:
    employ(cast, EDITS)
    return carols


def employ(cast: Cast, permissions: str) -> None:
    cast.carol.permissions = permissions
    cast.carol.save(update_fields=["permissions"])


WAYS = ("paid=true", "amount_paid=40", "auto_bill=true")


@pytest.mark.parametrize("way", WAYS)
def test_no_flag_of_a_save_pays(cast: Cast, door: Door, editor: Door, client: str, way: str) -> None:
    bill = made(door, "invoices", client)
    lines = [{"cost": 5, "quantity": 1}]
    before = moved()
    assert editor.put(f"invoices/{bill['id']}?{way}", {"terms": "Mine"}).status == 401
    assert editor.post(f"invoices?{way}", {"client_id": client, "line_items": lines}).status == 401
    assert moved() == before
    employ(cast, f"{EDITS},create_payment")
    assert editor.put(f"invoices/{bill['id']}?{way}", {"terms": "Mine"}).rows["terms"] == "Mine"


@pytest.mark.parametrize("action", ["mark_paid", "auto_bill"])
def test_no_action_pays(cast: Cast, door: Door, editor: Door, client: str, action: str) -> None:
    bill, draft = made(door, "invoices", client), made(door, "invoices", client, query="")
    before = moved()
    for ask in (editor.post, editor.get):
        assert ask(f"invoices/{bill['id']}/{action}").status == 401
        assert ask(f"invoices/{draft['id']}/{action}").status == 401
    answer = editor.post("invoices/bulk", {"action": action, "ids": [bill["id"], draft["id"]]})
    assert (answer.status, [row["balance"] for row in answer.rows]) == (200, [100, 0])
    assert moved() == before
    employ(cast, f"{EDITS},create_payment")
    assert editor.post("invoices/bulk", {"action": action, "ids": [bill["id"], draft["id"]]}).status == 200
    made_of = {"mark_paid": Payment.objects.all(), "auto_bill": Job.objects.filter(name=AUTO_BILL)}
    assert made_of[action].count() == 2


def test_a_credit_is_not_paid_either(cast: Cast, door: Door, editor: Door, client: str) -> None:
    owed = made(door, "credits", client, cost=-30)
    before = moved()
    assert editor.post(f"credits/{owed['id']}/mark_paid").status == 401
    assert editor.put(f"credits/{owed['id']}?mark_paid=true", {}).status == 401
    assert editor.post("credits/bulk", {"action": "mark_paid", "ids": [owed["id"]]}).status == 200
    assert moved() == before
    employ(cast, f"{EDITS},create_payment")
    assert editor.post(f"credits/{owed['id']}/mark_paid").rows["status_id"] == "4"
    assert Payment.objects.count() == 1


def test_a_schedule_is_sent_now_by_them_where_nothing_is_charged(
    door: Door, cast: Cast, editor: Door, client: str
) -> None:
    assert door.put(f"clients/{client}", {"settings": {"auto_bill_date": "on_send_date"}}).status == 200
    schedule: dict[str, Any] = {"frequency_id": "5", "next_send_date": "2026-12-24"}
    quiet = made(door, "recurring_invoices", client, query="", **schedule)
    charged = made(door, "recurring_invoices", client, query="", auto_bill="always", **schedule)
    before = moved()
    assert editor.post(f"recurring_invoices/{charged['id']}/send_now").status == 401
    assert editor.put(f"recurring_invoices/{charged['id']}?send_now=true", {}).status == 401
    body = {"action": "send_now", "ids": [charged["id"]]}
    assert editor.post("recurring_invoices/bulk", body).status == 200
    by_a_change = f"recurring_invoices/{quiet['id']}?send_now=true"
    assert editor.put(by_a_change, {"auto_bill": "always"}).status == 401
    assert moved() == before
    assert editor.post(f"recurring_invoices/{quiet['id']}/send_now").status == 200
    employ(cast, f"{EDITS},create_payment")
    assert editor.post(f"recurring_invoices/{charged['id']}/send_now").status == 200
    assert [bill.auto_bill_enabled for bill in Invoice.objects.order_by("pk")] == [False, True]


def test_a_schedule_charged_when_due_is_sent_now_by_them(door: Door, editor: Door, client: str) -> None:
    assert door.put(f"clients/{client}", {"settings": {"auto_bill_date": "on_due_date"}}).status == 200
    schedule: dict[str, Any] = {"frequency_id": "5", "next_send_date": "2026-12-24", "auto_bill": "always"}
    charged = made(door, "recurring_invoices", client, query="", **schedule)
    assert editor.post(f"recurring_invoices/{charged['id']}/send_now").status == 200
    assert Invoice.objects.get().auto_bill_enabled
