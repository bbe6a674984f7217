"""Sums of money by currency, computed by the database from what the caller may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Sum

from comptoir.api.resources.periods import Period
from comptoir.contract.requesters import Requester
from comptoir.exchange.sums import grouped
from comptoir.payments.models import Payment
from comptoir.payments.models import Status as PaymentStatus
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.models import Company

ALL: Final = "999"
"""The wire's id for every currency together, in the company's."""

ZERO: Final = Decimal(0)
_RECEIVED: Final = (PaymentStatus.COMPLETED, PaymentStatus.PARTLY_REFUNDED, PaymentStatus.REFUNDED)
_ISSUED: Final = (InvoiceStatus.SENT, InvoiceStatus.PARTIAL, InvoiceStatus.PAID)


@dataclass
class Figure:
    """``count`` are all the records, ``counted`` those in the total: all but those without a rate."""

    total: Decimal = ZERO
    count: int = 0
    counted: int = 0

    def add(self, total: Decimal | None, count: int) -> None:
        """None is the total of records without a rate."""
        self.count += count
        if total is not None:
            self.total += total
            self.counted += count


ByCurrency = dict[str, Figure]


def invoiced(who: Requester, span: Period, *, drafts: bool = False) -> QuerySet[Any]:
    """Invoices issued in a span, without those of deleted clients (decision C17)."""
    statuses = (InvoiceStatus.DRAFT, *_ISSUED) if drafts else _ISSUED
    return _of_live_clients(who.seen(Invoice.objects.all(), "invoice"), span).filter(status_id__in=statuses)


def outstanding(who: Requester, span: Period) -> QuerySet[Any]:
    """Those of them that are still owed."""
    rows = _of_live_clients(who.seen(Invoice.objects.unpaid(), "invoice"), span)
    return rows.filter(balance__gt=ZERO)


def received(who: Requester, span: Period) -> QuerySet[Any]:
    """Payments of a span, whatever they were for."""
    rows = _of_live_clients(who.seen(Payment.objects.all(), "payment"), span)
    return rows.filter(status_id__in=_RECEIVED)


def _of_live_clients(rows: QuerySet[Any], span: Period) -> QuerySet[Any]:
    return rows.filter(deleted_at=None, client__deleted_at=None, date__range=(span.start, span.end))


def totals(company: Company, rows: QuerySet[Any], *columns: str) -> ByCurrency:
    """The sum of a column, less that of the ones behind it, by currency; under ALL in the company's.

    What has no rate of exchange is counted, and not in the total under ALL.
    """
    found: ByCurrency = defaultdict(Figure)
    for group in grouped(company, rows, count=Count("pk"), total=_sum(columns)):
        found[group["currency_id"]].add(group["total"], group["count"])
        found[ALL].add(group.home(group["total"]), group["count"])
    return found


def by_day(company: Company, rows: QuerySet[Any], *columns: str) -> dict[str, dict[date, Decimal]]:
    """The same day by day: currency -> day -> sum."""
    found: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for group in grouped(company, rows, "date", total=_sum(columns)):
        found[group["currency_id"]][group["date"]] += group["total"]
        if (home := group.home(group["total"])) is not None:
            found[ALL][group["date"]] += home
    return found


def _sum(columns: tuple[str, ...]) -> Sum:
    first, *less = columns
    amount: Any = F(first)
    for column in less:
        amount = amount - F(column)
    return Sum(amount, output_field=MoneyField())
