"""Sums over all currencies: rows are grouped by their rate, so that converting is exact."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from comptoir.tenancy.models import Company

from .rates import Converter

TOWARDS = "exchange_currency_id"


class Group(dict[str, Any]):
    """What rows with one rate come to, by the names that were asked for."""

    converter: Converter

    def home(self, amount: Decimal) -> Decimal | None:
        """An amount in the company's currency; None where the rate is unknown."""
        return self.converter.convert(
            amount, self["currency_id"], self["exchange_rate"], self.get(TOWARDS, "")
        )


def grouped(company: Company, rows: QuerySet[Any], *by: str, **sums: Any) -> Iterator[Group]:
    """Rows with one currency and one rate together, and apart by the columns of ``by``."""
    towards = (TOWARDS,) if hasattr(rows.model, TOWARDS) else ()
    converter = Converter(company)
    groups = rows.order_by().values(*by, "currency_id", "exchange_rate", *towards).annotate(**sums)
    for row in groups:
        group = Group(row)
        group.converter = converter
        yield group
