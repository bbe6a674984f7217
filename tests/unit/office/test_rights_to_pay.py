"""Whoever may edit documents, but create no payments, makes none of them, one by one or ticked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity.models import Activity, Job
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.operations import create_recurring
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import labels
from tests.unit.office.test_credit_and_charges import keep_a_card

EDITS = "view_client,view_all,edit_invoice,edit_credit,create_invoice,edit_recurring_invoice"


def employ(office: Office, permissions: str) -> None:
    office.carol.permissions = permissions
    office.carol.save(update_fields=["permissions"])


def moved() -> tuple[Any, ...]:
    bills = Invoice.objects.order_by("pk").values_list("status_id", "balance", "paid_to_date")
    return (*(row.objects.count() for row in (Payment, Activity, Job)), list(bills))


def an_invoice(office: Office) -> Any:
    keep_a_card(office, office.client)
    return papers.invoice(office.alice, office.client)


def a_debt(office: Office) -> Any:
    return papers.credit(office.alice, office.client, "-30")


def a_schedule(office: Office, when: str = "on_send_date") -> Any:
    update_company(
        office.alice.company, {"settings": {"auto_bill_date": when}}, by=office.alice.actor(), on=ON
    )
    office.client.refresh_from_db()
    said = {
        "client": office.client, "line_items": [papers.line("120")], "frequency_id": "5",
        "next_on": ON, "auto_bill": "always",
    }  # fmt: skip
    return create_recurring(said, by=office.alice.actor(), on=ON)


@pytest.mark.parametrize(
    ("kind", "verb", "label", "make"),
    [
        ("invoices", "mark_paid", "Mark as paid", an_invoice),
        ("invoices", "auto_bill", "Charge the stored method", an_invoice),
        ("credits", "mark_paid", "Mark as paid", a_debt),
        ("recurring", "send_now", "Send now", a_schedule),
    ],
)
def test_no_verb_pays(
    office: Office, kind: str, verb: str, label: str, make: Callable[[Office], Any]
) -> None:
    key = ids.encode(make(office).pk)
    employ(office, EDITS)
    browser, before = office.browser(office.carol), moved()
    assert label not in labels(browser.get(f"/{kind}/{key}").context["kebab"])
    assert browser.get(f"/{kind}/{key}/{verb}").status_code == 403
    assert browser.post(f"/{kind}/{key}/{verb}").status_code == 403
    assert browser.post(f"/{kind}/bulk", {"action": verb, "ids": [key]}).status_code == 302
    assert moved() == before
    employ(office, f"{EDITS},create_payment")
    assert label in labels(browser.get(f"/{kind}/{key}").context["kebab"])
    assert browser.post(f"/{kind}/{key}/{verb}").status_code == 302
    assert moved() != before


def test_a_schedule_whose_invoices_are_charged_when_due_is_sent_now(office: Office) -> None:
    key = ids.encode(a_schedule(office, "on_due_date").pk)
    employ(office, EDITS)
    assert office.browser(office.carol).post(f"/recurring/{key}/send_now").status_code == 302
    assert Invoice.objects.get().balance == Decimal(120)
