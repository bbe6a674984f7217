"""A refund that the bank sends back: what was booked for it is booked the other way, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.money import ZERO
from comptoir.ledger.post import post
from comptoir.sales.invoices import lifecycle
from comptoir.tenancy.locking import lock

from . import facts, rules
from .allocating import sharing_invoices
from .crediting import mark_given_back, sharing_credits, use_again
from .models import Allocation, Payment, Refund
from .parts import Part, total
from .receiving import named_invoice


@operation
def undo_refund(refund: Refund, *, by: Actor, on: date) -> Refund:
    """Book that the money of a refund is here again: a refund of the opposite amount.

    It settles what it had settled, as far as that is owed still, and the credits that were free since help
    again as far as they are left; the rest stays on the payment. A deleted payment only keeps it for the
    day of its return. A second time, the database refuses (``undoes`` is unique).
    """
    payment, money = refund.payment, refund.amount
    lock(payment, payment.client)
    parts, again = ([], ZERO) if payment.is_deleted else _apply_again(refund)
    payment.refunded -= money
    if not payment.is_deleted:
        loose = money + again - total(parts)
        payment.unapplied += loose
        payment.status_id = rules.status_of(payment)
        post(
            payment.client, receivable=-total(parts), paid=money + again, credit=-again, unapplied=loose,
            reason=payment, on=on, note="refund came back",
        )  # fmt: skip
    payment.save()
    undone: Refund = Refund.objects.create(
        payment=payment, user_id=by.user_id, date=on, amount=-money, undoes=refund,
        parts=[[part.invoice.pk, str(-part.amount)] for part in parts],
    )  # fmt: skip
    tell(facts.PaymentRefundUndone(payment, actor=by, notes=str(money), refs=named_invoice(parts)))
    return undone


def _apply_again(refund: Refund) -> tuple[list[Part], Decimal]:
    """What invoices take again, and how much of it credits give; sets the payment's ``applied``."""
    payment, said = refund.payment, {int(pk): Decimal(amount) for pk, amount in refund.parts}
    whole = sum(said.values(), ZERO)
    refilled = max(whole - refund.amount, ZERO)
    allocations = sharing_invoices(payment.allocations.live())
    owed = _owed_again(said, allocations)
    again = _use_credits_again(payment, min(refilled, max(total(owed) - refund.amount, ZERO)))
    parts = _settle_again(payment, owed, allocations, refund.amount + again)
    payment.applied -= (whole - total(parts)) - (refilled - again)
    return parts, again


def _owed_again(said: Mapping[int, Decimal], allocations: Sequence[Allocation]) -> list[Part]:
    """As much of each part as its invoice still takes."""
    found = []
    for pk, amount in said.items():
        mine = [one for one in allocations if one.invoice_id == pk]
        invoice = mine[0].settled if mine else None
        if invoice is None or not invoice.is_open or invoice.is_deleted:
            continue
        most = min(amount, sum((one.refunded for one in mine), ZERO), invoice.balance)
        if most > 0:
            found.append(Part(invoice, most))
    return found


def _use_credits_again(payment: Payment, wanted: Decimal) -> Decimal:
    """The credit that was freed last helps first: never more than there are invoices for."""
    again = ZERO
    for one in reversed(sharing_credits(payment.allocations.live())):
        there = one.used.is_open and not one.used.is_deleted
        piece = min(wanted - again, one.refunded, one.used.balance) if there else ZERO
        if piece > 0:
            use_again([(one, piece)])
            mark_given_back([(one, piece)], sign=-1)
            again += piece
    return again


def _settle_again(
    payment: Payment, owed: Sequence[Part], allocations: Sequence[Allocation], money: Decimal
) -> list[Part]:
    parts = []
    for part in owed:
        amount = min(part.amount, money)
        if amount > 0:
            money -= amount
            parts.append(Part(part.invoice, amount))
            part.invoice.client = payment.client
            lifecycle.settle(part.invoice, amount, payment.client.preferences)
            part.invoice.save()
            _take_again([one for one in allocations if one.invoice_id == part.invoice.pk], amount)
    return parts


def _take_again(mine: Sequence[Allocation], amount: Decimal) -> None:
    for one in reversed(mine):
        piece = min(amount, one.refunded)
        mark_given_back([(one, piece)], sign=-1)
        amount -= piece
