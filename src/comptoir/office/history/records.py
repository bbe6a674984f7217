"""The records that a page of activity speaks of: where they are, what they are called now."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from comptoir.activity.models import Activity
from comptoir.activity.sentences import Names
from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.office.links import numbers_of, record_url
from comptoir.payments.models import Payment
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice

_OF_PAYMENTS: Final = (
    "PaymentRefunded", "ReturnedByGateway", "ReturnSeen", "ReturnOdd", "PaymentDisputed", "DisputeWon",
    "DisputeLost", "PaymentRefundUndone", "RefundEmailed",
)  # fmt: skip
_PRICED: Final[tuple[tuple[str, str, Any], ...]] = (
    *((fact, "payment", Payment) for fact in _OF_PAYMENTS),
    ("LateFeeCharged", "invoice", Invoice),
)
"""The facts whose notes are an amount."""


class Records(Names):
    """Asks once for each kind whose numbers were not known yet when the fact was told."""

    def __init__(self, desk: Desk, rows: Iterable[Activity]) -> None:
        self._desk = desk
        self._named = _numbers(rows)
        self._units = _units(rows)

    def url(self, kind: str, pk: int) -> str:
        return record_url(kind, pk)

    def label(self, kind: str, pk: int, label: str) -> str:
        return label or self._named.get((kind, pk), "")

    def amount(self, row: Activity) -> str:
        unit = currency(self._units.get((row.subject_kind, row.subject_id), ""))
        try:
            return formats.money(Decimal(row.notes), unit, self._desk.locale) if unit else row.notes
        except InvalidOperation:
            return row.notes


def _numbers(rows: Iterable[Activity]) -> dict[tuple[str, int], str]:
    """Numbers that drafts have been given since."""
    return numbers_of(
        (kind, pk)
        for row in rows
        for kind, (pk, label) in row.mentions.items()
        if not label and kind != "client"
    )


def _units(rows: Iterable[Activity]) -> dict[tuple[str, int], str]:
    """The currencies of what is told with an amount."""
    found = {}
    for fact, kind, model in _PRICED:
        if keys := {row.subject_id for row in rows if row.fact == fact}:
            units = model.objects.filter(pk__in=keys).values_list("pk", "currency_id")
            found.update({(kind, pk): unit for pk, unit in units})
    return found
