from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from comptoir.clients.models import Client
from comptoir.numbering.drawing import draw
from comptoir.numbering.patterns import Context
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Account, Company
from comptoir.tenancy.scope import acting_for

DAY = date(2026, 11, 24)


def new_company(key: str = "k", **settings: Any) -> Company:
    account = Account.objects.create(key=f"account-{key}")
    return Company.objects.create(account=account, company_key=f"company-{key}", settings=settings)


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    """A company in scope, with no settings of its own."""
    with acting_for(new_company()) as company:
        yield company


def save_client(number: str = "", **fields: Any) -> Client:
    return Client.objects.create(number=number, **fields)


def drawn(series: str = "client", *, client: Client | None = None, on: date = DAY, **settings: Any) -> str:
    """Draw one number with these company settings, against the numbers of the clients."""
    with transaction.atomic():
        context = Context(on=on, client=client, group_id=client.group_id if client else None)
        return draw(series, Preferences((settings,)), context, Client.objects.all())


def used(series: str = "client", **more: Any) -> str:
    """Draw a number and save a client with it."""
    number = drawn(series, **more)
    save_client(number)
    return number
