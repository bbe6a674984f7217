"""Own money pays everything: no provider is asked."""

from __future__ import annotations

from datetime import date

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation
from comptoir.kernel.refused import Refused
from comptoir.payments.models import Payment
from comptoir.tenancy.locking import lock

from . import agreeing, own_money, rules
from .starting import Wish, due, release


def covers(wish: Wish, on: date) -> bool:
    """Whether nothing is left to collect of the invoices that are wished, once open pages are closed."""
    return bool(wish.parts and wish.own) and due(wish, on, free=True) <= 0


def pay_with_own_money(wish: Wish, *, by: Actor, on: date) -> list[Payment]:
    """Pay invoices out of what the client has with the company; answers the payments used or made.

    Raises Refused at ``amounts.<n>``, and at ``own`` when it is no longer what was shown; WrongState when
    an invoice is being paid.
    """
    rules.refuse_unfit(wish.parts, wish.client)
    release(wish.client, wish.parts, holding=True)
    return _pay(wish, by=by, on=on)


@operation
def _pay(wish: Wish, *, by: Actor, on: date) -> list[Payment]:
    client = wish.client
    lock(client, *(part.invoice for part in wish.parts))
    for part in wish.parts:
        part.invoice.client = client
    rules.refuse_unfit(wish.parts, client)
    rules.refuse_under_way(client, wish.parts)
    found = own_money.plan(client, wish.parts, wish.own, on=on)
    own_money.refuse_other(wish.own_shown, found)
    if found.left > 0:
        raise Refused("own", rules.OTHER_OWN)
    agreeing.write_down(wish.proof, wish.parts, wish.contact, by=by)
    return own_money.use(client, found.pieces, wish.parts, by=by, on=on)
