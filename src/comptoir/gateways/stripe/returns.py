"""What went back of a payment, and what a bank contests, as Stripe tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from comptoir.gateways.interface import Contested, Returned, State

from .amounts import from_units
from .reading import get

REFUND: Final = "refund"
"""Under which the key of our refund stands in Stripe's metadata."""

EVENTS: Final = ("charge.refund", "charge.dispute.", "refund.")
"""The beginnings of events after which money may have gone back."""

_RETURNED: Final = {"succeeded": State.PAID, "failed": State.FAILED, "canceled": State.FAILED}
_CONTESTED: Final = {
    "won": State.PAID, "warning_closed": State.PAID, "prevented": State.PAID, "lost": State.FAILED,
}  # fmt: skip


def returned(row: Any) -> Returned:
    """A refund, made here or in Stripe's dashboard."""
    currency = str(get(row, "currency") or "").upper()
    return Returned(
        reference=str(row.id),
        amount=from_units(int(row.amount), currency),
        currency=currency,
        state=_RETURNED.get(str(get(row, "status")), State.PENDING),
        made=datetime.fromtimestamp(int(row.created), UTC),
        key=str(get(get(row, "metadata"), REFUND) or ""),
        said=str(get(row, "failure_reason") or ""),
    )


def contested(row: Any) -> Contested:
    """A dispute: the money is gone while the bank decides."""
    currency = str(get(row, "currency") or "").upper()
    return Contested(
        reference=str(row.id),
        amount=from_units(int(row.amount), currency),
        currency=currency,
        state=_CONTESTED.get(str(get(row, "status")), State.PENDING),
        made=datetime.fromtimestamp(int(row.created), UTC),
        reason=str(get(row, "reason") or ""),
    )
