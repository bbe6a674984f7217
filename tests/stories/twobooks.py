"""Two sets of books, on paper (``books.py``) and in the house, and what must hold between them."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from hypothesis.stateful import RuleBasedStateMachine, invariant

from comptoir.api.door import api
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.config import audit
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.ledger.models import COLUMNS, Entry
from comptoir.payments.models import Payment
from comptoir.people.models import Membership
from comptoir.people.tokens import login_token
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy.models import Company
from comptoir.tenancy.reading import read
from comptoir.tenancy.scope import acting_for
from comptoir.tenancy.statements import run
from tests import factories
from tests.stories import books
from tests.stories.books import Books, No

# On PostgreSQL, which is asked the same questions, a quarter shows whether it answers alike.
USUAL = 75 if connection.vendor == "postgresql" else 300
SEQUENCES = int(os.environ.get("COMPTOIR_BOOKS_SEQUENCES", USUAL))
AT_NIGHT = SEQUENCES > 300
ON = date(2026, 3, 2)
LEDGER = (
    f"SELECT client_id, account, SUM(amount) FROM {Entry._meta.db_table} WHERE company_id = %s GROUP BY 1, 2"
)
TABLES: dict[Any, Any] = {
    "invoice": Invoice,
    "credit": Credit,
    books.Client: Client,
    books.Payment: Payment,
    books.Quote: Quote,
    books.Schedule: RecurringInvoice,
}
STATUS = {"draft": "1", "sent": "2", "partial": "3", "paid": "4", "cancelled": "5", "reversed": "6"}
OPEN = ("sent", "partial")


@dataclass
class Cast:
    """A company of two clients: each life begins with them, and none leaves a trace."""

    company: Company
    by: dict[str, Any]
    token: str
    clients: list[int]

    @classmethod
    def made(cls) -> Cast:
        company = factories.account_with_company()
        person = factories.user(company, is_owner=True)
        by = {"by": factories.actor(person), "on": ON}
        with acting_for(company):
            token = login_token(Membership.objects.get(user=person)).value
            clients = [create_client({"name": name}, **by).pk for name in ("Verger", "Moulin")]
        return cls(company, by, token, clients)


class TwoBooks(RuleBasedStateMachine):
    """Every verb is done twice, on paper and in the house: both do it, or both refuse."""

    cast: ClassVar[Cast]

    def __init__(self) -> None:
        super().__init__()
        self.all = transaction.atomic()
        self.all.__enter__()
        self.by = self.cast.by
        self.scope = acting_for(self.cast.company)
        self.scope.__enter__()
        self.paper = Books()
        self.keys: dict[object, int] = dict(zip(self.paper.clients, self.cast.clients, strict=True))

    def teardown(self) -> None:
        faults = audit.examine()
        self.close()
        assert [str(fault) for fault in faults] == []

    def close(self) -> None:
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.all.__exit__(None, None, None)

    def both(self, on_paper: Callable[[], Any], in_the_house: Callable[[], Any]) -> None:
        """Whatever the paper's verb makes is known from then on by the row that the house's made."""
        try:
            made = on_paper()
        except No:
            with pytest.raises(Refused):
                in_the_house()
            return
        row = in_the_house()
        if made is not None:
            self.keys[made] = row.pk

    def row(self, thing: Any) -> Any:
        table = TABLES[thing.kind if isinstance(thing, books.Document) else type(thing)]
        return read(table, [self.keys[thing]])[self.keys[thing]]

    def parts(self, kind: str, shares: books.Shares) -> list[dict[str, Any]]:
        return [{kind: self.row(document), "amount": amount} for document, amount in shares]

    # what must hold

    @invariant()
    def the_books_agree(self) -> None:
        if AT_NIGHT:
            assert [str(fault) for fault in audit.examine()] == []
        self.figures_agree()
        self.documents_agree()
        self.payments_agree()

    def figures_agree(self) -> None:
        """The sums of the ledger and the API's answer are the paper's, in the order of ``Books.figures``."""
        told = {row["id"]: row for row in self.ask("clients")}
        sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
        for client, account, micros in run(LEDGER, (self.cast.company.pk,)):
            sums[client, account] = Decimal(micros).scaleb(-6)
        for client in self.paper.clients:
            key, right = self.keys[client], self.paper.figures(client)
            assert tuple(sums[key, account] for account in COLUMNS) == right
            assert tuple(told[ids.encode(key)][column] for column in COLUMNS.values()) == right

    def documents_agree(self) -> None:
        told = {("invoice", row["id"]): row for row in self.ask("invoices")}
        told |= {("credit", row["id"]): row for row in self.ask("credits")}
        for one in self.paper.documents:
            row = told[one.kind, ids.encode(self.keys[one])]
            assert (row["amount"], row["balance"], row["paid_to_date"], row["is_deleted"]) == (
                one.amount,
                one.balance,
                one.paid,
                one.deleted,
            )
            same = OPEN if one.split and one.status in OPEN else (one.status,)  # decision M9
            assert row["status_id"] in {STATUS[each] for each in same}

    def payments_agree(self) -> None:
        told = {row["id"]: row for row in self.ask("payments")}
        for one in self.paper.payments:
            row = told[ids.encode(self.keys[one])]
            assert (row["amount"], row["refunded"], row["is_deleted"]) == (
                one.amount,
                one.refunded,
                one.deleted,
            )
            parts = [(part.amount, part.refunded) for part in one.parts if not part.gone]
            assert sorted((p["amount"], p["refunded"]) for p in row["paymentables"]) == sorted(parts)

    def ask(self, path: str) -> list[dict[str, Any]]:
        request = RequestFactory().get(
            f"/api/v1/{path}?per_page=100", headers={"X-API-TOKEN": self.cast.token}
        )
        return json.loads(api(request, path).content, parse_float=Decimal)["data"]  # type: ignore[attr-defined]

    @staticmethod
    def one_of(things: list[Any], which: int) -> Any:
        return things[which % len(things)]

    @property
    def invoices(self) -> list[books.Document]:
        return [one for one in self.paper.documents if one.kind == "invoice"]

    @property
    def live_clients(self) -> list[books.Client]:
        return [one for one in self.paper.clients if not one.gone]
