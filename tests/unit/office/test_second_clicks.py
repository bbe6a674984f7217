"""A second click on what acts on many rows does nothing more, and what is chosen next is done."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.sales.recurring.models import RecurringInvoice
from tests.unit.office import papers
from tests.unit.office.conftest import Office
from tests.unit.office.test_recurring_pages import noon, rent

__all__ = ["noon"]
pytestmark = pytest.mark.usefixtures("noon")


def word_on(page: Any) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def keys(*rows: Any) -> list[str]:
    return [ids.encode(row.pk) for row in rows]


def receipts() -> list[int]:
    rows = MailDelivery.objects.filter(kind="payment").order_by("pk")
    return list(rows.values_list("object_id", flat=True))


def paid(office: Office) -> list[Payment]:
    client = papers.client(office.alice, "Verger", "bea@verger.test")
    return [papers.payment(office.alice, client, amount) for amount in ("5", "6")]


def test_receipts_of_ticked_payments_leave_once(office: Office) -> None:
    first, second = paid(office)
    browser = office.browser()
    sent = {"once": word_on(browser.get("/payments")), "action": "receipt", "ids": keys(first, second)}
    leads = [browser.post("/payments/bulk", sent)["Location"] for _click in range(2)]
    assert (leads, receipts()) == (["/payments"] * 2, [first.pk, second.pk])
    browser.post("/payments/bulk", {**sent, "ids": keys(second)})
    assert receipts() == [first.pk, second.pk, second.pk]
    browser.post("/payments/bulk", {**sent, "once": word_on(browser.get("/payments"))})
    assert receipts() == [first.pk, second.pk, second.pk, first.pk, second.pk]


def test_the_bar_does_one_thing_after_the_other(office: Office) -> None:
    first, _second = paid(office)
    browser = office.browser()
    sent = {"once": word_on(browser.get("/payments")), "ids": keys(first)}
    for action in ("archive", "restore"):
        browser.post("/payments/bulk", {**sent, "action": action})
        first.refresh_from_db()
        assert (first.archived_at is not None) is (action == "archive")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["form", "dialog"])
def test_prices_of_ticked_schedules_rise_once(office: Office, headers: dict[str, str]) -> None:
    ticked = {"ids": keys(rent(office), rent(office))}
    browser = office.browser()
    sent = {**ticked, "percentage_increase": "10"}
    word = word_on(browser.get("/recurring/raise", ticked, headers={"HX-Request": "true"}))
    for _click in range(2):
        answer = browser.post("/recurring/raise", {**sent, "once": word}, headers=headers)
        assert answer.status_code in ((200, 204) if headers else (302,))
    assert list(RecurringInvoice.objects.values_list("amount", flat=True)) == [132, 132]
    word = word_on(browser.get("/recurring/raise", ticked, headers={"HX-Request": "true"}))
    browser.post("/recurring/raise", {**sent, "once": word})
    assert list(RecurringInvoice.objects.values_list("amount", flat=True)) == [Decimal("145.2")] * 2


def test_the_price_of_one_schedule_rises_once(office: Office) -> None:
    at = f"/recurring/{ids.encode(rent(office).pk)}/raise"
    browser = office.browser()
    word = word_on(browser.get(at, headers={"HX-Request": "true"}))
    for _click in range(2):
        browser.post(at, {"percentage_increase": "10", "once": word})
    assert RecurringInvoice.objects.get().amount == 132


def test_ticked_documents_are_mailed_once(office: Office) -> None:
    client = papers.client(office.alice, "Verger", "bea@verger.test")
    bills = [papers.invoice(office.alice, client) for _ in range(2)]
    browser, ticked = office.browser(), {"ids": keys(*bills)}
    word = word_on(browser.get("/invoices/bulk/email", ticked, headers={"HX-Request": "true"}))
    for _click in range(2):
        browser.post("/invoices/bulk", {**ticked, "action": "email", "template": "invoice", "once": word})
    assert sorted(MailDelivery.objects.values_list("object_id", flat=True)) == [each.pk for each in bills]
