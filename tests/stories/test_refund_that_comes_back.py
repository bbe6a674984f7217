"""A refund that the bank sends back: it is undone once, as far as things still are what they were."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from comptoir.activity.models import Activity
from comptoir.config import audit
from comptoir.insight.statements.books import statement_of
from comptoir.insight.statements.figures import Wish
from comptoir.ledger.models import Entry
from comptoir.payments import operations as payments
from comptoir.payments.coming_back import undo_refund
from comptoir.payments.models import Refund
from comptoir.payments.models import Status as PaymentStatus
from comptoir.payments.reversing import reverse_invoice
from comptoir.sales.credits import operations as credits
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Status
from tests.stories.test_invoice_and_payment import ON, credit_of, figures, sent
from tests.stories.test_odd_orders import pay, state
from tests.stories.test_refund_of_a_part import refund


def undo(payment, by):
    """The last refund of a payment comes back."""
    undone = undo_refund(payment.refunds.standing().latest("pk"), by=by, on=ON)
    payment.refresh_from_db()
    assert audit.examine() == []
    return undone


def money(payment):
    return payment.status_id, payment.refunded, payment.applied, payment.unapplied


def test_its_invoice_is_paid_again(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 100)])
    refund(payment, ada, 0, (invoice, 35))
    before = list(Entry.objects.order_by("pk").values())
    undone = undo(payment, ada)
    assert (state(invoice), invoice.status) == ([(0, 100)], Status.PAID)
    assert (money(payment), figures(client)) == ((PaymentStatus.COMPLETED, 0, 100, 0), (0, 100, 0, 0))
    assert (undone.amount, undone.parts, undone.undoes.amount) == (-35, [[invoice.pk, "-35"]], 35)
    assert list(Entry.objects.order_by("pk").values())[: len(before)] == before
    new = [(one.account, one.amount, one.note) for one in Entry.objects.order_by("pk")[len(before) :]]
    assert new == [("receivable", -35, "refund came back"), ("paid", 35, "refund came back")]
    told = Activity.objects.latest("pk")
    assert (told.fact, told.notes, told.mentions["invoice"][0]) == ("PaymentRefundUndone", "35", invoice.pk)


def test_one_of_two_refunds_leaves_the_other(cast):
    client, ada = cast
    first, second = sent(client, ada, 60), sent(client, ada, 40)
    payment = pay(client, ada, [(first, 60), (second, 40)])
    refund(payment, ada, 0, (first, 10))
    refund(payment, ada, 0, (first, 20), (second, 40))
    undo(payment, ada)
    assert (state(first, second), figures(client)) == ([(10, 50), (0, 40)], (10, 90, 0, 0))
    assert money(payment) == (PaymentStatus.PARTLY_REFUNDED, 10, 100, 0)
    assert (first.status, second.status) == (Status.PARTIAL, Status.PAID)


def test_the_database_lets_nobody_undo_it_twice(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 100)])
    refund(payment, ada, 0, (invoice, 35))
    once = Refund.objects.get()
    undo(payment, ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        undo_refund(once, by=ada, on=ON)
    assert (Refund.objects.count(), figures(client), audit.examine()) == (2, (0, 100, 0, 0), [])


def test_what_was_unapplied_is_unapplied_again(cast):
    client, ada = cast
    payment = pay(client, ada, amount=80)
    refund(payment, ada, 30)
    undo(payment, ada)
    assert (money(payment), figures(client)) == ((PaymentStatus.COMPLETED, 0, 0, 80), (0, 80, 0, 80))


def test_an_invoice_that_was_paid_otherwise_since_leaves_the_money_on_the_payment(cast):
    client, ada = cast
    invoice, other = sent(client, ada, 100), sent(client, ada, 50)
    payment = pay(client, ada, [(invoice, 100)])
    refund(payment, ada, 0, (invoice, 60))
    invoice.refresh_from_db()
    pay(client, ada, [(invoice, 45)])
    undo(payment, ada)
    assert (state(invoice), invoice.status) == ([(0, 100)], Status.PAID)
    assert money(payment) == (PaymentStatus.COMPLETED, 0, 55, 45)
    assert figures(client) == (50, 145, 0, 45)
    part = {"invoice": other, "amount": Decimal(45)}
    payments.update_payment(payment, {"invoices": [part]}, by=ada, on=ON)
    assert (state(other), money(payment)[2:], audit.examine()) == ([(5, 45)], (100, 0), [])


def test_a_cancelled_a_deleted_or_a_reversed_invoice_takes_nothing(cast):
    client, ada = cast
    rows = [sent(client, ada, 100) for _n in range(3)]
    paid = [pay(client, ada, [(invoice, 100)]) for invoice in rows]
    for payment, invoice in zip(paid, rows, strict=True):
        refund(payment, ada, 0, (invoice, 20))
        invoice.refresh_from_db()
    for verb, invoice in zip(
        (invoices.cancel_invoice, invoices.delete_invoice, reverse_invoice), rows, strict=True
    ):
        verb(invoice, by=ada, on=ON)
    before = figures(client)
    for payment in paid:
        payment.refresh_from_db()
        undo(payment, ada)
    assert [payment.unapplied for payment in paid] == [20, 20, 20]
    after = figures(client)
    assert [new - old for old, new in zip(before, after, strict=True)] == [0, 60, 0, 60]
    rows[1].refresh_from_db()
    invoices.restore_invoice(rows[1], by=ada, on=ON)
    assert (state(rows[1]), audit.examine()) == ([(20, 80)], [])


def test_a_credit_that_helped_helps_again_and_one_that_was_used_does_not(cast):
    client, ada = cast
    for spent, left in ((0, [(0, 100), (0, 30)]), (20, [(20, 80), (0, 30)])):
        invoice, credit = sent(client, ada, 100), credit_of(client, ada, 30)
        payment = pay(client, ada, [(invoice, 100)], [(credit, 30)])
        refund(payment, ada, 0, (invoice, 100))
        if spent:
            credit.refresh_from_db()
            pay(client, ada, [(sent(client, ada, spent), spent)], [(credit, spent)])
        undo(payment, ada)
        assert (state(invoice, credit), payment.unapplied, payment.refunded) == (left, 0, 0)
        assert payment.applied == 70
    assert figures(client) == (20, 70 + 30 + 20 + 70 + 10, 0, 0)


def test_a_deleted_payment_has_the_money_once_it_is_restored(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 100)])
    refund(payment, ada, 0, (invoice, 30))
    payments.delete_payment(payment, by=ada, on=ON)
    undo(payment, ada)
    assert (money(payment), figures(client)) == ((PaymentStatus.CANCELLED, 0, 100, 0), (100, 0, 0, 0))
    payments.restore_payment(payment, by=ada, on=ON)
    assert (state(invoice), money(payment)) == ([(30, 70)], (PaymentStatus.COMPLETED, 0, 70, 30))
    assert (figures(client), audit.examine()) == ((30, 100, 0, 30), [])


def test_the_statement_shows_that_it_went_and_came_back(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 100)])
    refund(payment, ada, 0, (invoice, 30))
    undo(payment, ada)
    client.refresh_from_db()
    shown = statement_of(client, Wish(ON, ON), on=ON)
    assert [row.amount for row in shown.payments] == [100, -30, 30]
    assert (shown.paid, shown.invoiced, [row.balance for row in shown.invoices]) == (100, 100, [0])


def test_a_deposit_is_covered_again(cast):
    client, ada = cast
    invoice = sent(client, ada, 100, partial=Decimal(40))
    payment = pay(client, ada, [(invoice, 40)])
    refund(payment, ada, 0, (invoice, 40))
    undo(payment, ada)
    assert (state(invoice), invoice.status, invoice.partial) == ([(60, 40)], Status.PARTIAL, 0)


def test_credits_are_whole_again_when_their_invoice_is_gone(cast):
    client, ada = cast
    invoice, credit = sent(client, ada, 100), credit_of(client, ada, 30)
    payment = pay(client, ada, [(invoice, 100)], [(credit, 30)])
    refund(payment, ada, 0, (invoice, 100))
    invoice.refresh_from_db()
    invoices.cancel_invoice(invoice, by=ada, on=ON)
    undo(payment, ada)
    assert (state(credit), money(payment)) == ([(30, 0)], (PaymentStatus.COMPLETED, 0, 0, 70))
    assert figures(client) == (0, 70, 30, 70)
    assert credits.delete_credit(credit, by=ada, on=ON).is_deleted
