"""Sums of money by currency, computed by the database from what the caller may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Sum

from comptoir.api.resources.periods import Period
from comptoir.contract.requesters import Requester
from comptoir.payments.models import Payment
from comptoir.payments.models import Status as PaymentStatus
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.tenancy.columns import MoneyField

ALL: Final = "999"
"""The wire's id for every currency together, in the company's."""

ZERO: Final = Decimal(0)
_RECEIVED: Final = (PaymentStatus.COMPLETED, PaymentStatus.PARTLY_REFUNDED, PaymentStatus.REFUNDED)
_ISSUED: Final = (InvoiceStatus.SENT, InvoiceStatus.PARTIAL, InvoiceStatus.PAID)


@dataclass
class Figure:
    total: Decimal = ZERO
    count: int = 0


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


def totals(rows: QuerySet[Any], *columns: str) -> ByCurrency:
    """The sum of a column, less that of the ones behind it, by currency; under ALL in the company's.

    Rates are units of the currency for one of the company's; rows are grouped by them, so that
    converting stays exact to the last division.
    """
    found: ByCurrency = defaultdict(Figure)
    for currency, rate, count, total in _summed(rows, columns):
        _add(found[currency], total, count)
        _add(found[ALL], total / rate if rate else total, count)
    return found


def by_day(rows: QuerySet[Any], *columns: str) -> dict[str, dict[date, Decimal]]:
    """The same day by day: currency -> day -> sum."""
    found: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for day, currency, rate, _count, total in _summed(rows, columns, "date"):
        found[currency][day] += total
        found[ALL][day] += total / rate if rate else total
    return found


def _summed(rows: QuerySet[Any], columns: tuple[str, ...], *by: str) -> Iterable[tuple[Any, ...]]:
    first, *less = columns
    amount: Any = F(first)
    for column in less:
        amount = amount - F(column)
    groups = (*by, "currency_id", "exchange_rate")
    summed = (
        rows.order_by()
        .values_list(*groups)
        .annotate(count=Count("pk"), total=Sum(amount, output_field=MoneyField()))
    )
    return ((*row[:-1], row[-1] or ZERO) for row in summed)


def _add(figure: Figure, total: Decimal, count: int) -> None:
    figure.total += total
    figure.count += count
