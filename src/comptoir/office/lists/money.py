"""Sums of all that is filtered, currency by currency: they are never added up with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comptoir.kernel import formats
from comptoir.reference import currency
from comptoir.tenancy.rows import CompanyOwned
from comptoir.ui import cells
from comptoir.ui.tags.figures import locale


class Sums:
    """Sums by column and currency; ``own`` is the currency that leads."""

    def __init__(self, own: str) -> None:
        self.own = own
        self._by_column: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))

    def add(self, unit: str, **amounts: Decimal) -> None:
        """Put in what one currency comes to."""
        for column, amount in amounts.items():
            self._by_column[column][unit] += amount

    def written(self) -> dict[str, SafeString]:
        """By column, as the foot of the table says them."""
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


def sums(model: type[CompanyOwned], keys: list[int], columns: Sequence[str], own: str) -> Sums:
    """The sums of money columns of the rows with these keys; each says its currency."""
    figures: dict[str, Any] = {f"sum_{name}": Sum(name) for name in columns}
    found = Sums(own)
    for part in (
        model.objects.filter(pk__in=keys).order_by("currency_id").values("currency_id").annotate(**figures)
    ):
        found.add(part["currency_id"], **{name: part[f"sum_{name}"] for name in columns})
    return found
