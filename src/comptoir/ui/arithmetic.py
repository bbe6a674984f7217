"""Numbers as people type them: 1 234,50 and 1,234.50 and sums such as 3*12.5."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException, localcontext
from typing import Final

_NUMERAL: Final = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+")
_TOKEN: Final = re.compile(_NUMERAL.pattern + r"|[-+*/()]")
_SPACES: Final = re.compile("[\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'’]")
_SIGNS: Final = str.maketrans({"×": "*", "÷": "/", "−": "-"})
_LONGEST: Final = 200


def calculate(text: str) -> Decimal:
    """The value of a number or sum; nothing typed is zero.

    Raises ValueError when it is no sum, divides by zero or is longer than a person types.
    """
    plain = _SPACES.sub("", text).translate(_SIGNS)
    tokens = _TOKEN.findall(plain)
    if not plain:
        return Decimal(0)
    if len(plain) > _LONGEST or "".join(tokens) != plain:
        raise ValueError(text)
    sum_ = _Sum(tokens)
    try:
        with localcontext(prec=40):
            value = sum_.terms()
    except DecimalException as error:
        raise ValueError(text) from error
    if sum_.tokens or not value.is_finite():
        raise ValueError(text)
    return value


def numeral(text: str) -> Decimal:
    """The last of two different signs is the decimal one; a sign that comes twice groups thousands."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return Decimal(text)
    if len(set(text) & {".", ","}) == 1 and text.count(text[last]) > 1:
        return Decimal(text.replace(text[last], ""))
    whole = text[:last].replace(".", "").replace(",", "")
    return Decimal(f"{whole or 0}.{text[last + 1 :]}")


class _Sum:
    """A reader of tokens, by the usual precedence."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def terms(self) -> Decimal:
        value = self.product()
        while (sign := self.one_of("+-")) is not None:
            value += self.product() if sign == "+" else -self.product()
        return value

    def product(self) -> Decimal:
        value = self.factor()
        while (sign := self.one_of("*/")) is not None:
            value = value * self.factor() if sign == "*" else value / self.factor()
        return value

    def factor(self) -> Decimal:
        if (sign := self.one_of("+-")) is not None:
            return self.factor() if sign == "+" else -self.factor()
        if self.one_of("("):
            value = self.terms()
            if self.one_of(")") is None:
                raise ValueError("unclosed")
            return value
        if not self.tokens or not _NUMERAL.fullmatch(self.tokens[0]):
            raise ValueError("no number")
        return numeral(self.tokens.pop(0))

    def one_of(self, signs: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in signs else None
