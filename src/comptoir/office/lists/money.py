"""Sums of all that is filtered, currency by currency: they are never added up with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from comptoir.office.lists.columns import Rows
from comptoir.reference import currency
from comptoir.ui import cells

MOST = 1000
"""Rows that are summed; of more, nobody reads the sum, and everybody would wait for it."""


def sums(rows: Rows, columns: Sequence[str]) -> dict[str, SafeString]:
    """The written sums of money columns, by column; nothing above ``MOST`` rows."""
    few = rows.order_by()[: MOST + 1].values("pk")
    figures = {f"sum_{name}": Sum(name) for name in columns}
    found = (
        rows.model.objects.filter(pk__in=few)
        .values("currency_id")
        .order_by("currency_id")
        .annotate(n=Count("pk"), **figures)
    )
    groups = list(found)
    if sum(group["n"] for group in groups) > MOST:
        return {}
    return {
        name: written((group["currency_id"], group[f"sum_{name}"]) for group in groups) for name in columns
    }


def written(figures: Any) -> SafeString:
    """Amounts in several currencies, one below the other."""
    return format_html_join(
        "",
        '<span class="block">{}</span>',
        ((cells.money(amount, currency(unit)),) for unit, amount in figures),
    )
