"""Papers for the tests of pages: invoices, quotes, credits, payments made by the operations themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_payment
from comptoir.people.models import Membership
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.operations import create_quote
from tests.unit.office.conftest import ON


def line(cost: str = "100", quantity: str = "1", **more: Any) -> dict[str, Any]:
    return {"product_key": "Consulting", "cost": Decimal(cost), "quantity": Decimal(quantity), **more}


def client(by: Membership, name: str = "Bistro", email: str = "", **fields: Any) -> Client:
    contacts = [{"first_name": "Bea", "email": email, "send_email": True}] if email else []
    return create_client({"name": name, "contacts": contacts, **fields}, by=by.actor(), on=ON)


def invoice(
    by: Membership, whose: Client, *lines: dict[str, Any], sent: bool = True, **fields: Any
) -> Invoice:
    said = {"client": whose, "line_items": list(lines or [line()]), "is_amount_discount": False, **fields}
    made = create_invoice(said, by=by.actor(), on=ON)
    return mark_sent(made, by=by.actor(), on=ON) if sent else made


def quote(by: Membership, whose: Client, **fields: Any) -> Quote:
    return create_quote({"client": whose, "line_items": [line()], **fields}, by=by.actor(), on=ON)


def credit(by: Membership, whose: Client, cost: str = "30") -> Credit:
    made = create_credit({"client": whose, "line_items": [line(cost)]}, by=by.actor(), on=ON)
    return issue_credit(made, by=by.actor(), on=ON)


def payment(by: Membership, whose: Client, amount: str, **parts: Any) -> Payment:
    """``payment(alice, bistro, "60", of=invoice)``; without ``of`` the money is left to apply."""
    shares = [{"invoice": parts["of"], "amount": Decimal(amount)}] if parts else []
    fields = {"client": whose, "amount": Decimal(amount), "date": ON, "invoices": shares}
    return record_payment(fields, by=by.actor(), on=ON)
