"""Sums of all that is filtered, currency by currency: they are never added up with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from comptoir.office.lists.columns import Rows
from comptoir.reference import currency
from comptoir.ui import cells

MOST = 1000
"""Rows that are summed; of more, nobody reads the sum, and everybody would wait for it."""


def sums(rows: Rows, columns: Sequence[str], own: str) -> dict[str, SafeString]:
    """The written sums of money columns, by column; nothing above ``MOST`` rows. ``own`` is the currency
    that comes first."""
    few = rows.order_by()[: MOST + 1].values("pk")
    figures = {f"sum_{name}": Sum(name) for name in columns}
    found = rows.model.objects.filter(pk__in=few).order_by("currency_id").values("currency_id")
    groups = list(found.annotate(n=Count("pk"), **figures))
    if sum(group["n"] for group in groups) > MOST:
        return {}
    return {
        name: written({group["currency_id"]: group[f"sum_{name}"] for group in groups}, own)
        for name in columns
    }


def written(sums: Mapping[str, Decimal], own: str) -> SafeString:
    """The sum in one's own currency; those in others are a look away."""
    first, *others = sorted(
        (unit for unit, amount in sums.items() if amount), key=lambda unit: unit != own
    ) or [own]
    shown = cells.money(sums.get(first, Decimal(0)), currency(first))
    if not others:
        return shown
    said = " · ".join(strip_tags(cells.money(sums[unit], currency(unit))) for unit in others)
    return format_html('<span title="{}">{} <span class="more">+{}</span></span>', said, shown, len(others))
