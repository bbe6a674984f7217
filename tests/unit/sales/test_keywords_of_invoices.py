"""Words of time on invoices that people write: replaced when the invoice is made (contract rules 15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from comptoir.clients.models import Client
from comptoir.clients.operations import update_client
from comptoir.sales.invoices.operations import create_invoice, update_invoice
from comptoir.sales.quotes.operations import create_quote
from tests.stories.conftest import cast  # noqa: F401

JULY = date(2026, 7, 15)
WORDS = {
    "line_items": [
        {"product_key": "Rent :MONTH", "notes": "[MONTHYEAR|MONTHYEAR+2]", "cost": Decimal(9), "quantity": 1}
    ],
    "public_notes": "For :QUARTER :YEAR",
    "terms": "Due in :MONTH+1",
    "footer": "10:30",
}


def test_they_become_times_of_the_invoice_s_own_date(cast):  # noqa: F811
    client, ada = cast
    invoice = create_invoice({"client": client, "date": JULY, **WORDS}, by=ada, on=date(2026, 3, 1))
    line = invoice.raw_lines[0]
    assert (line["product_key"], line["notes"]) == ("Rent July", "July 2026 – September 2026")
    assert (invoice.public_notes, invoice.terms, invoice.footer) == ("For Q3 2026", "Due in August", "10:30")
    assert invoice.amount == 9


def test_in_the_client_s_language(cast):  # noqa: F811
    client, ada = cast
    update_client(client, {"settings": {"language_id": "13"}}, by=ada, on=JULY)
    invoice = create_invoice({"client": Client.objects.get(), "date": JULY, **WORDS}, by=ada, on=JULY)
    assert (invoice.terms, invoice.raw_lines[0]["product_key"]) == ("Due in août", "Rent juillet")


def test_what_is_written_later_or_on_a_quote_stays(cast):  # noqa: F811
    client, ada = cast
    invoice = create_invoice({"client": client, "date": JULY}, by=ada, on=JULY)
    update_invoice(invoice, {"terms": ":MONTH"}, by=ada, on=JULY)
    quote = create_quote({"client": client, "date": JULY, **WORDS}, by=ada, on=JULY)
    assert (invoice.terms, quote.terms, quote.raw_lines[0]["product_key"]) == (
        ":MONTH",
        "Due in :MONTH+1",
        "Rent :MONTH",
    )
