"""How many units of a currency one unit of the company's own is: the one place that knows.

A rate of exactly 1 in another currency says that nobody knows it: that is what the wire shows then
(contract rules 11), and what apps send back. Where two currencies really stand at par, the company says so
by a rate of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from comptoir.kernel.money import round_half_up
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company

from .models import RateSheet

GOOD_FOR: Final = timedelta(days=31)
"""How long the rates of a day stand in for later ones, when none come."""

UNKNOWN: Final = Decimal(1)
PLACES: Final = 6
LEAST: Final = Decimal("0.0005")
"""Below it, six decimals may be wrong by more than a thousandth: then a person says the rate."""
SWITCH: Final = "exchange_rates"
EURO: Final = "3"


@dataclass(frozen=True, slots=True)
class Known:
    """A rate, and since when: the day it was published for, None for the company's own."""

    rate: Decimal
    day: date | None = None
    source: str = ""


def own_currency(company: Company) -> str:
    """The id of the currency that the company keeps its books in."""
    return str(Preferences((company.settings,)).currency_id)


def own_rates(company: Company) -> dict[str, Decimal]:
    """What the company says itself, by currency id; nothing that it said while it had another currency."""
    said = company.switch(SWITCH)
    if said.get("base") != own_currency(company):
        return {}
    return {unit: Decimal(rate) for unit, rate in said["rates"].items()}


def known_rates(company: Company, *, on: date) -> dict[str, Known]:
    """Every currency whose rate is known on a day: the company's own word first, then the last sheet."""
    return published_rates(company, on=on) | {unit: Known(rate) for unit, rate in own_rates(company).items()}


def published_rates(company: Company, *, on: date) -> dict[str, Known]:
    """What was fetched, seen from the company's currency: of that day, or the last before it."""
    sheet = RateSheet.objects.filter(day__lte=on, day__gte=a_month_before(on)).order_by("-day").first()
    own = own_currency(company)
    if sheet is None:
        return {}
    euros = {EURO: Decimal(1)} | {unit: Decimal(rate) for unit, rate in sheet.rates.items()}
    crossed = _crossed(euros, own) if own in euros else {}
    return {unit: Known(rate, sheet.day, sheet.source) for unit, rate in crossed.items()}


def _crossed(euros: Mapping[str, Decimal], own: str) -> dict[str, Decimal]:
    """Rates for one unit of ``own``; one that six decimals cannot say is none."""
    found = {unit: round_half_up(rate / euros[own], PLACES) for unit, rate in euros.items() if unit != own}
    return {unit: rate for unit, rate in found.items() if rate >= LEAST}


def known_rate(company: Company, currency_id: str, *, on: date) -> Known | None:
    """The rate of one currency on a day; None for the company's own, and when nobody knows."""
    if currency_id == own_currency(company):
        return None
    said = own_rates(company).get(currency_id)
    return Known(said) if said else published_rates(company, on=on).get(currency_id)


def rate(company: Company, currency_id: str, *, on: date) -> Decimal:
    """What a record of that day begins with: 1 in the company's own currency, and when nobody knows."""
    known = known_rate(company, currency_id, on=on)
    return known.rate if known else UNKNOWN


def says_nothing(rate: Decimal) -> bool:
    """Whether no rate is said; one too small to be kept says nothing either."""
    return round_half_up(rate, PLACES) in (0, UNKNOWN)


def a_month_before(on: date) -> date:
    """The first day whose rates are good for that one; the calendar begins in year 1."""
    return max(on, date.min + GOOD_FOR) - GOOD_FOR


class Converter:
    """Amounts in the company's own currency, each at the rate of its record."""

    def __init__(self, company: Company) -> None:
        self.own = own_currency(company)
        self._at_par = {unit for unit, rate in own_rates(company).items() if rate == UNKNOWN}

    def knows(self, currency_id: str, rate: Decimal, towards: str = "") -> bool:
        """Whether a record can be counted; ``towards``: the currency that it is converted to, if it says."""
        if currency_id == self.own:
            return True
        return towards in ("", self.own) and (not says_nothing(rate) or currency_id in self._at_par)

    def convert(self, amount: Decimal, currency_id: str, rate: Decimal, towards: str = "") -> Decimal | None:
        """Exact to the last division; None when the rate is unknown."""
        if not self.knows(currency_id, rate, towards):
            return None
        return amount if currency_id == self.own else amount / rate
