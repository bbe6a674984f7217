"""Money that goes back without us: refunds made at the provider, and payments that a bank contests.

We are told, or look by ourselves; then the provider is asked what there is, and each of it is booked once,
by the provider's name of it.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.operations import operation, tell
from comptoir.gateways.interface import Contested, Returned, State
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import gateway_of
from comptoir.kernel.refused import Refused
from comptoir.payments.coming_back import undo_refund
from comptoir.payments.going_back import record_return
from comptoir.payments.models import Payment, Refund
from comptoir.reference import currency
from comptoir.tenancy.locking import lock

from . import facts, log
from .models import Dispute, DisputeState, GatewayRefund, RefundState

ABOUT: Final = timedelta(days=1)
"""Between a refund at the gateway and its record by hand: farther apart, they are two. A dispute lasts from
the day that the bank took the money."""

_STATES: Final = {
    State.PENDING: DisputeState.OPEN,
    State.PAID: DisputeState.WON,
    State.FAILED: DisputeState.LOST,
}


class _Known(Exception):
    """Somebody else wrote it down a moment ago."""


def look(payment: Payment) -> None:
    """Ask the provider what went back of a payment, and write down what is new. Raises GatewayFault."""
    assert payment.company_gateway is not None
    gateway, reference = gateway_of(payment.company_gateway), payment.transaction_reference
    on = timezone.now().astimezone(payment.company.zone).date()
    for one in gateway.returned(reference):
        if one.state is not State.PENDING and _is_own_money(payment, one) and not _is_known(payment, one):
            with suppress(_Known):
                _write_down(payment, one, by=SYSTEM, on=on)
    for case in gateway.contested(reference):
        if _is_own_money(payment, case) and _changes(payment, case):
            with suppress(_Known):
                _write_dispute(payment, case, by=SYSTEM, on=on)


def _is_own_money(payment: Payment, one: Returned | Contested) -> bool:
    own = currency(payment.currency_id)
    if own is not None and own.code == one.currency:
        return True
    said = f"{one.reference}: {one.amount} {one.currency} is not the currency of payment {payment.number}."
    log.error(_gateway(payment), said, client_id=payment.client_id)
    return False


def _is_known(payment: Payment, one: Returned) -> bool:
    """Booked, or ours and on its way to be; one that failed is news when we had booked it.

    Ours that was given up is news: it was refused when asked again, because it had been made.
    """
    rows = payment.gateway_refunds
    if one.state is State.FAILED:
        return _failing(payment, one) is None
    ours = bool(one.key) and rows.filter(key=one.key).exclude(state=RefundState.FAILED).exists()
    return ours or rows.filter(reference=one.reference).exists()


@operation
def _write_down(payment: Payment, one: Returned, *, by: Actor, on: date) -> None:
    """Under the payment's lock, so that two who are told at once book it once."""
    lock(payment, payment.client)
    if _is_known(payment, one):
        raise _Known
    if one.state is State.FAILED:
        _failed_after_all(payment, one, by=by, on=on)
        return
    by_hand = _by_hand(payment, one)
    refund = by_hand or _booked(payment, one.amount, one.reference, by=by, on=on)
    GatewayRefund.objects.create(
        payment=payment, state=RefundState.DONE, amount=one.amount, on=on, reference=one.reference,
        refund=refund, actor={"kind": by.kind, "id": by.id, "name": by.name},
    )  # fmt: skip
    if refund is None:
        return
    fact = facts.ReturnSeen if by_hand else facts.ReturnedByGateway
    log.success(
        _gateway(payment), "refunded", client_id=payment.client_id, reference=one.reference,
        amount=str(one.amount), currency=one.currency,
    )  # fmt: skip
    tell(fact(payment, actor=by, notes=str(one.amount)))


def _by_hand(payment: Payment, one: Returned) -> Refund | None:
    """The same money, recorded by hand about the day it left the gateway; each is that of one return only."""
    day = one.made.astimezone(payment.company.zone).date()
    return _nearest(payment, one.amount, day, first=day - ABOUT, last=day + ABOUT)


