"""What follows in payments when an invoice goes away or comes back (decision M16)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from comptoir.activity.operations import tell
from comptoir.ledger.post import post
from comptoir.sales.invoices.facts import InvoiceDeleted, InvoiceRestored
from comptoir.tenancy.locking import lock

from . import facts
from .models import Allocation, Payment, Removal


def shrink_payments(fact: InvoiceDeleted) -> None:
    """Payments lose the part that settled a deleted invoice; one left with nothing goes too."""
    _adjust(fact, fact.subject.allocations.live(), _leave)


def regrow_payments(fact: InvoiceRestored) -> None:
    """The parts that went with the invoice come back with it."""
    _adjust(fact, fact.subject.allocations.filter(removed_with=Removal.INVOICE), _return)


def _adjust(
    fact: InvoiceDeleted | InvoiceRestored,
    allocations: QuerySet[Allocation],
    step: Callable[[Payment, Allocation], Decimal],
) -> None:
    invoice = fact.subject
    found = list(allocations.order_by("payment_id", "pk"))
    payments = Payment.objects.in_bulk({one.payment_id for one in found})
    lock(*payments.values())
    for allocation in found:
        payment = payments[allocation.payment_id]
        moved = step(payment, allocation)
        allocation.save()
        payment.save()
        on = timezone.now().astimezone(invoice.company.zone).date()
        post(invoice.client, paid=moved, reason=payment, on=on, note="adjusted")
        tell(facts.PaymentShrunk(payment, actor=fact.actor, refs={"invoice": invoice}))


def _leave(payment: Payment, allocation: Allocation) -> Decimal:
    now = timezone.now()
    allocation.deleted_at = allocation.archived_at = now
    allocation.removed_with = Removal.INVOICE
    payment.amount -= allocation.net
    payment.applied -= allocation.net
    if payment.amount == 0:
        payment.deleted_at = payment.archived_at = now
    return -allocation.net


def _return(payment: Payment, allocation: Allocation) -> Decimal:
    allocation.deleted_at = allocation.archived_at = None
    allocation.removed_with = Removal.KEPT
    payment.amount += allocation.net
    payment.applied += allocation.net
    payment.deleted_at = payment.archived_at = None
    return allocation.net
