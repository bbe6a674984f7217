"""How credits help to pay, and get back what they gave; the ledger is the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.sales.credits import lifecycle as credits
from comptoir.sales.credits.models import Credit
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock

from .models import Allocation, Payment
from .parts import Use, total

ZERO = Decimal(0)

Piece = tuple[Allocation, Decimal]
"""How much of what an allocation took from its credit."""


def use_credits(payment: Payment, uses: Sequence[Use]) -> None:
    """Let credits pay their part: they free as much of the payment's own money."""
    insert([Allocation(payment=payment, credit=use.credit, amount=use.amount) for use in uses])
    for use in uses:
        credits.use(use.credit, use.amount)
        use.credit.save()
    payment.applied -= total(uses)
    payment.unapplied += total(uses)


def out_of(used: Iterable[Allocation], amount: Decimal) -> list[Piece]:
    """Split ``amount`` over what credits gave, the oldest first."""
    pieces = []
    for one in used:
        piece = min(amount, one.net)
        amount -= piece
        pieces.append((one, piece))
    return [(one, piece) for one, piece in pieces if piece]


def refill(pieces: Sequence[Piece]) -> Decimal:
    """Give credits back what they gave; answers what is open again."""
    again = ZERO
    for one, piece in pieces:
        again += credits.refill(one.used, piece)
        one.used.save()
    return again


def use_again(pieces: Sequence[Piece]) -> None:
    """Take from credits what they got back. Raises Refused when one was used elsewhere since."""
    for one, piece in pieces:
        if one.used.is_deleted or piece > one.used.balance:
            raise Refused(
                "number",
                _("Credit %(number)s, which helped to pay it, has been used since.")
                % {"number": one.used.number},
            )
        credits.use(one.used, piece)
        one.used.save()


def mark_given_back(pieces: Sequence[Piece], *, sign: int = 1) -> None:
    """Write on allocations how much of them was given back; with ``sign`` -1, that it is used again."""
    for one, piece in pieces:
        one.refunded += sign * piece
        one.save(update_fields=["refunded", "updated_at"])


def sharing_credits(used: Iterable[Allocation]) -> list[Allocation]:
    """Those that used a credit, oldest first; those of one credit share one locked object."""
    found = sorted((one for one in used if one.credit_id), key=lambda one: one.pk)
    credits_ = Credit.objects.in_bulk({one.credit_id for one in found})
    lock(*credits_.values())
    for one in found:
        one.credit = credits_[one.credit_id]
    return found
