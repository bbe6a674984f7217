"""Random lives of two clients, held against the books of ``books.py`` after every step (reliability D5).

COMPTOIR_BOOKS_SEQUENCES says how many lives (300; 10,000 at night), COMPTOIR_BOOKS_SEED which; a failing
test prints the seed.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comptoir.api.door import api
from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.config import audit
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.ledger.models import COLUMNS, Entry
from comptoir.payments import operations as payments
from comptoir.payments.models import Payment
from comptoir.people.models import Membership
from comptoir.people.tokens import login_token
from comptoir.sales.credits import operations as credits
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.stories import books
from tests.stories.books import ZERO, Books, No

SEQUENCES = int(os.environ.get("COMPTOIR_BOOKS_SEQUENCES", "300"))
SEED = int(os.environ.get("COMPTOIR_BOOKS_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
AT_NIGHT = SEQUENCES > 300
SHARES = 4
STEPS = 20

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
ON = date(2026, 3, 2)
TABLES = {"invoice": Invoice, "credit": Credit}
VERBS = {"invoice": invoices, "credit": credits}
STATUS = {"draft": "1", "sent": "2", "partial": "3", "paid": "4", "cancelled": "5"}

pick = st.integers(0, 9)
sums = st.sampled_from(["0.01", "10", "25.50", "33.33", "100", "250", "-40"]).map(Decimal)
money = st.sampled_from(["0.01", "10", "25.50", "33.33", "100", "250"]).map(Decimal)
how_much = st.sampled_from(["all", "all", "half", "a little", "more"])


def share(owed: Decimal, how: str) -> Decimal:
    """A part of what is owed, or a cent more than it."""
    half = (owed / 2).quantize(Decimal("0.01"), ROUND_DOWN) or owed
    return {"all": owed, "half": half, "a little": Decimal("0.01"), "more": owed + Decimal("0.01")}[how]


class Lives(RuleBasedStateMachine):
    """Every verb is done twice, on paper and in the house: both do it, or both refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.all = transaction.atomic()
        self.all.__enter__()
        company = factories.account_with_company()
        person = factories.user(company, is_owner=True)
        self.by = {"by": factories.actor(person), "on": ON}
        self.scope = acting_for(company)
        self.scope.__enter__()
        self.token = login_token(Membership.objects.get(user=person)).value
        self.paper = Books()
        self.keys: dict[object, int] = {}
        for name, client in zip(("Verger", "Moulin"), self.paper.clients, strict=True):
            self.keys[client] = create_client({"name": name}, **self.by).pk

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
        kinds = {books.Client: Client, books.Payment: Payment}
        table = TABLES[thing.kind] if isinstance(thing, books.Document) else kinds[type(thing)]
        return table.objects.get(pk=self.keys[thing])

    def parts(self, kind: str, shares: books.Shares) -> list[dict[str, Any]]:
        return [{kind: self.row(document), "amount": amount} for document, amount in shares]

    # documents

    @rule(kind=st.sampled_from(["invoice", "invoice", "credit"]), whose=pick, amount=sums)
    def draft(self, kind: Any, whose: int, amount: Decimal) -> None:
        client = self.one_of(self.live_clients, whose)
        amount = abs(amount) if kind == "credit" else amount
        fields = {"client": self.row(client), "line_items": lines(amount)}
        create = invoices.create_invoice if kind == "invoice" else credits.create_credit
        self.both(lambda: self.paper.draft(kind, client, amount), lambda: create(fields, **self.by))

    @precondition(lambda self: self.paper.documents)
    @rule(which=pick, amount=sums)
    def edit(self, which: int, amount: Decimal) -> None:
        document = self.one_of(self.paper.documents, which)
        amount = abs(amount) if document.kind == "credit" else amount
        update = invoices.update_invoice if document.kind == "invoice" else credits.update_credit
        changed = {"line_items": lines(amount)}
        self.both(
            lambda: self.paper.edit(document, amount),
            lambda: update(self.row(document), changed, **self.by) and None,
        )

    @precondition(lambda self: self.paper.documents)
    @rule(which=pick)
    def send(self, which: int) -> None:
        self.verb(self.one_of(self.paper.documents, which), self.paper.send, "mark_sent")

    @precondition(lambda self: self.invoices)
    @rule(which=pick)
    def cancel(self, which: int) -> None:
        self.verb(self.one_of(self.invoices, which), self.paper.cancel, "cancel_invoice")

    @precondition(lambda self: self.paper.documents)
    @rule(which=pick)
    def delete(self, which: int) -> None:
        document = self.one_of(self.paper.documents, which)
        self.verb(document, self.paper.delete, f"delete_{document.kind}")

    @precondition(lambda self: any(one.deleted for one in self.paper.documents))
    @rule(which=pick)
    def restore(self, which: int) -> None:
        document = self.one_of([one for one in self.paper.documents if one.deleted], which)
        self.verb(document, self.paper.restore, f"restore_{document.kind}")

    def verb(self, document: books.Document, on_paper: Callable[[Any], object], name: str) -> None:
        operation = getattr(VERBS[document.kind], name)
        self.both(lambda: on_paper(document), lambda: operation(self.row(document), **self.by))

    # payments

    @precondition(lambda self: self.invoices)
    @rule(first=pick, second=pick, how=how_much, credit=pick, use=how_much, more=st.booleans(), extra=money)
    def pay(
        self, first: int, second: int, how: str, credit: int, use: str, more: bool, extra: Decimal
    ) -> None:
        """One or two invoices, perhaps with a credit, perhaps with something left over."""
        payable = [one for one in self.invoices if one.payable] or self.invoices
        chosen = dict.fromkeys([self.one_of(payable, first), self.one_of(payable, second)])
        client = next(iter(chosen)).client
        shares = [(one, share(one.owed, how)) for one in chosen if more or one.client is client]
        open_ = [one for one in self.paper.documents if one.kind == "credit" and one.client is client]
        used = self.one_of(open_, credit) if open_ and credit % 2 else None
        limit = sum((part for _, part in shares), ZERO)
        uses = [(used, share(min(used.owed, limit), use))] if used else []
        amount = limit - sum((part for _, part in uses), ZERO) + extra if more else ZERO
        fields = {
            "client": self.row(client),
            "amount": amount,
            "invoices": self.parts("invoice", shares),
            "credits": self.parts("credit", uses),
        }
        self.both(
            lambda: self.paper.pay(client, amount, shares, uses),
            lambda: payments.record_payment(fields, **self.by),
        )

    @rule(whose=pick, amount=money)
    def pay_in_advance(self, whose: int, amount: Decimal) -> None:
        client = self.one_of(self.live_clients, whose)
        fields = {"client": self.row(client), "amount": amount}
        self.both(
            lambda: self.paper.pay(client, amount, []), lambda: payments.record_payment(fields, **self.by)
        )

    @precondition(lambda self: self.invoices)
    @rule(which=pick)
    def mark_paid(self, which: int) -> None:
        invoice = self.one_of(self.invoices, which)
        self.both(
            lambda: self.paper.mark_paid(invoice), lambda: payments.mark_paid(self.row(invoice), **self.by)
        )

    @precondition(lambda self: self.invoices)
    @rule(which=pick, amount=money)
    def pay_some(self, which: int, amount: Decimal) -> None:
        invoice = self.one_of(self.invoices, which)
        self.both(
            lambda: self.paper.pay_some(invoice, amount),
            lambda: payments.record_amount_paid(self.row(invoice), amount, **self.by),
        )

    @precondition(lambda self: self.invoices and any(one.left for one in self.paper.payments))
    @rule(which=pick, to=pick, how=how_much)
    def apply(self, which: int, to: int, how: str) -> None:
        payment = self.one_of([one for one in self.paper.payments if one.left], which)
        own = [one for one in self.invoices if one.client is payment.client and one.payable]
        invoice = self.one_of(own or self.invoices, to)
        part = share(min(payment.left, invoice.owed), how)
        if not part:  # a cent more than one that is owed to the client is nothing
            return
        self.both(
            lambda: self.paper.apply(payment, invoice, part),
            lambda: self.update(payment, {"invoices": self.parts("invoice", [(invoice, part)])}),
        )

    def update(self, payment: books.Payment, fields: dict[str, Any]) -> None:
        payments.update_payment(self.row(payment), fields, **self.by)

    @precondition(lambda self: self.paper.payments)
    @rule(which=pick, part=pick, how=how_much)
    def refund(self, which: int, part: int, how: str) -> None:
        payment = self.one_of(self.paper.payments, which)
        settled = payment.live("invoice")
        invoice = self.one_of(settled, part).document if settled else None
        there = sum((one.net for one in settled if one.document is invoice), ZERO)
        amount = share(there if invoice else payment.left, how)
        said = self.parts("invoice", [(invoice, amount)]) if invoice else []
        self.both(
            lambda: self.paper.refund(payment, invoice, amount),
            lambda: payments.refund_payment(self.row(payment), amount, said, **self.by) and None,
        )

    @precondition(lambda self: self.paper.payments)
    @rule(which=pick)
    def delete_payment(self, which: int) -> None:
        payment = self.one_of(self.paper.payments, which)
        self.both(
            lambda: self.paper.void(payment), lambda: payments.delete_payment(self.row(payment), **self.by)
        )

    @precondition(lambda self: any(one.deleted for one in self.paper.payments))
    @rule(which=pick)
    def restore_payment(self, which: int) -> None:
        payment = self.one_of([one for one in self.paper.payments if one.deleted], which)
        self.both(
            lambda: self.paper.bring_back(payment),
            lambda: payments.restore_payment(self.row(payment), **self.by),
        )

    @precondition(lambda self: len(self.live_clients) > 1 and len(self.paper.documents) > 3)
    @rule(first=pick)
    def merge(self, first: int) -> None:
        kept = self.one_of(self.live_clients, first)
        absorbed = self.one_of([one for one in self.live_clients if one is not kept], 0)
        self.both(
            lambda: self.paper.merge(kept, absorbed),
            lambda: merge_clients(self.row(kept), self.row(absorbed), **self.by),
        )

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
        entries = Entry.objects.order_by().values_list("client_id", "account").annotate(Sum("amount"))
        sums = {(client, account): total for client, account, total in entries}
        for client in self.paper.clients:
            key, right = self.keys[client], self.paper.figures(client)
            assert tuple(sums.get((key, account), ZERO) for account in COLUMNS) == right
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
            assert row["status_id"] == STATUS[one.status]

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
        request = RequestFactory().get(f"/api/v1/{path}?per_page=100", headers={"X-API-TOKEN": self.token})
        return json.loads(api(request, path).content, parse_float=Decimal)["data"]  # type: ignore[attr-defined]

    @staticmethod
    def one_of(things: list[Any], which: int) -> Any:
        return things[which % len(things)]

    @property
    def invoices(self) -> list[books.Document]:
        return [one for one in self.paper.documents if one.kind == "invoice"]

    @property
    def live_clients(self) -> list[books.Client]:
        return [one for one in self.paper.clients if not one.merged]


def lines(amount: Decimal) -> list[dict[str, Any]]:
    return [{"cost": amount, "quantity": Decimal(1)}]


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(SHARES))
def test_the_books_balance_after_every_step_of_a_random_life(place: int) -> None:
    print(f"COMPTOIR_BOOKS_SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    run_state_machine_as_test(
        seed(SEED + place)(Lives),
        settings=settings(
            max_examples=-(-SEQUENCES // SHARES),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
