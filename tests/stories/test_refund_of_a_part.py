"""Money goes back: a part of one invoice, of several, of what was never applied, and all of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from comptoir.config import audit
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments import operations as payments
from comptoir.payments.models import Payment, Refund
from comptoir.payments.models import Status as PaymentStatus
from comptoir.sales.invoices.models import Status
from tests.stories.test_invoice_and_payment import ON, credit_of, figures, sent
from tests.stories.test_odd_orders import pay, state


def refund(payment, by, amount, *parts):
    said = [{"invoice": invoice, "amount": Decimal(part)} for invoice, part in parts]
    return payments.refund_payment(payment, Decimal(amount), said, by=by, on=ON)


def test_a_part_of_one_invoice_is_owed_again(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 100)])
    refund(payment, ada, 35, (invoice, 35))
    assert (state(invoice), invoice.status) == ([(35, 65)], Status.PARTIAL)
    assert (payment.refunded, payment.status_id, figures(client)) == (
        35,
        PaymentStatus.PARTLY_REFUNDED,
        (35, 65, 0, 0),
    )
    assert [(one.amount, one.parts) for one in Refund.objects.all()] == [(35, [[invoice.pk, "35"]])]
    refund(payment, ada, 65, (invoice, 65))
    assert (state(invoice), invoice.status) == ([(100, 0)], Status.SENT)
    assert (payment.refunded, payment.status_id) == (100, PaymentStatus.REFUNDED)
    assert figures(client) == (100, 0, 0, 0)
    assert audit.examine() == []


def test_each_invoice_of_a_payment_is_refunded_by_itself(cast):
    client, ada = cast
    first, second = sent(client, ada, 60), sent(client, ada, 40)
    payment = pay(client, ada, [(first, 60), (second, 40)])
    refund(payment, ada, 0, (first, 10), (second, 40))
    assert (state(first, second), figures(client)) == ([(10, 50), (40, 0)], (50, 50, 0, 0))
    assert (first.status, second.status) == (Status.PARTIAL, Status.SENT)
    assert audit.examine() == []


def test_what_was_never_applied_goes_back_without_touching_an_invoice(cast):
    client, ada = cast
    payment = pay(client, ada, amount=80)
    refund(payment, ada, 30)
    assert (payment.unapplied, payment.refunded, figures(client)) == (50, 30, (0, 50, 0, 50))
    refund(payment, ada, 50)
    assert (payment.status_id, figures(client)) == (PaymentStatus.REFUNDED, (0, 0, 0, 0))
    assert audit.examine() == []


def test_the_audit_sees_a_refund_that_no_figure_knows(cast):
    """The payment, the invoice and the ledger agree: only the row of the refund, and its seal, differ."""
    client, ada = cast
    payment = pay(client, ada, amount=80)
    refund(payment, ada, 30)
    Refund.objects.filter(payment=payment).update(amount=25)
    told = {one.what: (one.stored, one.right) for one in audit.examine()}
    assert told["refunded"] == (30, 25)


def test_credits_that_helped_to_pay_are_refilled_before_money_goes_back(cast):
    client, ada = cast
    invoice, credit = sent(client, ada, 100), credit_of(client, ada, 30)
    payment = pay(client, ada, [(invoice, 100)], [(credit, 30)])
    assert (payment.amount, figures(client)) == (70, (0, 100, 0, 0))
    refund(payment, ada, 0, (invoice, 50))
    assert (state(invoice, credit), payment.refunded) == ([(50, 50), (30, 0)], 20)
    assert figures(client) == (50, 50, 30, 0)
    assert audit.examine() == []


@pytest.mark.parametrize(
    ("amount", "part", "field"), [(101, 101, "id"), (0, -5, "id"), (20, None, "id"), (0, None, "id")]
)
def test_what_cannot_go_back_is_refused_and_nothing_moves(cast, amount, part, field):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 100)])
    with pytest.raises(Refused) as refusal:
        refund(payment, ada, amount, *([(invoice, part)] if part is not None else []))
    assert field in refusal.value.errors
    assert (state(invoice), figures(client), Refund.objects.count()) == ([(0, 100)], (0, 100, 0, 0), 0)


def test_a_deleted_payment_gives_nothing_back(cast):
    client, ada = cast
    payment = pay(client, ada, amount=80)
    payments.delete_payment(payment, by=ada, on=ON)
    with pytest.raises((Refused, WrongState)):
        refund(payment, ada, 10)
    assert figures(client) == (0, 0, 0, 0)


@pytest.mark.parametrize("column", ["unapplied", "refunded"])
def test_the_database_keeps_a_payment_from_giving_more_than_came_in(cast, column):
    """Whatever a fault of ours would write: applied beyond the amount, or given back beyond it."""
    client, ada = cast
    payment = pay(client, ada, amount=80)
    figure = {"unapplied": Decimal("-0.01"), "refunded": Decimal("80.000001")}[column]
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**{column: figure})
    assert audit.examine() == []
