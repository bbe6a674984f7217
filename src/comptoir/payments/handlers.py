"""What follows in payments when an invoice goes away or comes back (M16), or a client is merged or erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from comptoir.activity.operations import tell
from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows, repoint_contacts
from comptoir.ledger.post import post
from comptoir.sales.invoices import lifecycle
from comptoir.sales.invoices.facts import InvoiceDeleted, InvoiceRestored
from comptoir.tenancy.locking import lock

from . import facts
from .crediting import ZERO, Piece, mark_given_back, out_of, refill, sharing_credits, use_again
from .models import Allocation, Payment, Removal


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much the client's accounts move with one allocation."""

    receivable: Decimal = ZERO
    paid: Decimal = ZERO
    credit: Decimal = ZERO


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
    on = timezone.now().astimezone(invoice.company.zone).date()
    for allocation in found:
        payment, allocation.invoice = payments[allocation.payment_id], invoice
        moved = step(payment, allocation)
        allocation.save()
        payment.save()
        post(invoice.client, reason=payment, on=on, note="adjusted", **asdict(moved))
        tell(facts.PaymentShrunk(payment, actor=fact.actor, refs={"invoice": invoice}))


def _leave(payment: Payment, allocation: Allocation) -> Moved:
    """Credits that helped to pay are free again; the money part leaves the payment."""
    now = timezone.now()
    allocation.deleted_at = allocation.archived_at = now
    allocation.removed_with = Removal.INVOICE
    used = sharing_credits(payment.allocations.live())
    pieces = out_of(used, min(allocation.net, sum((one.net for one in used), ZERO)))
    mark_given_back(pieces)
    allocation.refills = [[one.pk, str(piece)] for one, piece in pieces]
    money = allocation.net - _sum(pieces)
    payment.amount -= money
    payment.applied -= money
    others = payment.allocations.live().exclude(pk=allocation.pk)
    if payment.amount == 0 and not any(one.net for one in others):
        payment.deleted_at = payment.archived_at = now
    return Moved(paid=-allocation.net, credit=refill(pieces))


def _return(payment: Payment, allocation: Allocation) -> Moved:
    """The same backwards; with a payment that a person deleted meanwhile, the invoice is owed again."""
    pieces = _refills(payment, allocation)
    mark_given_back(pieces, sign=-1)
    allocation.refills = []
    payment.amount += allocation.net - _sum(pieces)
    if payment.is_voided:
        allocation.removed_with = Removal.PAYMENT
        debt = lifecycle.unsettle(allocation.settled, allocation.net)
        allocation.settled.save()
        return Moved(receivable=debt)
    use_again(pieces)
    payment.applied += allocation.net - _sum(pieces)
    payment.deleted_at = payment.archived_at = None
    allocation.deleted_at = allocation.archived_at = None
    allocation.removed_with = Removal.KEPT
    return Moved(paid=allocation.net, credit=-_sum(pieces))


def _refills(payment: Payment, allocation: Allocation) -> list[Piece]:
    used = {one.pk: one for one in sharing_credits(payment.allocations.all())}
    return [(used[pk], Decimal(piece)) for pk, piece in allocation.refills]


def _sum(pieces: Sequence[Piece]) -> Decimal:
    return sum((piece for _, piece in pieces), ZERO)


def move_payments(fact: ClientMerged) -> None:
    move_rows(fact, Payment)
    repoint_contacts(fact, Payment)


def erase_payments(fact: ClientPurged) -> None:
    erase_rows(fact, Payment)
