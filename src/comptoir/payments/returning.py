"""What a restored payment settles again (decision M21); the ledger is the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from comptoir.clients.models import Client
from comptoir.sales.credits import lifecycle as credits
from comptoir.sales.invoices import lifecycle

from .allocating import ZERO, sharing_invoices
from .crediting import sharing_credits
from .models import Allocation, Payment, Removal
from .parts import is_within


def come_back(payment: Payment, client: Client) -> tuple[Decimal, Decimal]:
    """Apply again what a deleted payment had settled, as far as invoices and credits allow.

    Answers (settled on invoices, taken from credits) and sets the payment's own columns.
    """
    gone = list(payment.allocations.filter(removed_with=Removal.PAYMENT))
    able = [one for one in sharing_invoices(gone) if _settles(one)]
    taken = _take_credits(sharing_credits(gone), sum((one.net for one in able), ZERO))
    money = payment.amount - payment.refunded + taken
    settled = ZERO
    for one in sorted(able, key=lambda one: one.net > 0):  # what is paid out leaves more to pay with
        if one.net <= money - settled and _settles(one):
            lifecycle.settle(one.settled, one.net, client.preferences)
            one.settled.save()
            _keep(one)
            settled += one.net
    payment.applied = settled - taken
    payment.unapplied = money - settled
    return settled, taken


def _settles(one: Allocation) -> bool:
    """Whether its invoice is still owed that much."""
    fits = one.net != 0 and is_within(one.net, one.settled.balance)
    return fits and one.settled.is_open and not one.settled.is_deleted


def _take_credits(used: Sequence[Allocation], wanted: Decimal) -> Decimal:
    """Use credits again, never more than there are invoices for: no credit becomes money."""
    taken = ZERO
    for one in used:
        there = one.used.is_open and not one.used.is_deleted and 0 < one.net <= one.used.balance
        if there and taken + one.net <= wanted:
            credits.use(one.used, one.net)
            one.used.save()
            _keep(one)
            taken += one.net
    return taken


def _keep(one: Allocation) -> None:
    one.deleted_at, one.archived_at, one.removed_with = None, None, Removal.KEPT
    one.save()
