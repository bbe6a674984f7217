"""Invoices paid in instalments: the next one is asked for, and asked for again after a refund."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.config import audit
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments import operations as payments
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.instalments import Instalment, planned, split
from comptoir.sales.invoices.models import Status
from tests.stories.conftest import cast  # noqa: F401
from tests.stories.test_invoice_and_payment import ON, figures, sent
from tests.stories.test_odd_orders import pay

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


def rows(*amounts, days=(APRIL, MAY, JUNE)):
    return [{"date": day, "amount": Decimal(amount)} for day, amount in zip(days, amounts, strict=False)]


def asked(invoice):
    invoice.refresh_from_db()
    return invoice.requested, invoice.requested_by, invoice.status


def test_each_instalment_is_asked_for_in_its_turn(cast):  # noqa: F811
    client, ada = cast
    invoice = sent(client, ada, 1000)
    invoices.set_instalments(invoice, rows(300, 300, 400), by=ada, on=ON)
    assert asked(invoice) == (300, APRIL, Status.SENT)
    assert invoice.due_date == JUNE
    pay(client, ada, [(invoice, 300)])
    assert asked(invoice) == (300, MAY, Status.PARTIAL)
    pay(client, ada, [(invoice, 100)])
    assert asked(invoice) == (200, MAY, Status.PARTIAL)
    pay(client, ada, [(invoice, 350)])
    assert asked(invoice) == (250, JUNE, Status.PARTIAL)
    payments.mark_paid(invoice, by=ada, on=ON)
    assert (asked(invoice)[2], figures(client)) == (Status.PAID, (0, 1000, 0, 0))
    assert audit.examine() == []


def test_a_refund_asks_for_the_instalment_again(cast):  # noqa: F811
    client, ada = cast
    invoice = sent(client, ada, 1000)
    invoices.set_instalments(invoice, rows(300, 300, 400), by=ada, on=ON)
    payment = pay(client, ada, [(invoice, 600)])
    assert asked(invoice) == (400, JUNE, Status.PARTIAL)
    said = [{"invoice": invoice, "amount": Decimal(350)}]
    payments.refund_payment(payment, Decimal(350), said, by=ada, on=ON)
    assert asked(invoice) == (50, APRIL, Status.PARTIAL)
    assert (invoice.balance, figures(client)) == (750, (750, 250, 0, 0))


def test_the_last_instalment_takes_a_change_of_the_amount(cast):  # noqa: F811
    client, ada = cast
    invoice = sent(client, ada, 1000)
    invoices.set_instalments(invoice, rows(300, 300, 400), by=ada, on=ON)
    invoices.update_invoice(invoice, {"line_items": [{"cost": 900, "quantity": 1}]}, by=ada, on=ON)
    assert [row.amount for row in planned(invoice)] == [300, 300, 300]
    invoices.update_invoice(invoice, {"line_items": [{"cost": 600, "quantity": 1}]}, by=ada, on=ON)
    assert planned(invoice) == []


def test_without_instalments_all_is_due_again(cast):  # noqa: F811
    client, ada = cast
    invoice = sent(client, ada, 1000)
    invoices.set_instalments(invoice, rows(400, 600), by=ada, on=ON)
    invoices.set_instalments(invoice, [], by=ada, on=ON)
    assert asked(invoice) == (1000, MAY, Status.SENT)
    assert invoice.partial == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (rows(1000), "schedule"),
        (rows(300, 300, 300), "schedule"),
        (rows(500, 500, days=(MAY, APRIL)), "schedule.1.date"),
        (rows(500, 500, days=(MAY, MAY)), "schedule.1.date"),
        (rows(1000, 0), "schedule.1.amount"),
        ([{"date": None, "amount": Decimal(1)}, *rows(999)], "schedule.0.date"),
    ],
)
def test_instalments_that_make_no_sense_are_refused_at_their_field(cast, said, field):  # noqa: F811
    client, ada = cast
    invoice = sent(client, ada, 1000)
    with pytest.raises(Refused) as refusal:
        invoices.set_instalments(invoice, said, by=ada, on=ON)
    assert list(refusal.value.errors) == [field]
    assert asked(invoice) == (1000, date(2026, 3, 16), Status.SENT)


def test_a_paid_invoice_is_not_split(cast):  # noqa: F811
    client, ada = cast
    invoice = sent(client, ada, 1000)
    payments.mark_paid(invoice, by=ada, on=ON)
    with pytest.raises(WrongState):
        invoices.set_instalments(invoice, rows(500, 500), by=ada, on=ON)


def test_equal_parts_come_monthly_and_the_cents_are_on_the_last():
    assert split(Decimal(100), 3, date(2026, 1, 31), "5", 2) == [
        Instalment(date(2026, 1, 31), Decimal("33.33")),
        Instalment(date(2026, 2, 28), Decimal("33.33")),
        Instalment(date(2026, 3, 31), Decimal("33.34")),
    ]
