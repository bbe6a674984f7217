"""Looking for money that went back: when we are told of it, and once a day, since notifications get lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from comptoir.activity.jobs import Retry, job
from comptoir.activity.schedule import every
from comptoir.gateways.interface import GatewayFault, Unreachable
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import gateway_of, is_spoken
from comptoir.payments.models import Payment
from comptoir.tenancy.scope import acting_for

from . import log, returns
from .listening import RETURNS
from .models import Dispute, DisputeState, GatewayRefund, RefundState

BACK: Final = timedelta(days=3)
"""How far a look goes back: longer than a worker is away."""

SENT_BACK: Final = timedelta(days=30)
"""As long as a bank may send a refund back."""


@job(RETURNS)
def look_for_returns(*, gateway: int, reference: str) -> None:
    """Ask about one payment; a provider that does not answer is asked again."""
    payment = _payment(gateway, reference)
    if payment is None:
        return
    try:
        returns.look(payment)
    except Unreachable as fault:
        raise Retry(timedelta(minutes=1), str(fault)) from fault


@every(name="collecting.look_back", days=1, at="05:10")
def look_back(*, turn: str = "") -> None:
    """Every gateway is asked what went back lately; what a bank still decides on is asked about too."""
    for row in CompanyGateway.everywhere.filter(deleted_at=None).select_related("company").order_by("pk"):
        if is_spoken(row.gateway_key) and row.company is not None:
            with acting_for(row.company):
                _look_back(row)


def _look_back(row: CompanyGateway) -> None:
    now, mine = timezone.now(), {"payment__company_gateway": row}
    open_ = Dispute.objects.filter(state=DisputeState.OPEN, **mine)
    made = GatewayRefund.objects.filter(state=RefundState.DONE, created_at__gt=now - SENT_BACK, **mine)
    try:
        found = set(gateway_of(row).moved_since(now - BACK))
        for rows in (open_, made):
            found |= set(rows.values_list("payment__transaction_reference", flat=True))
        for reference in sorted(found):
            _look_at(row, reference)
    except GatewayFault as fault:
        log.error(row, str(fault))


def _look_at(row: CompanyGateway, reference: str) -> None:
    """What the provider does not know keeps nobody from asking about the rest. Raises Unreachable."""
    payment = _payment(row.pk, reference)
    if payment is None:
        return
    try:
        returns.look(payment)
    except Unreachable:
        raise
    except GatewayFault as fault:
        log.error(row, str(fault), client_id=payment.client_id, reference=reference)


def _payment(gateway: int, reference: str) -> Payment | None:
    rows = Payment.objects.filter(company_gateway_id=gateway, transaction_reference=reference)
    return rows.exclude(transaction_reference="").select_related("company_gateway", "client").first()
