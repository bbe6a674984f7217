"""A deposit with a day of its own, then the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.config import audit
from comptoir.kernel.refused import Refused
from comptoir.payments import operations as payments
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice, Status
from tests.stories.test_invoice_and_payment import ON, draft, figures, sent
from tests.stories.test_odd_orders import pay, state

SOON, LATER = date(2026, 3, 9), date(2026, 4, 15)


def asked(invoice):
    invoice.refresh_from_db()
    return invoice.requested, invoice.requested_by, invoice.status


def test_the_deposit_is_asked_for_first_and_the_balance_after_it(cast):
    client, ada = cast
    invoice = sent(client, ada, 500, partial=Decimal(150), partial_due_date=SOON, due_date=LATER)
    assert asked(invoice) == (150, SOON, Status.SENT)
    pay(client, ada, [(invoice, 150)])
    assert asked(invoice) == (350, LATER, Status.PARTIAL)
    assert (invoice.partial, invoice.partial_due_date, figures(client)) == (0, None, (350, 150, 0, 0))
    payments.mark_paid(invoice, by=ada, on=ON)
    assert (state(invoice), invoice.status, figures(client)) == ([(0, 500)], Status.PAID, (0, 500, 0, 0))
    assert audit.examine() == []


def test_a_part_of_the_deposit_leaves_the_rest_of_the_deposit_due(cast):
    client, ada = cast
    invoice = sent(client, ada, 500, partial=Decimal(150), partial_due_date=SOON, due_date=LATER)
    pay(client, ada, [(invoice, 50)])
    assert asked(invoice) == (100, SOON, Status.SENT)  # decision M9: below the deposit it stays sent
    assert state(invoice) == [(450, 50)]
    pay(client, ada, [(invoice, 100)])
    assert asked(invoice) == (350, LATER, Status.PARTIAL)


def test_the_terms_date_the_deposit_and_after_it_the_balance(cast):
    """Nobody said a day: fourteen days for the deposit when sent, for the rest when it is paid."""
    client, ada = cast
    invoice = sent(client, ada, 500, partial=Decimal(100))
    assert (invoice.partial_due_date, invoice.due_date) == (date(2026, 3, 16), None)
    pay(client, ada, [(invoice, 100)])
    invoice.refresh_from_db()
    assert (invoice.partial_due_date, invoice.due_date) == (None, date(2026, 3, 16))
    assert audit.examine() == []  # the seal knows the new day


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"partial": Decimal(-1)}, "partial"),
        ({"partial": Decimal(10), "partial_due_date": LATER, "due_date": SOON}, "partial_due_date"),
        ({"partial": Decimal(10), "partial_due_date": SOON}, "due_date"),
    ],
)
def test_a_deposit_that_makes_no_sense_is_refused_at_its_field(cast, fields, field):
    client, ada = cast
    with pytest.raises(Refused) as refusal:
        draft(client, ada, 100, **fields)
    assert list(refusal.value.errors) == [field]
    assert not Invoice.objects.exists()


def test_a_deposit_is_never_more_than_what_is_asked_for(cast):
    client, ada = cast
    invoice = draft(client, ada, 100, partial=Decimal(130))
    assert invoice.partial == 100
    invoices.update_invoice(invoice, {"line_items": [{"cost": 60, "quantity": 1}]}, by=ada, on=ON)
    assert (invoice.amount, invoice.partial) == (60, 60)
