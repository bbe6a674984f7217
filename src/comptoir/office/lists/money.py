"""Sums of all that is filtered, currency by currency: they are never added up with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comptoir.kernel import formats
from comptoir.office.lists.columns import Rows
from comptoir.reference import currency
from comptoir.ui import cells
from comptoir.ui.tags.figures import locale

MOST = 1000
"""Rows that are summed; of more, nobody reads the sum, and everybody would wait for it."""


class Sums:
    """Sums by column and currency, and of how many rows they are; ``own`` is the currency that leads."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.n = 0
        self._by_column: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))

    def add(self, unit: str, n: int, **amounts: Decimal) -> None:
        """Put in what one currency comes to."""
        self.n += n
        for column, amount in amounts.items():
            self._by_column[column][unit] += amount

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return self.n <= MOST

    def written(self) -> dict[str, SafeString]:
        """By column, as the foot of the table says them; nothing when something was left out."""
        if not self.is_whole:
            return {}
        return {column: self._written(sums) for column, sums in self._by_column.items()}

    def _written(self, sums: dict[str, Decimal]) -> SafeString:
        """The sum in one's own currency; those in others are a look away."""
        units = sorted((unit for unit, amount in sums.items() if amount), key=lambda unit: unit != self.own)
        first, *others = units or [self.own]
        shown = cells.money(sums.get(first, Decimal(0)), currency(first))
        if not others:
            return shown
        named = ((sums[unit], currency(unit)) for unit in others)
        said = " · ".join(formats.money(amount, unit, locale()) for amount, unit in named if unit)
        return format_html(
            '<span title="{}">{} <span class="more">+{}</span></span>', said, shown, len(others)
        )


def sums(rows: Rows, columns: Sequence[str], own: str) -> Sums:
    """The sums of money columns of rows that say their currency."""
    few = rows.order_by()[: MOST + 1].values("pk")
    figures: dict[str, Any] = {f"sum_{name}": Sum(name) for name in columns}
    found = Sums(own)
    for part in (
        rows.model.objects.filter(pk__in=few)
        .order_by("currency_id")
        .values("currency_id")
        .annotate(n=Count("pk"), **figures)
    ):
        found.add(part["currency_id"], part["n"], **{name: part[f"sum_{name}"] for name in columns})
    return found
