"""Reverse an invoice from its page; mark a credit below zero as paid."""

from __future__ import annotations

from comptoir.kernel import ids
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Status
from tests.unit.office import papers
from tests.unit.office.conftest import Office
from tests.unit.office.reading import text


def test_the_page_says_what_reversing_does_and_leads_to_the_credit_note(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    papers.payment(office.alice, office.client, "40", of=bill)
    browser, at = office.browser(), f"/invoices/{ids.encode(bill.pk)}/reverse"
    asked = text(browser.get(at))
    for said in (
        "A credit note of €100.00 is issued.",
        "Nothing more is owed on it.",
        "The client keeps €40.00 as credit.",
    ):
        assert said in asked
    answer = browser.post(at)
    credit = Credit.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/credits/{ids.encode(credit.pk)}")
    bill.refresh_from_db()
    assert (bill.status, bill.balance, credit.amount, credit.balance) == (Status.REVERSED, 0, 100, 40)
    shown = text(browser.get(f"/invoices/{ids.encode(bill.pk)}"))
    assert "Reversed" in shown
    assert "Reverse by a credit note" not in shown
    assert "Delete" not in text(browser.get(f"/credits/{ids.encode(credit.pk)}"))


def test_reversing_wants_the_right_to_make_credits(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    answer = office.browser(office.carol).post(f"/invoices/{ids.encode(bill.pk)}/reverse")
    assert answer.status_code in (403, 404)
    bill.refresh_from_db()
    assert (bill.status, Credit.objects.count()) == (Status.SENT, 0)


def test_a_credit_below_zero_is_marked_as_paid(office: Office) -> None:
    credit = papers.credit(office.alice, office.client, "-30")
    office.browser().post(f"/credits/{ids.encode(credit.pk)}/mark_paid")
    credit.refresh_from_db()
    assert (credit.balance, credit.paid_to_date) == (0, -30)
