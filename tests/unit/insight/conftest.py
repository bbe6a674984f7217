"""A bakery that Ada invoices in euros, and short words for what happens to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.insight.statements import Statement, Wish, statement_of
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.scope import acting_for
from tests import factories

TODAY = date(2026, 6, 30)


@dataclass
class Books:
    client: Client
    ada: Actor

    def draft(self, amount: str, on: date, due: date | None = None) -> Invoice:
        fields = {"client": self.client, "date": on, "due_date": due, "line_items": _lines(amount)}
        return create_invoice(fields, by=self.ada, on=on)

    def invoice(self, amount: str, on: date, due: date | None = None) -> Invoice:
        return mark_sent(self.draft(amount, on, due), by=self.ada, on=on)

    def credit(self, amount: str, on: date) -> Credit:
        fields = {"client": self.client, "date": on, "line_items": _lines(amount)}
        return issue_credit(create_credit(fields, by=self.ada, on=on), by=self.ada, on=on)

    def pay(self, amount: str, on: date, **parts: Any) -> Payment:
        fields = {"client": self.client, "amount": Decimal(amount), "date": on, **parts}
        return record_payment(fields, by=self.ada, on=on)

    def settle(self, invoice: Invoice, amount: str, on: date) -> Payment:
        return self.pay(amount, on, invoices=[{"invoice": invoice, "amount": Decimal(amount)}])

    def statement(self, start: date, end: date, on: date = TODAY, **more: Any) -> Statement:
        return statement_of(Client.objects.get(pk=self.client.pk), Wish(start, end, **more), on=on)


def _lines(amount: str) -> list[dict[str, Any]]:
    return [{"product_key": "Bread", "quantity": Decimal(1), "cost": Decimal(amount)}]


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    company = factories.account_with_company(currency_id="3", language_id="4", payment_terms="")
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        people = [{"first_name": "Claire", "email": "claire@epis.example", "send_email": True}]
        client = create_client({"name": "Les Épis", "contacts": people}, by=ada, on=TODAY)
        yield Books(client, ada)
