"""Deleting, restoring and refunding in orders that nobody plans, each once found by a random life."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.config import audit
from comptoir.kernel.refused import Refused
from comptoir.payments import operations as payments
from comptoir.payments.models import Payment
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Status
from tests.stories.test_invoice_and_payment import ON, credit_of, draft, figures, sent


def pay(client, by, invoices_=(), credits_=(), amount=0):
    fields = {
        "client": client,
        "amount": Decimal(amount),
        "invoices": [{"invoice": row, "amount": Decimal(part)} for row, part in invoices_],
        "credits": [{"credit": row, "amount": Decimal(part)} for row, part in credits_],
    }
    return payments.record_payment(fields, by=by, on=ON)


def state(*rows):
    for row in rows:
        row.refresh_from_db()
    return [(int(row.balance), int(row.paid_to_date)) for row in rows]


def test_a_draft_is_issued_when_an_older_payment_is_applied_to_it(cast):
    client, ada = cast
    payment, invoice = pay(client, ada, amount=50), draft(client, ada, 30)
    part = {"invoice": invoice, "amount": Decimal(20)}
    payments.update_payment(payment, {"invoices": [part]}, by=ada, on=ON)
    assert (state(invoice), invoice.status) == ([(10, 20)], Status.PARTIAL)
    assert figures(client) == (10, 50, 0, 30)


def test_an_invoice_edited_below_what_was_paid_chases_nobody_after_a_refund(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = payments.mark_paid(invoice, by=ada, on=ON)
    invoices.update_invoice(invoice, {"line_items": [{"cost": 30, "quantity": 1}]}, by=ada, on=ON)
    said = [{"invoice": invoice, "amount": Decimal(20)}]
    payments.refund_payment(payment, Decimal(20), said, by=ada, on=ON)
    assert (state(invoice), invoice.status) == ([(-50, 80)], Status.PAID)


def test_a_payment_by_credit_alone_stays_with_its_other_invoice(cast):
    client, ada = cast
    first, second, credit = sent(client, ada, 10), sent(client, ada, 20), credit_of(client, ada, 30)
    payment = pay(client, ada, [(first, 10), (second, 20)], [(credit, 30)])
    invoices.delete_invoice(first, by=ada, on=ON)
    payment.refresh_from_db()
    assert (payment.is_deleted, state(second, credit)) == (False, [(0, 20), (10, 20)])
    invoices.delete_invoice(second, by=ada, on=ON)
    payment.refresh_from_db()
    assert (payment.is_deleted, figures(client)) == (True, (0, 0, 30, 0))


def test_an_invoice_whose_payment_was_deleted_meanwhile_comes_back_unpaid(cast):
    client, ada = cast
    first, second = sent(client, ada, 60), sent(client, ada, 40)
    payment = pay(client, ada, [(first, 60), (second, 40)])
    invoices.delete_invoice(first, by=ada, on=ON)
    payment.refresh_from_db()
    payments.delete_payment(payment, by=ada, on=ON)
    first.refresh_from_db()
    invoices.restore_invoice(first, by=ada, on=ON)
    assert (state(first, second), figures(client)) == ([(60, 0), (40, 0)], (100, 0, 0, 0))
    payment.refresh_from_db()
    payments.restore_payment(payment, by=ada, on=ON)
    assert (payment.amount, state(first, second)) == (100, [(0, 60), (0, 40)])
    assert figures(client) == (0, 100, 0, 0)


def test_a_restored_payment_takes_no_credit_that_no_invoice_needs(cast):
    client, ada = cast
    invoice, credit = sent(client, ada, 30), credit_of(client, ada, 30)
    payment = pay(client, ada, [(invoice, 30)], [(credit, 30)])
    payments.delete_payment(payment, by=ada, on=ON)
    invoice.refresh_from_db()
    payments.mark_paid(invoice, by=ada, on=ON)
    payments.restore_payment(payment, by=ada, on=ON)
    assert (payment.unapplied, state(credit), figures(client)) == (0, [(30, 0)], (0, 30, 30, 0))


def test_a_restored_payout_settles_its_negative_invoice_again(cast):
    client, ada = cast
    invoice = sent(client, ada, -40)
    payment = payments.mark_paid(invoice, by=ada, on=ON)
    payments.delete_payment(payment, by=ada, on=ON)
    payments.restore_payment(payment, by=ada, on=ON)
    assert (state(invoice), payment.unapplied, figures(client)) == ([(0, -40)], 0, (0, -40, 0, 0))


def test_a_negative_invoice_takes_no_money_in(cast):
    client, ada = cast
    invoice = sent(client, ada, -40)
    with pytest.raises(Refused) as refusal:
        pay(client, ada, [(invoice, 10)])
    assert (list(refusal.value.errors), Payment.objects.count()) == (["invoices.0.invoice_id"], 0)
    payment = payments.record_amount_paid(invoice, Decimal(10), by=ada, on=ON)
    assert (payment.unapplied, state(invoice)) == (10, [(-40, 0)])


def test_each_credit_gives_again_what_it_got_back(cast):
    """A refund had refilled the one, the deleted invoice the other."""
    client, ada = cast
    first, second = sent(client, ada, 20), sent(client, ada, 30)
    one, other = credit_of(client, ada, 20), credit_of(client, ada, 30)
    payment = pay(client, ada, [(first, 20), (second, 30)], [(one, 20), (other, 30)])
    payments.refund_payment(payment, Decimal(20), [{"invoice": first, "amount": Decimal(20)}], by=ada, on=ON)
    assert state(one, other) == [(20, 0), (0, 30)]
    second.refresh_from_db()
    invoices.delete_invoice(second, by=ada, on=ON)
    assert state(one, other) == [(20, 0), (30, 0)]
    invoices.restore_invoice(second, by=ada, on=ON)
    assert state(one, other) == [(20, 0), (0, 30)]


@pytest.fixture(autouse=True)
def every_figure_holds(cast):
    yield
    assert audit.examine() == []


def test_a_part_that_leaves_more_owed_than_the_invoice_is_worth_is_no_part_payment(cast):
    """A negative invoice was paid out, then edited into a bill: its money came back on it as a debt."""
    client, ada = cast
    advance, invoice = pay(client, ada, amount=1), draft(client, ada, -40)
    payments.mark_paid(invoice, by=ada, on=ON)
    invoices.update_invoice(invoice, {"line_items": [{"cost": 1, "quantity": 1}]}, by=ada, on=ON)
    assert (state(invoice), invoice.status) == ([(41, -40)], Status.SENT)
    payments.update_payment(
        advance, {"invoices": [{"invoice": invoice, "amount": Decimal(1)}]}, by=ada, on=ON
    )
    assert (state(invoice), invoice.status) == ([(40, -39)], Status.SENT)
