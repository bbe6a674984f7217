"""What follows in payments when an invoice goes away or comes back (M16), or a client is merged or erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from comptoir.activity.operations import tell
from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows, repoint_contacts
from comptoir.ledger.post import post
from comptoir.sales.invoices.facts import InvoiceDeleted, InvoiceRestored
from comptoir.tenancy.locking import lock

from . import facts
from .allocating import refill, reuse_credits
from .models import Allocation, Payment, Removal


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much the client's accounts move with one allocation."""

    paid: Decimal
    credit: Decimal


def shrink_payments(fact: InvoiceDeleted) -> None:
    """Payments lose the part that settled a deleted invoice; one left with nothing goes too."""
    _adjust(fact, fact.subject.allocations.live(), _leave)


def regrow_payments(fact: InvoiceRestored) -> None:
    """The parts that went with the invoice come back with it."""
    _adjust(fact, fact.subject.allocations.filter(removed_with=Removal.INVOICE), _return)


def _adjust(
    fact: InvoiceDeleted | InvoiceRestored,
    allocations: QuerySet[Allocation],
    step: Callable[[Payment, Allocation], Moved],
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
        post(invoice.client, paid=moved.paid, credit=moved.credit, reason=payment, on=on, note="adjusted")
        tell(facts.PaymentShrunk(payment, actor=fact.actor, refs={"invoice": invoice}))


def _leave(payment: Payment, allocation: Allocation) -> Moved:
    """Credits that helped to pay are free again; the money part leaves the payment."""
    now = timezone.now()
    allocation.deleted_at = allocation.archived_at = now
    allocation.removed_with = Removal.INVOICE
    used = list(payment.allocations.live().filter(invoice=None).order_by("pk"))
    allocation.refilled = min(allocation.net, sum((one.net for one in used), Decimal(0)))
    credit = refill(used, allocation.refilled, mark=True)
    money = allocation.net - allocation.refilled
    payment.amount -= money
    payment.applied -= money
    if payment.amount == 0:
        payment.deleted_at = payment.archived_at = now
    return Moved(paid=-allocation.net, credit=credit)


def _return(payment: Payment, allocation: Allocation) -> Moved:
    allocation.deleted_at = allocation.archived_at = None
    allocation.removed_with = Removal.KEPT
    money = allocation.net - allocation.refilled
    used = reuse_credits(payment, allocation.refilled)
    allocation.refilled = Decimal(0)
    payment.amount += money
    payment.applied += money
    payment.deleted_at = payment.archived_at = None
    return Moved(paid=allocation.net, credit=-used)


def move_payments(fact: ClientMerged) -> None:
    move_rows(fact, Payment)
    repoint_contacts(fact, Payment)


def erase_payments(fact: ClientPurged) -> None:
    erase_rows(fact, Payment)
