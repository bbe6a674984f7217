"""Take a whole invoice back, and settle credits that are negative."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.ledger.post import post
from comptoir.sales.credits.copying import copied_from
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices import lifecycle
from comptoir.sales.invoices.facts import InvoiceReversed
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.rules import refuse_reversing
from comptoir.tenancy.locking import lock

from . import rules
from .allocating import apply
from .crediting import use_credits
from .models import Payment
from .numbers import insert_numbered
from .parts import Part, Use
from .receiving import receive


@operation
def reverse_invoice(invoice: Invoice, *, by: Actor, on: date) -> Credit:
    """Issue a credit note of all of it; what was paid is credit of the client's from now on.

    The unpaid rest is settled by the same credit note (contract rules 12, 13: status 6, and what the
    client paid to date falls by what became credit). Raises WrongState unless it was issued and
    stands, Refused at ``invoice_id`` when a part of it was credited before.
    """
    lock(invoice, invoice.client)
    refuse_reversing(invoice)
    client = invoice.client
    credit = create_credit(copied_from(invoice), by=by, on=on)
    rules.refuse_other_amount(credit, invoice)
    issue_credit(credit, by=by, on=on)
    lock(invoice, client, credit)
    credit.client = invoice.client = client
    invoice.before_cancel = {"status_id": invoice.status_id, "balance": str(invoice.balance)}
    _settle_rest(invoice, credit, by=by, on=on)
    post(client, paid=-invoice.paid_to_date, reason=invoice, on=on, note="reversed")
    lifecycle.reverse(invoice)
    invoice.save()
    tell(InvoiceReversed(invoice, actor=by, refs={"credit": credit}))
    return credit


def _settle_rest(invoice: Invoice, credit: Credit, *, by: Actor, on: date) -> None:
    """A payment without money lets the credit pay what was still owed."""
    rest = invoice.balance
    if not rest:
        return
    payment = Payment(client=invoice.client, user_id=by.user_id, date=on, currency_id=invoice.currency_id)
    payment.exchange_rate = invoice.exchange_rate
    payment.transaction_reference = _("Credit note %(number)s") % {"number": credit.number}
    insert_numbered(payment, invoice.client.preferences, on=on)
    apply(payment, invoice.client, [Part(invoice, rest)], by=by, on=on)
    use_credits(payment, [Use(credit, rest)])
    payment.save()
    post(
        invoice.client, receivable=-rest, paid=rest, credit=-rest, reason=payment, on=on, note="reversed"
    )  # fmt: skip


@operation
def mark_credit_paid(credit: Credit, *, by: Actor, on: date) -> Payment:
    """The client paid what a negative credit asks for, by hand (contract rules 14).

    Raises WrongState for a credit that asks for nothing: it is used for invoices instead.
    """
    lock(credit, credit.client)
    rules.refuse_marking_credit_paid(credit)
    amount = credit.amount if credit.is_draft else credit.balance
    said: dict[str, Any] = {"transaction_reference": _("Manual entry")}
    return receive(credit.client, -amount, (), said, by=by, on=on, uses=[Use(credit, amount)])
