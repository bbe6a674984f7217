"""Tables with enough rows that a planner must choose: shared by the tests of a module, and rolled back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptoir.catalogue.models import Product
from comptoir.clients.models import Client, Contact
from comptoir.payments.models import Payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.plans import analyzed

ON: Final = date(2026, 3, 2)
MANY: Final = 600
FEW: Final = 5
"""Of each table: what few rows have, the first five have."""


@contextmanager
def house(blocker: Any) -> Iterator[Company]:
    """A company in scope with MANY rows of each list, until the block ends; the planner knows of them."""
    with blocker.unblock(), transaction.atomic():
        company = factories.account_with_company()
        with acting_for(company):
            _fill()
            analyzed(Client, Contact, Invoice, Quote, Credit, RecurringInvoice, Payment, Product)
            yield company
        transaction.set_rollback(True)


def _fill() -> None:
    rows = range(MANY)
    clients = [Client(**_client(n)) for n in rows]
    insert(clients)
    insert([Contact(client=each, email=f"{each.number}@example.com", **fresh("contact")) for each in clients])
    insert([Invoice(**_document(n, clients[n])) for n in rows])
    insert([Quote(**_document(n, clients[n])) for n in rows])
    insert([Credit(**_document(n, clients[n])) for n in rows])
    insert(
        [
            RecurringInvoice(
                **_document(n, clients[n]), anchor=ON, next_on=ON, frequency_id="1" if n < FEW else "5"
            )
            for n in rows
        ]
    )
    insert([Payment(**_payment(n, clients[n])) for n in rows])
    insert([Product(product_key=f"K{n:04}", price=n, cost=n, archived_at=_away(n)) for n in rows])


def _client(n: int) -> dict[str, Any]:
    name = f"client {n * 7 % MANY:04}"
    few = {"size_id": "3", "industry_id": "4", "custom_value1": "yes", "credit_balance": Decimal(7)}
    return {
        "name": name, "display_name": name, "sort_name": name, "number": f"{n:04}", "id_number": f"ID-{n}",
        "archived_at": _away(n),
    } | (few if n < FEW else {})  # fmt: skip


def _document(n: int, client: Client) -> dict[str, Any]:
    return {
        "client": client, "number": f"{n:04}", "date": ON - timedelta(days=n), "currency_id": "1",
        "due_date": ON - timedelta(days=n) if n < FEW else None, "balance": Decimal(5),
        "status_id": 3 if n < FEW else 1 + 3 * (n % 2), "archived_at": _away(n),
    }  # fmt: skip


def _payment(n: int, client: Client) -> dict[str, Any]:
    return {
        "client": client, "number": f"{n:04}", "date": ON - timedelta(days=n), "currency_id": "1",
        "status_id": 6 if n < FEW else 4, "unapplied": Decimal(7 if n == FEW else 0), "archived_at": _away(n),
    }  # fmt: skip


def _away(n: int) -> Any:
    """The last five are archived."""
    return timezone.now() if n >= MANY - FEW else None


def plan(rows: Any, *without: str) -> str:
    """How the database reads these rows. PostgreSQL is kept from what only pays with so few."""
    with _sparing(*without):
        return str(rows.explain())


def plans_of(ask: Callable[[], object]) -> list[str]:
    """The plans of all questions that are asked meanwhile."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    found = []
    with _sparing("bitmapscan", "hashjoin", "material", "mergejoin", "sort"), connection.cursor() as cursor:
        for one in asked:
            cursor.execute(f"{explain} {one['sql'].replace('%', '%%')}")
            found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return found


@contextmanager
def _sparing(*ways: str) -> Iterator[None]:
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("seqscan", *ways):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        yield
        transaction.set_rollback(True)


def named(index: str) -> str:
    """How an index is called in a plan: SQLite's trigrams stand in a table of their own."""
    return re.sub(r"\w+_search", "VIRTUAL TABLE INDEX", index) if connection.vendor == "sqlite" else index
