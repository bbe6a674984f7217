"""From the row of a document to what is printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.clients.models import Client
from comptoir.delivery.documents.facts import facts_of
from comptoir.sales.invoices.operations import create_invoice
from comptoir.sales.quotes.operations import create_quote
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


@pytest.fixture
def cast(db):
    company = factories.account_with_company()
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = Client.objects.create(company=company, name="Verger", display_name="Verger", number="0001")
        yield company, client, ada


def test_a_surcharge_keeps_its_slot(cast):
    company, client, ada = cast
    company.custom_fields = {"surcharge3": "Freight"}
    company.save()
    fields = {"client": client, "line_items": [], "custom_surcharge3": Decimal(7)}
    facts = facts_of(create_invoice(fields, by=ada, on=ON))
    assert [(each.label, each.amount) for each in facts.surcharges] == [
        ("", 0),
        ("", 0),
        ("Freight", 7),
        ("", 0),
    ]


@pytest.mark.parametrize(("synced", "columns"), [(True, ["$product.item"]), (False, ["$product.notes"])])
def test_a_quote_has_the_columns_of_invoices_unless_it_may_have_its_own(cast, synced, columns):
    company, client, ada = cast
    company.settings |= {
        "sync_invoice_quote_columns": synced,
        "pdf_variables": {"product_columns": ["$product.item"], "product_quote_columns": ["$product.notes"]},
    }
    company.save()
    client.refresh_from_db()
    facts = facts_of(create_quote({"client": client, "line_items": []}, by=ada, on=ON))
    assert list(facts.layout.fields["product_quote_columns"]) == columns
