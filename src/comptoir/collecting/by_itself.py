"""What an automatic payment has come to, told of its invoice: at once, or days later for a debit."""

from __future__ import annotations

from datetime import date
from typing import Final

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Attempt, State

MOST_TRIES: Final = 3
"""Failed so often, an invoice is left to people."""


def tell_outcome(attempt: Attempt, *, by: Actor, on: date) -> None:
    """Of a try that is over, made without the client; nothing for others."""
    if not attempt.by_itself:
        return
    for invoice in Invoice.objects.filter(pk__in=attempt.invoice_ids).order_by("pk"):
        if attempt.state == State.PAID and attempt.payment is not None:
            _tell_success(invoice, attempt, by=by, on=on)
        elif attempt.state in (State.FAILED, State.ODD) and rules.is_owed(invoice, attempt.client):
            tell_failure(invoice, attempt.said, by=by, on=on)


@operation
def _tell_success(invoice: Invoice, attempt: Attempt, *, by: Actor, on: date) -> None:
    assert attempt.payment is not None
    tell(facts.AutoBilled(invoice, actor=by, refs={"payment": attempt.payment}))


@operation
def tell_failure(invoice: Invoice, why: str, *, by: Actor, on: date, was_charged: bool = True) -> None:
    """Count the failure; after a few the invoice pays itself no more."""
    lock(invoice)
    invoice.auto_bill_tries += 1
    if invoice.auto_bill_tries >= MOST_TRIES:
        invoice.auto_bill_enabled = False
    invoice.save(update_fields=["auto_bill_tries", "auto_bill_enabled", "updated_at"])
    tell(facts.AutoBillFailed(invoice, actor=by, notes=why, was_charged=was_charged))
