"""Delivery notes and receipts: the same family as invoices, in every design."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.delivery.documents.delivery_notes import note_name, note_of, note_page
from comptoir.delivery.documents.receipts import receipt_name, receipt_of, receipt_page
from comptoir.delivery.pdf.printing import print_page
from comptoir.designs.looks import BUILT_IN
from comptoir.designs.operations import create_design
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_payment
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.factories import account_with_company, actor, user
from tests.unit.delivery.printed import facts, line, pages

ON = date(2026, 11, 24)
FRENCH = {"country_id": "250", "currency_id": "3", "language_id": "13"}


@pytest.fixture
def home(db: None) -> Iterator[Company]:
    company = account_with_company("Atelier", **FRENCH)
    with acting_for(company):
        yield company


@pytest.fixture
def by(home: Company) -> Any:
    return {"by": actor(user(home, is_owner=True)), "on": ON}


@pytest.fixture
def client(by: Any) -> Client:
    fields = {
        "name": "Bistro",
        "address1": "1 rue A",
        "shipping_address1": "3 quai B",
        "shipping_city": "Lyon",
    }
    made: Client = create_client(fields, **by)
    return made


def issued(client: Client, by: Any, cost: int = 100) -> Invoice:
    lines = [{"product_key": "Farine", "notes": "T65", "quantity": Decimal(2), "cost": Decimal(cost)}]
    invoice: Invoice = mark_sent(
        create_invoice({"client": client, "line_items": lines, "date": ON}, **by), **by
    )
    return invoice


def paid(client: Client, invoices: list[tuple[Invoice, int]], by: Any, **more: Any) -> Payment:
    parts = [{"invoice": invoice, "amount": Decimal(amount)} for invoice, amount in invoices]
    fields = {"client": client, "invoices": parts, "date": ON, "type_id": "1", **more}
    payment: Payment = record_payment(fields, **by)
    return payment


def test_a_delivery_note_says_what_and_where_and_no_price() -> None:
    note = note_page(
        facts([line("Farine", "12.5", "40", notes="T65")], po_number="B-7", public_notes="Au fond")
    )
    assert (note.kind, note.heading, note.title) == (
        "delivery_note",
        "Bon de livraison",
        "Bon de livraison 2026-0012",
    )
    assert [column.label for column in note.tables[0].columns] == ["Description", "Quantité"]
    assert [cell.text for cell in note.tables[0].rows[0]] == ["T65", "12,5"]
    assert note.delivery is not None
    assert note.delivery.lines[0].value == "3 quai de la Marne"
    assert [detail.key for detail in note.details] == ["po_number", "date"]
    assert [text.title for text in note.prose] == ["Notes", "Reçu par (nom, date, signature)"]
    assert (note.totals, note.taxes, note.figure, note.slip, note.mentions) == ((), (), None, None, ())


def test_tasks_have_their_hours_on_it() -> None:
    note = note_page(facts([line("Conseil", "2", "80", type_id="2")]), stacked=False)
    assert [column.label for column in note.tables[0].columns] == ["Prestation", "Description", "Heures"]


@pytest.mark.parametrize("number", BUILT_IN)
def test_every_design_prints_it_without_a_price(number: int) -> None:
    told = facts([line("Farine", "12.5", "40")])
    page = note_page(told, stacked=BUILT_IN[number].stacked)
    (text,) = pages(print_page(page, look=BUILT_IN[number], moment=told.moment))
    assert "bon de livraison" in text.casefold()
    assert "12,5" in text
    assert "€" not in text.replace("10 000 €", "")


def test_a_company_s_own_design_prints_it(client: Client, by: Any, home: Company) -> None:
    own = create_design({"name": "Note", "parts": {"body": "$entity $number $product_table"}}, **by)
    update_company(home, {"settings": {"delivery_note_design_id": ids.encode(own.pk)}}, **by)
    invoice = Invoice.objects.select_related("client", "company").get(pk=issued(client, by).pk)
    (text,) = pages(note_of(invoice))
    assert text == f"Bon de livraison {invoice.number} Description Quantité Farine T65 2"
    assert note_name(invoice) == f"delivery-note-{invoice.number}.pdf"


def test_a_receipt_names_what_was_paid(client: Client, by: Any) -> None:
    first, second = issued(client, by), issued(client, by, 30)
    payment = paid(
        client, [(first, 200), (second, 40)], by, amount=Decimal(300), transaction_reference="CHQ 12"
    )
    page = receipt_page(payment)
    assert (page.kind, page.heading, page.number) == ("payment_receipt", "Reçu de paiement", payment.number)
    assert [(each.label, each.value) for each in page.details] == [
        ("Date de paiement", "24 nov. 2026"),
        ("Moyen de paiement", "Virement bancaire"),
        ("Référence", "CHQ 12"),
    ]
    assert [
        [cell.text.replace("\u202f", " ").replace("\xa0", " ") for cell in row] for row in page.tables[0].rows
    ] == [
        [first.number, "24 nov. 2026", "200,00 €", "200,00 €"],
        [second.number, "24 nov. 2026", "60,00 €", "40,00 €"],
    ]
    assert [(row.label, row.amount.replace("\xa0", " ")) for row in page.totals] == [
        ("Disponible pour d’autres factures", "60,00 €"),
        ("Montant reçu", "300,00 €"),
    ]
    assert receipt_name(payment) == f"receipt-{payment.number}.pdf"
    (text,) = pages(receipt_of(payment))
    assert "Bistro" in text
    assert "300,00 €" in text


def test_a_receipt_without_invoices_has_no_table(client: Client, by: Any) -> None:
    payment = paid(client, [], by, amount=Decimal(10))
    assert receipt_page(payment).tables == ()
    assert "10,00 €" in pages(receipt_of(payment))[0]
