"""For whom something is written: language, currency, format of dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from comptoir.kernel import formats

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True)
class Fine:
    """A currency written with more decimals than it has, for prices by the gram."""

    code: str
    precision: int


@dataclass(frozen=True)
class Reader:
    """`date_pattern` is one of the date format table; None is the usual one of the language."""

    locale: str
    currency: formats.Currency
    date_pattern: str | None = None
    show_code: bool = False

    @property
    def language(self) -> str:
        """Django's name of the language: pt-br for pt_BR."""
        return self.locale.replace("_", "-").lower()

    @property
    def direction(self) -> str:
        return "rtl" if self.locale[:2] in RIGHT_TO_LEFT else "ltr"

    def money(self, amount: Decimal) -> str:
        return formats.money(amount, self.currency, self.locale, show_code=self.show_code)

    def fine_money(self, amount: Decimal, places: int) -> str:
        """A price with so many decimals."""
        fine = Fine(self.currency.code, places)
        return formats.money(amount, fine, self.locale, show_code=self.show_code)

    def day(self, on: date | None) -> str:
        """A day, or nothing."""
        return formats.day(on, self.locale, self.date_pattern) if on else ""

    def number(self, value: Decimal) -> str:
        return formats.number(value, self.locale)

    def percent(self, value: Decimal) -> str:
        return formats.percent(value, self.locale)
