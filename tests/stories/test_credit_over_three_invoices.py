"""One credit note, used for three invoices at once; and credits below zero, which the client pays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.config import audit
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments import operations as payments
from comptoir.payments.models import Status as PaymentStatus
from comptoir.payments.reversing import mark_credit_paid
from comptoir.sales.credits import operations as credits
from comptoir.sales.credits.models import Status
from tests.stories.test_invoice_and_payment import ON, credit_of, figures, sent
from tests.stories.test_odd_orders import pay, state


def issued(client, by, cost):
    return credits.mark_sent(credit_of(client, by, cost), by=by, on=ON)


def test_one_credit_pays_three_invoices_and_money_pays_what_is_left(cast):
    client, ada = cast
    first, second, third = sent(client, ada, 50), sent(client, ada, 70), sent(client, ada, 80)
    credit = issued(client, ada, 160)
    assert figures(client) == (200, 0, 160, 0)
    payment = pay(client, ada, [(first, 50), (second, 70), (third, 60)], [(credit, 160)])
    assert state(first, second, third, credit) == [(0, 50), (0, 70), (20, 60), (0, 160)]
    assert (payment.amount, payment.applied, payment.unapplied) == (20, 20, 0)
    assert (credit.status_id, figures(client)) == (Status.APPLIED, (20, 180, 0, 0))
    assert payment.allocations.count() == 4
    assert audit.examine() == []


def test_the_credit_is_whole_again_when_that_payment_is_deleted_and_used_again_when_it_is_restored(cast):
    client, ada = cast
    bills = [sent(client, ada, cost) for cost in (50, 70, 80)]
    credit = credit_of(client, ada, 200)
    payment = pay(client, ada, list(zip(bills, (50, 70, 80), strict=True)), [(credit, 200)])
    assert (state(*bills, credit), figures(client)) == (
        [(0, 50), (0, 70), (0, 80), (0, 200)],
        (0, 200, 0, 0),
    )
    payments.delete_payment(payment, by=ada, on=ON)
    assert (state(*bills, credit), figures(client)) == (
        [(50, 0), (70, 0), (80, 0), (200, 0)],
        (200, 0, 200, 0),
    )
    payments.restore_payment(payment, by=ada, on=ON)
    assert (state(*bills, credit), figures(client)) == (
        [(0, 50), (0, 70), (0, 80), (0, 200)],
        (0, 200, 0, 0),
    )
    assert audit.examine() == []


def test_more_than_the_credit_has_or_the_invoices_want_is_refused_and_nothing_moves(cast):
    client, ada = cast
    first, credit = sent(client, ada, 50), issued(client, ada, 60)
    for asked, used, field in ((50, 61, "credits.0.amount"), (40, 50, "credits")):
        with pytest.raises(Refused) as refusal:
            pay(client, ada, [(first, asked)], [(credit, used)])
        assert field in refusal.value.errors
    assert (state(first, credit), figures(client)) == ([(50, 0), (60, 0)], (50, 0, 60, 0))


def test_a_credit_below_zero_is_paid_by_the_client(cast):
    client, ada = cast
    credit = issued(client, ada, -25)
    assert figures(client) == (0, 0, -25, 0)
    payment = mark_credit_paid(credit, by=ada, on=ON)
    assert (payment.amount, payment.unapplied, payment.status_id) == (25, 0, PaymentStatus.COMPLETED)
    assert (state(credit), credit.status_id, figures(client)) == ([(0, -25)], Status.APPLIED, (0, 0, 0, 0))
    assert audit.examine() == []
    with pytest.raises(WrongState):
        mark_credit_paid(credit, by=ada, on=ON)


def test_a_credit_that_gives_is_not_marked_as_paid(cast):
    client, ada = cast
    credit = issued(client, ada, 25)
    with pytest.raises(WrongState):
        mark_credit_paid(credit, by=ada, on=ON)
    credits.archive_credit(credit, by=ada, on=ON)
    assert (credit.balance, figures(client)) == (Decimal(25), (0, 0, 25, 0))
