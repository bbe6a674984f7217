"""Exact money: Decimal in Python, whole micros (10^-6 units) in the database, digits on the wire.

Nothing here is a float, and every rounding of the product is one of the two functions below
(contract rules 10).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from comptoir.kernel.refused import Refused

PLACES: Final = 6
SCALE: Final = 10**PLACES
LIMIT: Final = 9_223_372_036_854
"""Whole units that a signed 64-bit column of micros can hold."""

EXACT: Final = Context(prec=60, rounding=ROUND_HALF_UP)
"""Wide enough that a product of two stored numbers, and any tie when rounding, is exact."""

ZERO: Final = Decimal(0)

_STEPS: Final = tuple(Decimal(1).scaleb(-places) for places in range(16))
_MICRO: Final = _STEPS[PLACES]
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST_TEXT: Final = 64
_WIDEST_EXPONENT: Final = 30


class Overflow(Refused):
    """An amount that no column can hold, beyond ±9,223,372,036,854 units."""

    def __init__(self, field: str = "", sentence: object = "This amount is too large.") -> None:
        super().__init__(field, sentence)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round a tie away from zero: 1.005 -> 1.01, -1.005 -> -1.01 (R of contract rules 10)."""
    return value.quantize(_STEPS[places], context=EXACT)


def settle(value: Decimal, places: int) -> Decimal:
    """Round to micros first, then to ``places`` (F of contract rules 10)."""
    return value.quantize(_MICRO, context=EXACT).quantize(_STEPS[places], context=EXACT)


def to_micros(amount: Decimal) -> int:
    """Give the stored whole number; digits beyond the sixth are rounded half up.

    Raises Overflow beyond ±9,223,372,036,854 units.
    """
    if not -LIMIT <= amount <= LIMIT:
        raise Overflow
    return int(amount.scaleb(PLACES, context=EXACT).to_integral_value(ROUND_HALF_UP))


def from_micros(micros: int) -> Decimal:
    """Give the amount as written by a person: 12500000 -> Decimal("12.5")."""
    return Decimal(digits(micros))


def digits(micros: int) -> str:
    """Write stored micros as the shortest exact JSON number: 100000000 -> "100"."""
    if micros < 0:
        return "-" + digits(-micros)
    units, rest = divmod(micros, SCALE)
    return f"{units}.{rest:06}".rstrip("0") if rest else str(units)


def shortest(value: Decimal) -> Decimal:
    """Drop idle zeros so that ``str`` gives a plain JSON number; below a millionth is rounded to one."""
    if not value:
        return ZERO  # and not -0
    whole = value.quantize(_STEPS[0], context=EXACT)
    if whole == value:
        return whole
    if -_MICRO < value < _MICRO:
        return shortest(settle(value, PLACES))
    return value.normalize(EXACT)


def parse(value: object) -> Decimal:
    """Read a number sent by a person or an app; "" and None are 0, "12.50" is 12.50.

    A float is read by its shortest text, so that 0.1 means 0.1. Raises ValueError for anything
    that is no plain finite number (contract decisions M5).
    """
    if value is None:
        return ZERO
    if isinstance(value, bool):
        raise ValueError("a truth value is no number")
    if isinstance(value, int):
        return _within_reason(Decimal(value))
    if isinstance(value, Decimal):
        return _within_reason(value)
    if isinstance(value, float):
        return _within_reason(Decimal(repr(value)))
    if isinstance(value, str):
        return _read(value.strip())
    raise ValueError("no number")


def _read(text: str) -> Decimal:
    if not text:
        return ZERO
    if len(text) > _LONGEST_TEXT or not _NUMBER.fullmatch(text):
        raise ValueError("no number")
    return _within_reason(Decimal(text))


def _within_reason(value: Decimal) -> Decimal:
    """Refuse what would take minutes or gigabytes to write out in full."""
    if value.is_finite() and -_WIDEST_EXPONENT <= value.adjusted() <= _WIDEST_EXPONENT:
        return value
    raise ValueError("no number of this world")
