"""Whom the stories are about: Ada, who owns a company in dollars, and her client Verger."""

from __future__ import annotations

import pytest

from comptoir.clients.models import Client, Contact
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories


@pytest.fixture
def cast(db):
    company = factories.account_with_company(payment_terms="14")
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        Contact.objects.create(client=client, email="paul@verger.test", is_primary=True, **fresh("contact"))
        yield client, ada
