"""Delivery notes and receipts where people find them: office and API."""

from __future__ import annotations

from decimal import Decimal

from comptoir.kernel import ids
from comptoir.payments.operations import record_payment
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from tests.unit.delivery.printed import pages

from .conftest import ON, Office


def invoice_of(office: Office) -> Invoice:
    lines = [{"product_key": "Flour", "quantity": Decimal(3), "cost": Decimal(10)}]
    by = {"by": office.alice.actor(), "on": ON}
    invoice: Invoice = mark_sent(create_invoice({"client": office.client, "line_items": lines}, **by), **by)
    return invoice


def test_the_menu_of_an_invoice_leads_to_its_delivery_note(office: Office) -> None:
    key = ids.encode(invoice_of(office).pk)
    page = office.browser().get(f"/invoices/{key}").content.decode()
    assert f'href="/invoices/{key}/delivery-note"' in page
    answer = office.browser().get(f"/invoices/{key}/delivery-note")
    assert answer.headers["Content-Type"] == "application/pdf"
    (text,) = pages(answer.content)
    assert "Delivery note" in text
    assert "€30" not in text


def test_the_menu_of_a_payment_leads_to_its_receipt(office: Office) -> None:
    invoice = invoice_of(office)
    parts = [{"invoice": invoice, "amount": Decimal(30)}]
    fields = {"client": office.client, "amount": Decimal(30), "invoices": parts}
    payment = record_payment(fields, by=office.alice.actor(), on=ON)
    key = ids.encode(payment.pk)
    assert f'href="/payments/{key}/receipt.pdf"' in office.browser().get(f"/payments/{key}").content.decode()
    answer = office.browser().get(f"/payments/{key}/receipt.pdf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="receipt-{payment.number}.pdf"'
    (text,) = pages(answer.content)
    assert "Receipt" in text
    assert invoice.number in text


def test_who_may_not_see_the_record_sees_no_paper_of_it(office: Office) -> None:
    key = ids.encode(invoice_of(office).pk)
    assert office.browser(office.carol).get(f"/invoices/{key}/delivery-note").status_code == 403
    assert office.browser(office.dora).get(f"/invoices/{key}/delivery-note").status_code == 404
