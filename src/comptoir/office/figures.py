"""The figures of the dashboard: sums in the company's own currency.

What is in another is converted at its own rate; what has none is named, and added to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import format_compact_decimal
from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.exchange.sums import Group, grouped
from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.payments.models import Payment
from comptoir.payments.models import Status as PaymentStatus
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.tenancy.columns import MoneyField
from comptoir.ui.parts import Stat
from comptoir.ui.plots import ceiling
from comptoir.ui.tags.figures import locale, money

MONTHS = 12
ZERO = Decimal(0)
Month = tuple[int, int]


def figures(place: Desk) -> dict[str, Any]:
    """What is outstanding, late, invoiced and received, and the last twelve months."""
    own = str(place.preferences.currency_id)
    invoices = Invoice.objects.live().filter(client__deleted_at=None)
    months = _months(place.on)
    billed = _by_month(place, _issued(invoices), months, "amount")
    received = _by_month(place, _came(), months, "amount", "refunded")
    owed = _owed(place, invoices)
    return {
        "stats": _stats(owed, own, billed[-1], received[-1]),
        "chart": _chart(months, billed, received, own),
        "converted": _converted(owed, own),
        "left_out": left_out(place, months[0]),
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


def _owed(place: Desk, invoices: Any) -> list[Group]:
    """What is owed, and of it what is late, by currency and rate."""
    late = Q(due_date__lt=place.on) | Q(partial__gt=0, partial_due_date__lt=place.on)
    sums = {
        "sum": Sum("balance"),
        "n": Count("pk"),
        "late": Sum("balance", filter=late, default=ZERO),
        "late_n": Count("pk", filter=late),
    }
    return list(grouped(place.company, invoices.unpaid().filter(balance__gt=0), **sums))


def _stats(owed: list[Group], own: str, billed: Decimal, received: Decimal) -> list[Stat]:
    unit = currency(own)
    counted = [(group, home) for group in owed if (home := group.home(group["sum"])) is not None]
    late = sum((group.home(group["late"]) or ZERO for group, _home in counted), ZERO)
    late_n = sum(group["late_n"] for group, _home in counted)
    return [
        Stat(
            _("Outstanding"),
            money(sum((home for _group, home in counted), ZERO), unit),
            _invoices(sum(group["n"] for group, _home in counted)),
        ),
        Stat(
            _("Overdue"), money(late, unit), _invoices(late_n) if late_n else _("Nothing overdue"),
            "error" if late_n else "",
        ),
        Stat(_("Invoiced this month"), money(billed, unit)),
        Stat(_("Received this month"), money(received, unit)),
    ]  # fmt: skip


def _converted(owed: list[Group], own: str) -> list[str]:
    """What is outstanding in other currencies, and counted at the rates of its invoices."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for group in owed:
        if group["currency_id"] != own and group.home(group["sum"]) is not None:
            sums[group["currency_id"]] += group["sum"]
    return [money(amount, currency(unit)) for unit, amount in sorted(sums.items())]


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


def _issued(invoices: Any) -> Any:
    return invoices.exclude(status_id__in=(Status.DRAFT, Status.CANCELLED, Status.REVERSED))


def _came() -> Any:
    live = Payment.objects.live().filter(client__deleted_at=None)
    return live.filter(status_id__gte=PaymentStatus.COMPLETED)


def _by_month(place: Desk, rows: Any, months: list[Month], column: str, less: str = "") -> list[Decimal]:
    """The sum of a column in each month, less what went back."""
    amount: Any = F(column) - F(less) if less else F(column)
    groups = grouped(
        place.company,
        rows.filter(date__gte=date(*months[0], 1)),
        "date__year",
        "date__month",
        sum=Sum(amount, output_field=MoneyField()),
    )
    found: dict[Month, Decimal] = defaultdict(Decimal)
    for group in groups:
        found[group["date__year"], group["date__month"]] += group.home(group["sum"]) or ZERO
    return [found[month] for month in months]


def left_out(place: Desk, since: Month) -> list[dict[str, str]]:
    """What these figures do not hold, in words: records of another currency whose rate nobody knows."""
    first = date(*since, 1)
    invoices = _issued(Invoice.objects.live().filter(client__deleted_at=None))
    invoices = invoices.filter(Q(balance__gt=0) | Q(date__gte=first))
    return [
        {"said": said(n) % {"n": n, "code": code}, "url": f"{reverse(name)}?no_rate={unit}"}
        for name, said, rows in (
            ("office:invoices", _invoices_without, invoices),
            ("office:payments", _payments_without, _came().filter(date__gte=first)),
        )
        for unit, code, n in _without_rate(place, rows)
    ]


def _invoices_without(n: int) -> str:
    return ngettext(
        "%(n)s invoice in %(code)s has no exchange rate and is not counted.",
        "%(n)s invoices in %(code)s have no exchange rate and are not counted.",
        n,
    )


def _payments_without(n: int) -> str:
    return ngettext(
        "%(n)s payment in %(code)s has no exchange rate and is not counted.",
        "%(n)s payments in %(code)s have no exchange rate and are not counted.",
        n,
    )


def _without_rate(place: Desk, rows: Any) -> Iterator[tuple[str, str, int]]:
    """Currency, its code and how many, in the order of the codes."""
    found: dict[str, int] = defaultdict(int)
    foreign = rows.exclude(currency_id=str(place.preferences.currency_id))
    for group in grouped(place.company, foreign, n=Count("pk")):
        if group.home(ZERO) is None:
            found[group["currency_id"]] += group["n"]
    named = sorted((getattr(currency(unit), "code", unit), unit, n) for unit, n in found.items())
    return ((unit, code, n) for code, unit, n in named)
