"""Giving money back by the gateway that collected it: written down, asked for, then booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.gateways.interface import REMEMBERED, GatewayFault, State, Unreachable
from comptoir.gateways.registry import gateway_of, provider
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments import rules as payments
from comptoir.payments.models import Payment
from comptoir.payments.operations import refund_payment
from comptoir.payments.parts import read, total
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock

from . import facts, log
from .models import GatewayRefund, RefundState, fresh_key


def can_refund(payment: Payment) -> bool:
    """Whether the gateway that collected it can give it back."""
    gateway = payment.company_gateway
    if gateway is None or not payment.transaction_reference:
        return False
    way = provider(gateway.gateway_key).ways.get(payment.gateway_type_id)
    return way is not None and way.refunds


def refund_by_gateway(
    payment: Payment,
    amount: Decimal,
    said: Sequence[Mapping[str, Any]] = (),
    *,
    by: Actor,
    on: date,
    key: str = "",
) -> Payment:
    """Give money back by the gateway, then book it as ``refund_payment`` does.

    Raises Refused like it, and at ``id`` when the gateway says no: then nothing moved. Without an answer
    WrongState: the clock asks again, and books it once. With the ``key`` of an earlier refund that one
    is gone on with.
    """
    known = payment.gateway_refunds.filter(key=key).first() if key else None
    return carry_out(known or start_refund(payment, amount, said, by=by, on=on, key=key))


@operation
def start_refund(
    payment: Payment,
    amount: Decimal,
    said: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    on: date,
    key: str = "",
) -> GatewayRefund:
    """Write down what is to be given back, once everything that can be refused has been."""
    parts = read(said)
    lock(payment, payment.client)
    if not can_refund(payment):
        raise Refused("id", _("This payment cannot be refunded by its gateway. Refund it by hand."))
    if payment.gateway_refunds.filter(state=RefundState.STARTED).exists():
        raise WrongState(_("A refund of this payment is under way. Wait for its outcome."))
    allocations = list(payment.allocations.live().order_by("pk"))
    asked = total(parts) or amount
    refilled = min(asked, sum((one.net for one in allocations if one.credit_id), ZERO)) if parts else ZERO
    payments.refuse_refund(payment, amount, parts, allocations, refilled)
    if asked - refilled <= 0:
        raise Refused("amount", _("This goes back to credits only: refund it by hand."))
    refund = GatewayRefund.objects.create(
        payment=payment, amount=asked, on=on, actor=_kept(by), key=key or fresh_key(),
        parts=[[part.invoice.pk, str(part.amount)] for part in parts],
    )  # fmt: skip
    tell(facts.RefundStarted(payment, actor=by, notes=str(asked - refilled)))
    return refund


def carry_out(refund: GatewayRefund) -> Payment:
    """Ask the gateway, and book what it gave back. Safe to repeat."""
    payment = refund.payment
    if refund.state != RefundState.STARTED:
        return _over(refund)
    gateway, money = payment.company_gateway, currency(payment.currency_id)
    assert gateway is not None and money is not None
    credits = sum((one.net for one in payment.allocations.live() if one.credit_id), ZERO)
    out = refund.amount - (min(refund.amount, credits) if refund.parts else ZERO)
    try:
        reference = _made_before(refund) or gateway_of(gateway).refund(
            payment.transaction_reference, out, money.code, refund.key
        )
    except Unreachable as fault:
        log.error(gateway, str(fault), client_id=payment.client_id, reference=payment.transaction_reference)
        raise WrongState(_("The gateway does not answer. It will be asked again.")) from fault
    except GatewayFault as fault:
        _give_up(refund, str(fault))
        raise Refused("id", _("The gateway refused: %(why)s") % {"why": fault}) from fault
    return _book(refund, reference)


def _over(refund: GatewayRefund) -> Payment:
    """What came of one that is over. Raises Refused at ``id`` for one that failed."""
    if refund.state == RefundState.FAILED:
        raise Refused("id", _("The gateway refused: %(why)s") % {"why": refund.said})
    return refund.payment


def _made_before(refund: GatewayRefund) -> str:
    """The reference of a refund whose answer was lost so long ago that its key is forgotten; else ""."""
    payment = refund.payment
    assert payment.company_gateway is not None
    if timezone.now() - refund.created_at < REMEMBERED:
        return ""
    made = gateway_of(payment.company_gateway).returned(payment.transaction_reference)
    return next(
        (one.reference for one in made if one.key == refund.key and one.state is not State.FAILED), ""
    )


def _book(refund: GatewayRefund, reference: str) -> Payment:
    """Once: under the refund's lock."""
    payment = refund.payment
    with transaction.atomic():
        lock(payment, payment.client)
        lock(refund)
        if refund.state != RefundState.STARTED:
            return _over(refund)
        invoices = Invoice.objects.in_bulk([pk for pk, _amount in refund.parts])
        said = [{"invoice": invoices[pk], "amount": Decimal(amount)} for pk, amount in refund.parts]
        by = Actor(**refund.actor)
        refund_payment(payment, refund.amount, said, by=by, on=refund.on)
        refund.refund = payment.refunds.order_by("-pk").first()
        refund.state, refund.reference = RefundState.DONE, reference
        refund.save()
        log.success(
            payment.company_gateway,  # type: ignore[arg-type]
            "refunded", client_id=payment.client_id, reference=reference, amount=str(refund.amount),
        )  # fmt: skip
    return payment


@operation
def _give_up(refund: GatewayRefund, why: str) -> None:
    lock(refund)
    payment = refund.payment
    refund.state, refund.said = RefundState.FAILED, why[:500]
    refund.save()
    assert payment.company_gateway is not None
    log.failure(
        payment.company_gateway, why, client_id=payment.client_id, reference=payment.transaction_reference
    )
    tell(facts.RefundFailed(payment, actor=Actor(**refund.actor), notes=why[:500]))


def _kept(by: Actor) -> dict[str, Any]:
    return asdict(by)