def _lost_by_hand(payment: Payment, case: Contested, on: date) -> Refund | None:
    """The contested money, recorded by hand while the bank decided or once somebody read that it was lost."""
    day = case.made.astimezone(payment.company.zone).date()
    return _nearest(payment, case.amount, on, first=day - ABOUT, last=on + ABOUT)


def _nearest(payment: Payment, amount: Decimal, day: date, *, first: date, last: date) -> Refund | None:
    loose = payment.refunds.standing().filter(
        by_gateway=None, by_dispute=None, amount=amount, date__range=(first, last)
    )
    return min(loose, key=lambda each: (abs(each.date - day), each.pk), default=None)


def _booked(payment: Payment, amount: Decimal, reference: str, *, by: Actor, on: date) -> Refund | None:
    """What cannot be booked is said, for a person to look at."""
    try:
        with transaction.atomic():
            return record_return(payment, amount, by=by, on=on)
    except Refused as refused:
        log.error(_gateway(payment), f"{reference}: {refused.sentence}", client_id=payment.client_id)
        tell(facts.ReturnOdd(payment, actor=by, notes=str(amount)))
        return None


def _failing(payment: Payment, one: Returned) -> GatewayRefund | None:
    """The refund that failed, if we still count on it: made, or ours and without an answer yet."""
    found = payment.gateway_refunds.filter(reference=one.reference, state=RefundState.DONE)
    ours = payment.gateway_refunds.filter(key=one.key or None, state=RefundState.STARTED)
    return found.first() or ours.first()


def _failed_after_all(payment: Payment, one: Returned, *, by: Actor, on: date) -> None:
    """The bank sent a refund back, or never paid it out: what was booked for it is undone."""
    row = _failing(payment, one)
    assert row is not None
    row.state, row.said, row.reference = RefundState.FAILED, one.said[:500], one.reference
    row.save()
    if row.refund is not None:
        undo_refund(row.refund, by=by, on=on)
    log.error(
        _gateway(payment), one.said or "refund failed", client_id=payment.client_id, reference=one.reference
    )
    tell(facts.RefundFailed(payment, actor=by, notes=one.said[:500]))


def _changes(payment: Payment, case: Contested) -> bool:
    known = payment.disputes.filter(reference=case.reference).first()
    return known is None or known.state != _STATES[case.state]


@operation
def _write_dispute(payment: Payment, case: Contested, *, by: Actor, on: date) -> None:
    """A payment that is contested stays until the bank has decided; lost, it is a refund."""
    lock(payment, payment.client)
    if not _changes(payment, case):
        raise _Known
    state = _STATES[case.state]
    row = payment.disputes.filter(reference=case.reference).first()
    row = row or Dispute(payment=payment, reference=case.reference)
    row.state, row.amount, row.reason = state, case.amount, case.reason[:190]
    if state == DisputeState.LOST and row.refund is None:
        row.refund = _lost_by_hand(payment, case, on)
        if row.refund is not None:
            tell(facts.ReturnSeen(payment, actor=by, notes=str(case.amount)))
        else:
            row.refund = _booked(payment, case.amount, case.reference, by=by, on=on)
    if state == DisputeState.WON and row.refund is not None:
        undo_refund(row.refund, by=by, on=on)
        row.refund = None
    row.save()
    said = f"dispute {state}: {case.reason}".strip(": ")
    write = log.success if state == DisputeState.WON else log.failure
    write(
        _gateway(payment), said, client_id=payment.client_id, reference=case.reference,
        amount=str(case.amount), currency=case.currency,
    )  # fmt: skip
    tell(facts.OF_DISPUTES[state](payment, actor=by, notes=str(case.amount)))


def _gateway(payment: Payment) -> CompanyGateway:
    assert payment.company_gateway is not None
    return payment.company_gateway
