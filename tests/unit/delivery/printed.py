"""A cast of documents for the tests of printing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2 as pdfium

from comptoir.billing.lines import Line
from comptoir.billing.totals import Document, add_up
from comptoir.delivery.pdf.facts import Bank, DocumentFacts, Law
from comptoir.delivery.placeholders.parties import Address, Client, Company, Contact, CustomField
from comptoir.delivery.placeholders.reader import Reader
from comptoir.designs.layout import Layout
from comptoir.reference import currency_by_code

VAT = ("TVA", Decimal(20))
LYON = Address("12 rue de la République", "", "Lyon", "", "69002", "France", "FR")
ATELIER = Company(
    name="Atelier Dupont",
    id_number="81234567800019",
    vat_number="FR32812345678",
    email="bonjour@atelier.example",
    phone="+33 4 78 00 00 00",
    address=LYON,
    legal_form="SARL",
    capital="10 000 €",
    trade_register="RCS Lyon",
)
BAKERY = Client(
    name="Boulangerie Les Épis d’Or",
    number="0042",
    id="VolejRejNm",
    vat_number="FR55123456789",
    phone="+33 1 44 00 00 00",
    address=Address("8 place du Marché", "Bâtiment B", "Vincennes", "", "94300", "France", "FR"),
    shipping=Address("3 quai de la Marne", "", "Joinville-le-Pont", "", "94340", "France", "FR"),
    custom=(CustomField("Niveau", value="Or"), CustomField("Fidèle", "switch", "yes")),
)
CLAIRE = Contact(
    "Claire",
    "Martin",
    "claire@epis.example",
    "+33 6 00 00 00 00",
    (CustomField("Née le", "date", "1980-03-07"), CustomField("Infolettre", "switch", "no")),
)
BANK = Bank("Atelier Dupont SARL", "FR7630006000011234567890189", "AGRIFRPP")


def line(name: str = "Conseil", quantity: str = "1", cost: str = "100", **more: Any) -> Line:
    """One line, taxed at 20 % unless told otherwise."""
    tax, rate = more.pop("tax", VAT)
    return Line(
        product_key=name,
        quantity=Decimal(quantity),
        cost=Decimal(cost),
        tax_name1=tax,
        tax_rate1=rate,
        **more,
    )


def reader(locale: str = "fr", code: str = "EUR") -> Reader:
    currency = currency_by_code(code)
    assert currency is not None
    return Reader(locale, currency)


def facts(lines: Sequence[Line] = (), *, locale: str = "fr", code: str = "EUR", **more: Any) -> DocumentFacts:
    """An invoice of the Atelier to the bakery; keyword arguments replace its facts."""
    who = reader(locale, code)
    sums = Document(
        list(lines) or [line()],
        discount=more.get("discount", Decimal(0)),
        is_amount_discount=more.get("is_amount_discount", True),
        surcharges=[charge.amount for charge in more.get("surcharges", ())],
        inclusive=more.get("inclusive", False),
        precision=who.currency.precision,
    )
    totals = add_up(sums)
    told = {
        "kind": "invoice",
        "reader": who,
        "company": ATELIER,
        "client": BAKERY,
        "contact": CLAIRE,
        "totals": totals,
        "on": date(2026, 11, 24),
        "due": date(2026, 12, 24),
        "number": "2026-0012",
        "balance": totals.amount - more.get("paid_to_date", Decimal(0)),
        "layout": Layout.chosen({}),
        "law": Law("FR"),
        "moment": "2026-11-24T10:00:00Z",
    }
    return DocumentFacts(**(told | more))


def pages(pdf: bytes) -> list[str]:
    """Text of each page, one space between words, ordinary spaces for all kinds of them."""
    with pdfium.PdfDocument(pdf) as book:
        texts = [page.get_textpage().get_text_range() for page in book]
    return [" ".join(text.replace("\ufffe", "-").split()) for text in texts]
