"""Two clients become one, and a client is forgotten: every figure follows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.clients.purging import purge_client
from comptoir.config import audit
from comptoir.kernel.refused import Refused
from comptoir.ledger.models import Entry
from comptoir.payments.models import Payment
from comptoir.payments.operations import mark_paid
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


def client_with_money(name, by, cost):
    client = create_client({"name": name, "contacts": [{"email": f"{name}@example.com"}]}, by=by, on=ON)
    for sum_ in (cost, cost * 2):
        line = {"cost": Decimal(sum_), "quantity": Decimal(1)}
        invoice = invoices.create_invoice({"client": client, "line_items": [line]}, by=by, on=ON)
        invoices.mark_sent(invoice, by=by, on=ON)
    mark_paid(invoice, by=by, on=ON)
    client.refresh_from_db()
    return client


@pytest.mark.django_db
def test_a_merge_adds_the_figures_up_and_moves_every_document():
    company = factories.account_with_company()
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        kept, gone = client_with_money("kept", ada, 10), client_with_money("gone", ada, 7)
        merge_clients(kept, gone, by=ada, on=ON)
        kept.refresh_from_db(), gone.refresh_from_db()
        assert (kept.balance, kept.paid_to_date, gone.balance, gone.paid_to_date) == (17, 34, 0, 0)
        assert Invoice.objects.filter(client=kept).count() == 4
        assert Payment.objects.filter(client=kept).count() == 2
    assert audit.examine() == []


@pytest.mark.django_db
def test_a_purge_forgets_everything_where_no_law_forbids_it():
    company = factories.account_with_company()
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client, other = client_with_money("gone", ada, 7), client_with_money("stays", ada, 5)
        purge_client(client, by=ada, on=ON)
        assert list(Client.objects.all()) == [other]
        assert Entry.objects.exclude(client=other).count() == 0
        assert (Invoice.objects.count(), Payment.objects.count()) == (2, 1)
        with pytest.raises(Exception, match="append-only"):
            Entry.objects.filter(client=other).delete()


@pytest.mark.django_db
def test_a_french_client_with_issued_invoices_is_kept_and_nothing_moves():
    company = factories.account_with_company(country_id="250")
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = client_with_money("kept", ada, 7)
        before = Entry.objects.count()
        with pytest.raises(Refused) as refusal:
            purge_client(client, by=ada, on=ON)
        assert list(refusal.value.errors) == ["id"]
        assert (Client.objects.count(), Invoice.objects.count(), Entry.objects.count()) == (1, 2, before)
