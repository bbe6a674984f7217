"""Pay an invoice in instalments, from its page."""

from __future__ import annotations

import pytest

from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from tests.unit.office import papers
from tests.unit.office.conftest import Office
from tests.unit.office.reading import faults, text, toasts

SPLIT = {"count": "3", "first": "2026-12-31", "rhythm": "5"}


def at(invoice: Invoice, *more: str) -> str:
    return "/".join(["/invoices", ids.encode(invoice.pk), *more])


def test_an_invoice_is_split_shown_and_due_at_once_again(office: Office) -> None:
    invoice, browser = papers.invoice(office.alice, office.client), office.browser()
    answer = browser.post(at(invoice, "instalments"), SPLIT, follow=True)
    assert toasts(answer) == ["The instalments are planned."]
    assert "Instalment 3 of 3 €33.34 on Feb 28, 2027" in text(answer)
    invoice.refresh_from_db()
    assert invoice.instalments == [
        {"date": "2026-12-31", "amount": "33.33"},
        {"date": "2027-01-31", "amount": "33.33"},
        {"date": "2027-02-28", "amount": "33.34"},
    ]
    assert "Dec 31, 2026 €33.33" in text(browser.get(at(invoice, "instalments")))
    browser.post(at(invoice, "instalments"), {**SPLIT, "mails": "", "charges": "1"})
    invoice.refresh_from_db()
    assert ([row["silent"] for row in invoice.instalments], invoice.auto_bill_enabled) == ([True] * 3, True)
    browser.post(at(invoice, "instalments"), {**SPLIT, "at_once": "1"})
    invoice.refresh_from_db()
    assert (invoice.instalments, invoice.partial) == ([], 0)


@pytest.mark.parametrize(("field", "value"), [("count", "1"), ("count", "many"), ("first", "soon")])
def test_what_makes_no_sense_is_said_at_its_field(office: Office, field: str, value: str) -> None:
    invoice = papers.invoice(office.alice, office.client)
    answer = office.browser().post(at(invoice, "instalments"), {**SPLIT, field: value})
    assert (answer.status_code, list(faults(answer))) == (422, [field])
    invoice.refresh_from_db()
    assert invoice.instalments == []


def test_a_paid_invoice_offers_none(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    assert "Pay in instalments" in text(office.browser().get(at(invoice)))
    papers.payment(office.alice, office.client, "100", of=invoice)
    assert "Pay in instalments" not in text(office.browser().get(at(invoice)))
