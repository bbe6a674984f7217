"""Numbers: exact on the wire, exact inside, never a float in between."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from msgspec import Raw

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import Reading
from comptoir.kernel.money import LIMIT, SCALE, ZERO, digits, parse

MOST: Final = LIMIT
"""The contract allows 99,999,999,999,999; a column of micros holds a little less."""

_WHOLE: Final = {"SmallIntegerField": 2**15 - 1, "PositiveSmallIntegerField": 2**15 - 1}
_WIDE: Final = {"BigIntegerField": 2**63 - 1, "BigAutoField": 2**63 - 1, "PositiveBigIntegerField": 2**63 - 1}


def number(micros: int | None) -> int | Raw:
    """Micros as a JSON number: 100000000 is 100, 12500000 is 12.5, null is 0."""
    if not micros:
        return 0
    if micros % SCALE:
        return Raw(digits(micros))
    return micros // SCALE


class Amount(Field):
    """Money: a JSON number without idle zeros (contract rules 2); micros in the database.

    Takes numbers and numeric strings; "" and null are 0, anything else is a fault (decisions M5).
    ``least`` is the smallest value taken.
    """

    empty = 0
    takes = ("number", "string", "null")
    code = "number({v})"

    def __init__(self, source: str = "", *, least: int | None = None, **options: Any) -> None:
        super().__init__(source, **options)
        self.least = least

    @property
    def names(self) -> dict[str, Any]:
        return {"number": number}

    def show(self, slot: str) -> str:
        if self.column is None or self.column.null:
            return super().show(slot)
        # Most amounts are whole: worth sparing them a call.
        return f"number({slot}) if {slot} % {SCALE} else {slot} // {SCALE}"

    def nothing(self) -> Any:
        return ZERO

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        try:
            amount = parse(value)
        except ValueError:
            return reading.fault(where, "number")
        return self.within(amount, where, reading)

    def within(self, amount: Decimal, where: str, reading: Reading) -> Any:
        least = -MOST if self.least is None else self.least
        if amount > MOST:
            return reading.fault(where, "largest", most=MOST)
        if amount < least:
            return reading.fault(where, "smallest", least=least)
        return amount

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


class Rate(Amount):
    """A percentage, a quantity or an exchange rate: on the wire and inside just like money."""


class Whole(Field):
    """A count: a JSON integer. Takes numbers and numeric strings without a fraction."""

    empty = 0
    takes = ("number", "string", "null")
    code: ClassVar[str] = "{v} or 0"

    def __init__(
        self, source: str = "", *, least: int | None = None, most: int | None = None, **options: Any
    ) -> None:
        super().__init__(source, **options)
        self.least, self.most = least, most

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        try:
            amount = parse(value)
        except ValueError:
            return reading.fault(where, "whole")
        if amount != amount.to_integral_value():
            return reading.fault(where, "whole")
        least, most = self.bounds()
        if amount > most:
            return reading.fault(where, "largest", most=most)
        if amount < least:
            return reading.fault(where, "smallest", least=least)
        return int(amount)

    def bounds(self) -> tuple[int, int]:
        kind = self.column.get_internal_type() if self.column else ""
        most = _WHOLE.get(kind) or _WIDE.get(kind) or 2**31 - 1
        floor = 0 if kind.startswith("Positive") else -most
        return floor if self.least is None else self.least, most if self.most is None else self.most

    def schema(self) -> dict[str, Any]:
        return {"type": "integer"}
