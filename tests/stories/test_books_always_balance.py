"""Random lives of two clients, held against the books of ``books.py`` after every step (reliability D5).

COMPTOIR_BOOKS_SEQUENCES says how many lives (300, on PostgreSQL 75; 10,000 at night), COMPTOIR_BOOKS_SEED
which; a failing test prints the seed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from comptoir.clients.merging import merge_clients
from comptoir.clients.purging import purge_client
from comptoir.payments import operations as payments
from comptoir.payments.models import Payment
from comptoir.payments.reversing import reverse_invoice
from comptoir.sales.credits import operations as credits
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import operations as quotes
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring import operations as recurring
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.sales.recurring.running import send_now
from tests.stories import books
from tests.stories.books import ZERO
from tests.stories.twobooks import SEQUENCES, Cast, TwoBooks

SEED = int(os.environ.get("COMPTOIR_BOOKS_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
SHARES = 4
STEPS = 20

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
DAYS = (date(2026, 4, 1), date(2026, 5, 1))
VERBS = {"invoice": invoices, "credit": credits}
pick = st.integers(0, 9)
sums = st.sampled_from(["0.01", "10", "25.50", "33.33", "100", "250", "-40"]).map(Decimal)
money = st.sampled_from(["0.01", "10", "25.50", "33.33", "100", "250"]).map(Decimal)
how_much = st.sampled_from(["all", "all", "half", "a little", "more"])


def share(owed: Decimal, how: str) -> Decimal:
    """A part of what is owed, or a cent more than it."""
    half = (owed / 2).quantize(Decimal("0.01"), ROUND_DOWN) or owed
    return {"all": owed, "half": half, "a little": Decimal("0.01"), "more": owed + Decimal("0.01")}[how]


class Lives(TwoBooks):
    """What two clients and the people who bill them may do."""

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

    @precondition(lambda self: any(one.deleted or one.archived for one in self.paper.documents))
    @rule(which=pick)
    def restore(self, which: int) -> None:
        document = self.one_of([one for one in self.paper.documents if one.deleted or one.archived], which)
        self.verb(document, self.paper.restore, f"restore_{document.kind}")

    @precondition(lambda self: self.paper.documents)
    @rule(which=pick)
    def archive(self, which: int) -> None:
        document = self.one_of(self.paper.documents, which)
        if not document.deleted:
            self.verb(document, self.paper.archive, f"archive_{document.kind}")

    @precondition(lambda self: self.invoices)
    @rule(which=pick)
    def reverse(self, which: int) -> None:
        """The payment that settles what was owed is the last one."""
        invoice = self.one_of(self.invoices, which)
        self.both(lambda: self.paper.reverse(invoice), lambda: reverse_invoice(self.row(invoice), **self.by))
        self.keys |= {
            one: Payment.objects.latest("pk").pk for one in self.paper.payments if one not in self.keys
        }

    @precondition(lambda self: self.invoices)
    @rule(which=pick, how=how_much)
    def divide(self, which: int, how: str) -> None:
        """In two instalments."""
        invoice = self.one_of(self.invoices, which)
        first = share(invoice.amount, how)
        parts = (first, invoice.amount - first)
        said = [{"date": day, "amount": part} for day, part in zip(DAYS, parts, strict=True)]
        self.both(
            lambda: self.paper.divide(invoice, *parts),
            lambda: invoices.set_instalments(self.row(invoice), said, **self.by) and None,
        )

    def verb(self, document: books.Document, on_paper: Callable[[Any], object], name: str) -> None:
        operation = getattr(VERBS[document.kind], name)
        self.both(lambda: on_paper(document), lambda: operation(self.row(document), **self.by))

    # what becomes an invoice

    @rule(whose=pick, amount=money, of=st.sampled_from(["quote", "schedule"]))
    def offer(self, whose: int, amount: Decimal, of: str) -> None:
        client = self.one_of(self.live_clients, whose)
        fields = {"client": self.row(client), "line_items": lines(amount)}
        if of == "quote":
            self.both(lambda: self.paper.offer(client, amount), lambda: self.offered(fields))
            return
        fields |= {"frequency_id": "5", "remaining_cycles": -1}
        self.both(
            lambda: self.paper.plan(client, amount), lambda: recurring.create_recurring(fields, **self.by)
        )

    def offered(self, fields: dict[str, Any]) -> Quote:
        return quotes.mark_sent(quotes.create_quote(fields, **self.by), **self.by)

    @precondition(lambda self: self.paper.quotes)
    @rule(which=pick)
    def convert(self, which: int) -> None:
        quote = self.one_of(self.paper.quotes, which)
        self.both(lambda: self.paper.convert(quote), lambda: quotes.convert_quote(self.row(quote), **self.by))

    @precondition(lambda self: self.paper.schedules)
    @rule(which=pick)
    def bill(self, which: int) -> None:
        schedule = self.one_of(self.paper.schedules, which)
        self.both(lambda: self.paper.bill(schedule), lambda: self.billed(self.row(schedule)))

    def billed(self, row: RecurringInvoice) -> Invoice:
        send_now(row, **self.by)
        return Invoice.objects.filter(recurring_id=row.pk).latest("pk")

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
        if any(one.payable and not part for one, part in shares):  # as in apply
            return
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

    @precondition(lambda self: len(self.live_clients) > 1 and len(self.paper.documents) > 5)
    @rule(which=pick)
    def purge(self, which: int) -> None:
        """Seldom, for it takes half of what was lived along."""
        if which % 3:
            return
        client = self.one_of(self.live_clients, which)
        self.both(lambda: self.paper.purge(client), lambda: purge_client(self.row(client), **self.by))


def lines(amount: Decimal) -> list[dict[str, Any]]:
    return [{"cost": amount, "quantity": Decimal(1)}]


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(SHARES))
def test_the_books_balance_after_every_step_of_a_random_life(place: int) -> None:
    Lives.cast = Cast.made()
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
