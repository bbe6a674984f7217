"""Taxes of a document, gathered by name and rate for the breakdown that prints and e-invoices need."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from comptoir.kernel.money import ZERO, settle

TAX_PLACES: Final = 2
"""Taxes have two decimals in every currency, yen and dinars included (decisions M4)."""


@dataclass(frozen=True, slots=True)
class TaxShare:
    """All of one tax: ``base`` is what it was levied on, without tax (EN 16931 BT-116, BT-117)."""

    name: str
    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(slots=True)
class Tally:
    """The taxes met so far; two spellings of a name that differ by spaces are one tax."""

    bases: dict[tuple[str, Decimal], Decimal] = field(default_factory=dict)
    amounts: dict[tuple[str, Decimal], Decimal] = field(default_factory=dict)
    names: dict[tuple[str, Decimal], str] = field(default_factory=dict)
    untaxed: Decimal = ZERO

    def add(self, name: str, rate: Decimal, base: Decimal, amount: Decimal) -> None:
        key = (name.replace(" ", ""), rate)
        self.names.setdefault(key, name)
        self.bases[key] = self.bases.get(key, ZERO) + base
        self.amounts[key] = self.amounts.get(key, ZERO) + amount

    def shares(self, places: int) -> tuple[TaxShare, ...]:
        return tuple(
            TaxShare(name, key[1], settle(self.bases[key], places), self.amounts[key])
            for key, name in self.names.items()
        )


def tax_on(part: Decimal, whole: Decimal, rate: Decimal, *, inclusive: bool) -> Decimal:
    """Tax on part/whole: on top of it, or contained in it (base - base / (1 + rate)).

    The base comes as a fraction so that a single division is left, exact wherever it ends.
    """
    divisor = whole * (100 + rate if inclusive else 100)
    return part * rate / divisor if divisor else ZERO
