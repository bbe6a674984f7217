"""What a settings page offers is obeyed (S25): products that follow lines, archiving, files and receipts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.catalogue.models import Product
from comptoir.delivery.mail.attachments import made
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids

from .conftest import House, work

LINE = {
    "product_key": "Day",
    "notes": "A day of work",
    "cost": 450,
    "quantity": 1,
    "tax_name1": "VAT",
    "tax_rate1": 20,
}
ANN = {"first_name": "Ann", "email": "ann@a.example"}
BOB = {"first_name": "Bob", "email": "bob@a.example", "send_email": False}


def follow() -> list[tuple[str, str, Decimal, str, Decimal]]:
    work("billing.")
    columns = ("product_key", "notes", "price", "tax_name1", "tax_rate1")
    return list(Product.objects.live().order_by("pk").values_list(*columns))


def test_products_follow_the_lines_of_a_saved_document(house: House) -> None:
    client = house.client(name="A")
    invoice = house.invoice(
        client, line_items=[LINE, {"notes": "No product", "cost": 1, "quantity": 1}], sent=False
    )
    assert follow() == [("Day", "A day of work", Decimal(450), "VAT", Decimal(20))]
    house.api("PUT", f"invoices/{invoice['id']}", {"line_items": [LINE | {"cost": 500, "notes": "Longer"}]})
    assert follow() == [("Day", "Longer", Decimal(500), "VAT", Decimal(20))]
    quote = {
        "client_id": ids.encode(client.pk),
        "line_items": [{"product_key": "Hour", "cost": 70.5, "quantity": 1}],
    }
    house.api("POST", "quotes", quote)
    assert follow()[1] == ("Hour", "", Decimal("70.5"), "", Decimal(0))


def test_nothing_is_written_twice(house: House) -> None:
    client = house.client(name="A")
    house.invoice(client, line_items=[LINE])
    follow()
    before = Product.objects.get().updated_at
    house.invoice(client, line_items=[LINE])
    follow()
    assert Product.objects.get().updated_at == before


def test_switched_off_products_stay_as_they_are(house: House) -> None:
    house.company_put(update_products=False)
    house.invoice(house.client(name="A"), line_items=[LINE])
    assert follow() == []


@pytest.mark.parametrize("wanted", [True, False])
def test_paid_and_cancelled_invoices_and_converted_quotes_are_archived(house: House, wanted: bool) -> None:
    names = ("auto_archive_invoice", "auto_archive_invoice_cancelled", "auto_archive_quote")
    house.wishes(**dict.fromkeys(names, wanted))
    client = house.client(name="A")

    def archived(kind: str, key: str) -> bool:
        return bool(house.api("GET", f"{kind}/{key}")["archived_at"])

    paid, cancelled = house.invoice(client), house.invoice(client)
    house.api("POST", "invoices/bulk", {"ids": [paid["id"]], "action": "mark_paid"})
    house.api("POST", "invoices/bulk", {"ids": [cancelled["id"]], "action": "cancel"})
    quote = house.api("POST", "quotes", {"client_id": ids.encode(client.pk), "line_items": [LINE]})
    house.api("POST", "quotes/bulk", {"ids": [quote["id"]], "action": "convert_to_invoice"})
    found = [
        archived("invoices", paid["id"]),
        archived("invoices", cancelled["id"]),
        archived("quotes", quote["id"]),
    ]
    assert found == [wanted] * 3


@pytest.mark.parametrize(("wanted", "names"), [(True, ["plan.pdf"]), (False, [])])
def test_files_that_the_client_may_see_go_along(house: House, wanted: bool, names: list[str]) -> None:
    house.wishes(document_email_attachment=wanted)
    invoice = house.invoice(house.client(name="A", contacts=[ANN]))
    for name, public in (("plan.pdf", "1"), ("secret.pdf", "")):
        file = SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode(), "application/pdf")
        house.office.post(f"/invoices/{invoice['id']}/upload", {"documents": [file], "is_public": public})
    house.api("POST", "invoices/bulk", {"ids": [invoice["id"]], "action": "email"})
    (mail,) = MailDelivery.objects.all()
    assert [(one.name, one.content) for one in made(mail.attachments)] == [
        (name, b"%PDF-1.4 " + name.encode()) for name in names
    ]


@pytest.mark.parametrize(
    ("wanted", "who"), [(True, {"ann@a.example", "bob@a.example"}), (False, {"ann@a.example"})]
)
def test_receipts_go_to_all_contacts_where_it_is_wanted(house: House, wanted: bool, who: set[str]) -> None:
    house.wishes(payment_email_all_contacts=wanted)
    client = house.client(name="A", contacts=[ANN, BOB])
    house.api("POST", "payments?email_receipt=true", {"client_id": ids.encode(client.pk), "amount": 5})
    assert set(MailDelivery.objects.values_list("recipient", flat=True)) == who


@pytest.mark.parametrize("wanted", [True, False])
def test_new_files_are_public_where_it_is_wanted(house: House, wanted: bool) -> None:
    house.wishes(documents_public_by_default=wanted)
    client = house.client(name="A")
    page: Any = house.office.get(f"/clients/{ids.encode(client.pk)}/tab/documents")
    assert page.context["is_public"] is wanted
