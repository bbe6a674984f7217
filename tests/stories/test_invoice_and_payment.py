"""An invoice's life in the domain: drafted, sent, paid in parts, refunded, deleted, restored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.kernel.refused import Refused, WrongState
from comptoir.ledger.models import Account, Entry
from comptoir.payments import operations as payments
from comptoir.payments.models import Payment
from comptoir.sales.credits import operations as credits
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.quotes import operations as quotes

ON = date(2026, 3, 2)


def draft(client, by, *lines, **fields):
    items = [{"cost": Decimal(cost), "quantity": Decimal(1)} for cost in lines]
    return invoices.create_invoice({"client": client, "line_items": items, **fields}, by=by, on=ON)


def sent(client, by, *lines, **fields):
    return invoices.mark_sent(draft(client, by, *lines, **fields), by=by, on=ON)


def figures(client):
    client.refresh_from_db()
    sums = {account: Decimal(0) for account in Account}
    for entry in Entry.objects.filter(client=client):
        sums[Account(entry.account)] += entry.amount
    shown = (client.balance, client.paid_to_date, client.credit_balance, client.payment_balance)
    ledger = tuple(
        sums[account] for account in (Account.RECEIVABLE, Account.PAID, Account.CREDIT, Account.UNAPPLIED)
    )
    assert shown == ledger
    return tuple(int(figure) for figure in shown)


def test_a_draft_owes_nothing_and_a_sent_invoice_everything(cast):
    client, ada = cast
    invoice = draft(client, ada, 100)
    assert (invoice.amount, invoice.balance, invoice.number, figures(client)) == (
        100,
        0,
        "0001",
        (0, 0, 0, 0),
    )
    invoices.mark_sent(invoice, by=ada, on=ON)
    assert (invoice.balance, invoice.due_date, figures(client)) == (100, date(2026, 3, 16), (100, 0, 0, 0))
    with pytest.raises(WrongState):
        invoices.mark_sent(invoice, by=ada, on=ON)
    assert figures(client) == (100, 0, 0, 0)


def test_a_part_payment_leaves_the_rest_due(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    payments.record_payment(
        {"client": client, "amount": Decimal(40), "invoices": [{"invoice": invoice, "amount": Decimal(40)}]},
        by=ada,
        on=ON,
    )
    invoice.refresh_from_db()
    assert (invoice.balance, invoice.paid_to_date, invoice.status) == (60, 40, Status.PARTIAL)
    assert figures(client) == (60, 40, 0, 0)
    payments.mark_paid(invoice, by=ada, on=ON)
    assert (invoice.balance, invoice.paid_to_date, invoice.status) == (0, 100, Status.PAID)
    assert figures(client) == (0, 100, 0, 0)


def test_overpaying_an_invoice_is_refused_and_nothing_moves(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    with pytest.raises(Refused) as refusal:
        payments.record_payment(
            {
                "client": client,
                "amount": Decimal(101),
                "invoices": [{"invoice": invoice, "amount": Decimal(101)}],
            },
            by=ada,
            on=ON,
        )
    assert list(refusal.value.errors) == ["invoices.0.invoice_id"]
    assert figures(client) == (100, 0, 0, 0)
    assert not Payment.objects.exists()


def test_a_refund_of_a_part_is_owed_again(cast):
    client, ada = cast
    first, second = sent(client, ada, 100), sent(client, ada, 60)
    payment = payments.record_payment(
        {
            "client": client,
            "amount": Decimal(170),
            "invoices": [
                {"invoice": first, "amount": Decimal(100)},
                {"invoice": second, "amount": Decimal(60)},
            ],
        },
        by=ada,
        on=ON,
    )
    assert figures(client) == (0, 170, 0, 10)
    payments.refund_payment(payment, Decimal(25), [{"invoice": first, "amount": Decimal(25)}], by=ada, on=ON)
    assert (payment.refunded, payment.applied, payment.unapplied, payment.status_id) == (25, 160, 10, 5)
    assert figures(client) == (25, 145, 0, 10)
    payments.delete_payment(payment, by=ada, on=ON)
    first.refresh_from_db()
    assert (first.balance, first.paid_to_date, first.status) == (100, 0, Status.SENT)
    assert figures(client) == (160, 0, 0, 0)
    payments.restore_payment(payment, by=ada, on=ON)
    assert figures(client) == (25, 145, 0, 10)


def test_a_deleted_invoice_takes_its_payment_along_and_brings_it_back(cast):
    client, ada = cast
    invoice = draft(client, ada, 100, number="DP")
    payment = payments.mark_paid(invoice, by=ada, on=ON)
    invoices.delete_invoice(invoice, by=ada, on=ON)
    payment.refresh_from_db()
    assert (invoice.number, payment.amount, payment.applied, payment.is_deleted) == ("DP_Deleted", 0, 0, True)
    assert figures(client) == (0, 0, 0, 0)
    invoices.restore_invoice(invoice, by=ada, on=ON)
    payment.refresh_from_db()
    assert (invoice.number, payment.amount, payment.applied, payment.is_deleted) == ("DP", 100, 100, False)
    assert figures(client) == (0, 100, 0, 0)


def test_an_edited_sent_invoice_moves_the_ledger_by_the_difference(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    invoices.update_invoice(invoice, {"line_items": [{"cost": 150, "quantity": 1}]}, by=ada, on=ON)
    assert (invoice.balance, figures(client)) == (150, (150, 0, 0, 0))
    payments.record_amount_paid(invoice, Decimal(50), by=ada, on=ON)
    invoices.update_invoice(invoice, {"line_items": [{"cost": 30, "quantity": 1}]}, by=ada, on=ON)
    assert (invoice.balance, invoice.status, figures(client)) == (-20, Status.PAID, (-20, 50, 0, 0))


def test_a_cancelled_invoice_owes_nothing_more(cast):
    client, ada = cast
    invoice = sent(client, ada, 100)
    invoices.cancel_invoice(invoice, by=ada, on=ON)
    assert (invoice.balance, invoice.status, figures(client)) == (0, Status.CANCELLED, (0, 0, 0, 0))
    invoices.update_invoice(invoice, {"po_number": "after"}, by=ada, on=ON)
    assert (invoice.balance, invoice.status, invoice.po_number) == (0, Status.CANCELLED, "after")


def test_a_deposit_is_paid_first(cast):
    client, ada = cast
    invoice = draft(
        client, ada, 100, partial=Decimal(25), partial_due_date=date(2026, 3, 7), due_date=date(2026, 4, 1)
    )
    invoices.mark_sent(invoice, by=ada, on=ON)
    payments.record_amount_paid(invoice, Decimal(10), by=ada, on=ON)
    assert (invoice.partial, invoice.status, invoice.balance) == (15, Status.SENT, 90)
    payments.record_amount_paid(invoice, Decimal(15), by=ada, on=ON)
    assert (invoice.partial, invoice.partial_due_date, invoice.status) == (0, None, Status.PARTIAL)
    assert Invoice.objects.get().balance == 75


def credit_of(client, by, cost):
    return credits.create_credit(
        {"client": client, "line_items": [{"cost": Decimal(cost), "quantity": Decimal(1)}]}, by=by, on=ON
    )


def test_a_credit_pays_its_part_and_comes_back_when_the_payment_goes(cast):
    client, ada = cast
    invoice, credit = sent(client, ada, 100), credit_of(client, ada, 60)
    payment = payments.record_payment(
        {
            "client": client,
            "amount": Decimal(70),
            "invoices": [{"invoice": invoice, "amount": Decimal(100)}],
            "credits": [{"credit": credit, "amount": Decimal(30)}],
        },
        by=ada,
        on=ON,
    )
    assert (payment.applied, payment.unapplied, credit.balance, credit.status_id) == (70, 0, 30, 3)
    assert figures(client) == (0, 100, 30, 0)
    payments.delete_payment(payment, by=ada, on=ON)
    credit.refresh_from_db()
    assert (credit.balance, figures(client)) == (60, (100, 0, 60, 0))
    payments.restore_payment(payment, by=ada, on=ON)
    assert figures(client) == (0, 100, 30, 0)
    assert (payment.applied, payment.unapplied) == (70, 0)


def test_a_refund_refills_the_credit_before_money_goes_back(cast):
    client, ada = cast
    invoice, credit = sent(client, ada, 100), credit_of(client, ada, 30)
    payment = payments.record_payment(
        {
            "client": client,
            "invoices": [{"invoice": invoice, "amount": Decimal(100)}],
            "credits": [{"credit": credit, "amount": Decimal(30)}],
        },
        by=ada,
        on=ON,
    )
    assert (payment.amount, figures(client)) == (70, (0, 100, 0, 0))
    payments.refund_payment(
        payment, Decimal(100), [{"invoice": invoice, "amount": Decimal(100)}], by=ada, on=ON
    )
    assert (payment.refunded, payment.status_id) == (70, 6)
    assert figures(client) == (100, 0, 30, 0)


def test_deleting_an_invoice_that_a_credit_helped_to_pay_frees_the_credit(cast):
    client, ada = cast
    invoice, credit = sent(client, ada, 100), credit_of(client, ada, 30)
    payments.record_payment(
        {
            "client": client,
            "invoices": [{"invoice": invoice, "amount": Decimal(100)}],
            "credits": [{"credit": credit, "amount": Decimal(30)}],
        },
        by=ada,
        on=ON,
    )
    invoice.refresh_from_db()
    invoices.delete_invoice(invoice, by=ada, on=ON)
    assert figures(client) == (0, 0, 30, 0)
    invoices.restore_invoice(invoice, by=ada, on=ON)
    assert figures(client) == (0, 100, 0, 0)


def test_a_quote_becomes_an_invoice_once(cast):
    client, ada = cast
    quote = quotes.create_quote(
        {"client": client, "line_items": [{"cost": 50, "quantity": 2}]}, by=ada, on=ON
    )
    quotes.mark_sent(quote, by=ada, on=ON)
    invoice = quotes.convert_quote(quote, by=ada, on=ON)
    assert (invoice.amount, invoice.status_id, quote.status_id, quote.invoice_id) == (100, 1, 4, invoice.pk)
    with pytest.raises(WrongState):
        quotes.convert_quote(quote, by=ada, on=ON)
    assert Invoice.objects.count() == 1
    invoices.delete_invoice(invoice, by=ada, on=ON)
    quote.refresh_from_db()
    assert (quote.status_id, quote.invoice_id) == (2, None)
