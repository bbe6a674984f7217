"""Two ways to take an invoice back: cancel what is owed, or credit all of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.config import audit
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments import operations as payments
from comptoir.payments.models import Payment
from comptoir.payments.reversing import reverse_invoice
from comptoir.sales.credits import operations as credits
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice, Status
from tests.stories.test_invoice_and_payment import ON, draft, figures, sent
from tests.stories.test_odd_orders import pay, state


def test_cancelling_a_partly_paid_invoice_keeps_what_was_paid(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    pay(client, ada, [(invoice, 30)])
    invoices.cancel_invoice(invoice, by=ada, on=ON)
    assert (state(invoice), invoice.status, figures(client)) == ([(0, 30)], Status.CANCELLED, (0, 30, 0, 0))
    with pytest.raises(WrongState):
        reverse_invoice(invoice, by=ada, on=ON)
    assert (Credit.objects.count(), figures(client)) == (0, (0, 30, 0, 0))
    assert audit.examine() == []


def test_reversing_a_paid_invoice_makes_what_was_paid_a_credit_that_pays_the_next_one(cast):
    client, ada = cast
    invoice = sent(client, ada, 60, 40, po_number="PO 7")
    payments.mark_paid(invoice, by=ada, on=ON)
    credit = reverse_invoice(invoice, by=ada, on=ON)
    assert (state(invoice), invoice.status) == ([(0, 100)], Status.REVERSED)
    assert (state(credit), credit.status_id, credit.invoice_id) == ([(100, 0)], CreditStatus.SENT, invoice.pk)
    assert (credit.number, credit.po_number, len(credit.lines)) == ("0001", "PO 7", 2)
    assert figures(client) == (0, 0, 100, 0)
    following = sent(client, ada, 150)
    pay(client, ada, [(following, 100)], [(credit, 100)])
    assert state(following, credit) == [(50, 100), (0, 100)]
    assert figures(client) == (50, 100, 0, 0)
    assert audit.examine() == []


def test_reversing_a_partly_paid_invoice_settles_the_rest_and_leaves_the_part_as_credit(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    pay(client, ada, [(invoice, 30)])
    credit = reverse_invoice(invoice, by=ada, on=ON)
    assert (state(invoice, credit), invoice.status) == ([(0, 100), (30, 70)], Status.REVERSED)
    assert (credit.amount, credit.status_id) == (100, CreditStatus.PARTIAL)
    silent = Payment.objects.order_by("pk").last()
    assert (silent.amount, silent.applied, silent.unapplied) == (0, 0, 0)
    assert silent.transaction_reference == f"Credit note {credit.number}"
    assert figures(client) == (0, 0, 30, 0)
    assert audit.examine() == []


def test_reversing_an_unpaid_invoice_leaves_nothing_open(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    credit = reverse_invoice(invoice, by=ada, on=ON)
    assert (state(invoice, credit), figures(client)) == ([(0, 100), (0, 100)], (0, 0, 0, 0))
    assert audit.examine() == []


def test_what_was_reversed_stands(cast):
    """Neither half can be pulled away from under the other, and nothing moves when one tries."""
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 40)])
    credit = reverse_invoice(invoice, by=ada, on=ON)
    before = (state(invoice, credit, payment_row(payment)), figures(client))
    said = [{"invoice": invoice, "amount": Decimal(10)}]
    for attempt in (
        lambda: payments.refund_payment(payment, Decimal(10), said, by=ada, on=ON),
        lambda: payments.delete_payment(payment, by=ada, on=ON),
        lambda: invoices.delete_invoice(invoice, by=ada, on=ON),
        lambda: credits.delete_credit(credit, by=ada, on=ON),
        lambda: credits.update_credit(credit, {"line_items": [{"cost": 80, "quantity": 1}]}, by=ada, on=ON),
        lambda: invoices.update_invoice(
            invoice, {"line_items": [{"cost": 80, "quantity": 1}]}, by=ada, on=ON
        ),
    ):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(WrongState):
        reverse_invoice(invoice, by=ada, on=ON)
    assert (state(invoice, credit, payment_row(payment)), figures(client)) == before
    texts = {"public_notes": "Taken back", "line_items": [{"cost": 100, "quantity": 1}]}
    invoices.update_invoice(Invoice.objects.get(), texts, by=ada, on=ON)
    assert (state(invoice, credit, payment_row(payment)), figures(client)) == before
    assert audit.examine() == []


def test_the_audit_sees_what_only_money_in_and_credit_notes_tell(cast):
    """The ledger may add up and still say what never came in: a payment of 40 that says 50."""
    client, ada = cast
    invoice = sent(client, ada, 100)
    payment = pay(client, ada, [(invoice, 40)])
    credit = reverse_invoice(invoice, by=ada, on=ON)
    Payment.objects.filter(pk=payment.pk).update(amount=50)
    Credit.objects.filter(pk=credit.pk).update(invoice=None)
    told = {fault.what: (fault.stored, fault.right) for fault in audit.examine()}
    assert (told["paid_to_date"], told["credited"]) == ((0, 10), (0, 100))


def test_an_invoice_paid_below_nought_is_not_reversed_until_it_is_paid(cast):
    """Its own credit note could not settle all that is owed on it."""
    client, ada = cast
    invoice = sent(client, ada, -40)
    payments.mark_paid(invoice, by=ada, on=ON)
    invoice.refresh_from_db()
    invoices.update_invoice(invoice, {"line_items": [{"cost": 10, "quantity": 1}]}, by=ada, on=ON)
    before = state(invoice), figures(client), Credit.objects.count()
    with pytest.raises(WrongState, match="More went back on this invoice than came in"):
        reverse_invoice(invoice, by=ada, on=ON)
    assert (state(invoice), figures(client), Credit.objects.count()) == before
    assert before == ([(50, -40)], (50, -40, 0, 0), 0)
    pay(client, ada, [(invoice, 50)])
    credit = reverse_invoice(invoice, by=ada, on=ON)
    assert (credit.balance, figures(client)) == (10, (0, 0, 10, 0))
    assert audit.examine() == []


def payment_row(payment):
    """As ``state`` wants it: what is applied, and what is left."""
    row = Payment.objects.get(pk=payment.pk)
    row.balance, row.paid_to_date = row.applied, row.unapplied
    row.refresh_from_db = lambda: None
    return row


@pytest.mark.parametrize("amount", [0, -50])
def test_drafts_and_invoices_that_ask_for_nothing_are_not_reversed(cast, amount):
    client, ada = cast
    for invoice in (draft(client, ada, 100), sent(client, ada, amount)):
        with pytest.raises(WrongState):
            reverse_invoice(invoice, by=ada, on=ON)
    assert (Credit.objects.count(), figures(client)) == (0, (amount, 0, 0, 0))


def test_a_part_that_was_credited_before_is_not_credited_twice(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    part = {"client": client, "invoice": invoice, "line_items": [{"cost": 30, "quantity": 1}]}
    credits.mark_sent(credits.create_credit(part, by=ada, on=ON), by=ada, on=ON)
    with pytest.raises(Refused) as refusal:
        reverse_invoice(invoice, by=ada, on=ON)
    assert list(refusal.value.errors) == ["invoice_id"]
    assert (Credit.objects.count(), figures(client)) == (1, (100, 0, 30, 0))
