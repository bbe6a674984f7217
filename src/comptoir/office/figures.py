"""The figures of the dashboard: sums in the company's own currency; others are named, never added to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import format_compact_decimal
from django.db.models import Count, Q, Sum
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.payments.models import Payment
from comptoir.payments.models import Status as PaymentStatus
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.ui.parts import Stat
from comptoir.ui.plots import ceiling
from comptoir.ui.tags.figures import locale, money

MONTHS = 12
ZERO = Decimal(0)
Month = tuple[int, int]


def figures(place: Desk) -> dict[str, Any]:
    """What is outstanding, late, invoiced and received, and the last twelve months."""
    own = str(place.preferences.currency_id)
    invoices = Invoice.objects.live().filter(currency_id=own, client__deleted_at=None)
    months = _months(place.on)
    received, billed = _received(own, months), _billed(invoices, months)
    return {
        "stats": _stats(invoices, own, place.on, billed[-1], received[-1]),
        "chart": _chart(months, billed, received, own),
        "others": _other_currencies(own),
    }


def _chart(months: list[Month], billed: list[Decimal], received: list[Decimal], own: str) -> dict[str, Any]:
    """Twelve months of what was invoiced and what came in, on one scale."""
    unit, top = currency(own), ceiling([*billed, *received])
    names = [formats.day(date(year, month, 1), locale(), "MMMM YYYY") for year, month in months]
    said = [
        _("%(month)s: %(billed)s invoiced, %(received)s received")
        % {"month": name, "billed": money(each, unit), "received": money(came, unit)}
        for name, each, came in zip(names, billed, received, strict=True)
    ]
    return {
        "labels": [formats.day(date(year, month, 1), locale(), "M") for year, month in months],
        "billed": billed,
        "received": received,
        "said": [strip_tags(each) for each in said],
        "top": top,
        "axis": [
            format_compact_decimal(top * share, locale=locale(), fraction_digits=1) for share in (1, 0.5, 0)
        ],
    }


def _stats(invoices: Any, own: str, on: date, billed: Decimal, received: Decimal) -> list[Stat]:
    unit = currency(own)
    late = Q(due_date__lt=on) | Q(partial__gt=0, partial_due_date__lt=on)
    owed = invoices.unpaid().filter(balance__gt=0)
    sums = owed.aggregate(
        sum=Sum("balance"), n=Count("pk"), late=Sum("balance", filter=late), late_n=Count("pk", filter=late)
    )
    return [
        Stat(_("Outstanding"), money(sums["sum"] or ZERO, unit), _invoices(sums["n"])),
        Stat(
            _("Overdue"), money(sums["late"] or ZERO, unit),
            _invoices(sums["late_n"]) if sums["late_n"] else _("Nothing overdue"),
            "error" if sums["late_n"] else "",
        ),
        Stat(_("Invoiced this month"), money(billed, unit)),
        Stat(_("Received this month"), money(received, unit)),
    ]  # fmt: skip


def _invoices(n: int) -> str:
    return ngettext("%(n)s invoice", "%(n)s invoices", n) % {"n": n}


def _months(on: date) -> list[Month]:
    """The last twelve months, oldest first."""
    first = on.replace(day=1)
    found = []
    for _n in range(MONTHS):
        found.append((first.year, first.month))
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _billed(invoices: Any, months: list[Month]) -> list[Decimal]:
    issued = invoices.exclude(status_id__in=(Status.DRAFT, Status.CANCELLED, Status.REVERSED))
    return _by_month(issued, months, "amount")


def _received(own: str, months: list[Month]) -> list[Decimal]:
    """What came in, less what went back."""
    came = Payment.objects.live().filter(currency_id=own, status_id__gte=PaymentStatus.COMPLETED)
    amounts, refunds = _by_month(came, months, "amount"), _by_month(came, months, "refunded")
    return [amount - refund for amount, refund in zip(amounts, refunds, strict=True)]


def _by_month(rows: Any, months: list[Month], column: str) -> list[Decimal]:
    recent = rows.filter(date__gte=date(*months[0], 1)).order_by()
    sums = recent.values_list("date__year", "date__month").annotate(sum=Sum(column))
    found = {(year, month): amount for year, month, amount in sums}
    return [found.get(month, ZERO) for month in months]


def _other_currencies(own: str) -> list[str]:
    rows = Invoice.objects.live().unpaid().filter(client__deleted_at=None).exclude(currency_id=own)
    sums = rows.order_by("currency_id").values_list("currency_id").annotate(sum=Sum("balance"))
    return [money(amount, currency(unit)) for unit, amount in sums if amount]
