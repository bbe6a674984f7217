"""Stripe counts in the smallest unit of a currency: cents, whole yen, thousandths of a dinar."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from comptoir.kernel.money import round_half_up

_WHOLE: Final = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)  # fmt: skip
_THOUSANDTHS: Final = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


def places(currency: str) -> int:
    """Decimals that Stripe counts a currency with."""
    if currency in _WHOLE:
        return 0
    return 3 if currency in _THOUSANDTHS else 2


def to_units(amount: Decimal, currency: str) -> int:
    """12.34 EUR -> 1234. Thousandths end with a zero, as Stripe asks."""
    count = places(currency)
    rounded = round_half_up(amount, min(count, 2))
    return int(rounded.scaleb(count))


def from_units(units: int, currency: str) -> Decimal:
    """1234, "EUR" -> 12.34."""
    return Decimal(units).scaleb(-places(currency))
