"""Money that goes back: the one step that books it, and what a gateway gave back without being asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.activity.shelving import refuse_deleted
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused
from comptoir.ledger.post import post
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.tenancy.locking import lock

from . import facts
from .allocating import give_back, sharing_invoices
from .models import Allocation, Payment, Refund, Status
from .parts import Part, total
from .receiving import named_invoice


def book(
    payment: Payment,
    parts: Sequence[Part],
    *,
    back: Decimal,
    refilled: Decimal = ZERO,
    debt: Decimal,
    credit: Decimal = ZERO,
    by: Actor,
    on: date,
) -> Refund:
    """Write a refund of ``back`` and post it; ``refilled`` went back to credits, and is no money out.

    What is more than ``parts`` comes out of what is unapplied. ``debt`` is owed again, ``credit`` open again.
    """
    loose = back + refilled - total(parts)
    payment.refunded += back
    payment.unapplied -= loose
    payment.status_id = Status.REFUNDED if payment.refunded == payment.amount else Status.PARTLY_REFUNDED
    payment.save()
    refund: Refund = Refund.objects.create(
        payment=payment, user_id=by.user_id, date=on, amount=back,
        parts=[[part.invoice.pk, str(part.amount)] for part in parts],
    )  # fmt: skip
    post(
        payment.client, receivable=debt, paid=-back - refilled, credit=credit, unapplied=-loose,
        reason=payment, on=on, note="refunded",
    )  # fmt: skip
    tell(facts.PaymentRefunded(payment, actor=by, notes=str(back), refs=named_invoice(parts)))
    return refund


@operation
def record_return(payment: Payment, amount: Decimal, *, by: Actor, on: date) -> Refund:
    """Book money that has gone back already: out of what is unapplied, then off the invoices it paid last.

    Credits that helped to pay stay used. Raises Refused at amount for more than there is.
    """
    lock(payment, payment.client)
    refuse_deleted(payment)
    allocations = sharing_invoices(payment.allocations.live())
    parts = _paid_last(payment, allocations, amount - min(amount, payment.unapplied))
    if total(parts) + min(amount, payment.unapplied) != amount or amount > payment.amount - payment.refunded:
        raise Refused("amount", _("More went back than this payment still holds."))
    debt = give_back(parts, allocations)
    return book(payment, parts, back=amount, debt=debt, by=by, on=on)


def _paid_last(payment: Payment, allocations: Sequence[Allocation], amount: Decimal) -> list[Part]:
    """The invoices to take an amount from, the one that was paid last first; reversed ones owe nothing."""
    found: dict[int, Part] = {}
    for one in reversed(allocations):
        invoice = one.settled
        piece = min(amount, one.net) if invoice.status_id != InvoiceStatus.REVERSED else ZERO
        if piece > 0:
            invoice.client = payment.client
            before = found[invoice.pk].amount if invoice.pk in found else ZERO
            found[invoice.pk] = Part(invoice, before + piece)
            amount -= piece
    return list(found.values())
