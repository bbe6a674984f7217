"""A company says its own rates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.kernel.money import PLACES, round_half_up
from comptoir.kernel.refused import Refused
from comptoir.preferences.operations import update_company
from comptoir.reference import currency
from comptoir.tenancy.models import Company

from .rates import SWITCH, own_currency

MOST: Final = 1_000_000_000


def set_rates(company: Company, said: Mapping[str, Decimal], *, by: Actor, on: date) -> Company:
    """Keep these rates and no others: by currency id, units of it for one of the company's currency.

    Documents that are there keep theirs; those at par count for as long as a 1 stands here.
    Raises Refused at ``rate.<currency id>``.
    """
    base = own_currency(company)
    said = {unit: round_half_up(rate, PLACES) for unit, rate in said.items()}
    faults = {f"rate.{unit}": [fault] for unit, rate in said.items() if (fault := _fault(unit, rate, base))}
    if faults:
        raise Refused.many(faults)
    rates = {unit: f"{rate.normalize():f}" for unit, rate in said.items()}
    kept: dict[str, Any] = {"base": base, "rates": rates} if rates else {}
    return update_company(company, {SWITCH: kept}, by=by, on=on)


def _fault(unit: str, rate: Decimal, base: str) -> str:
    if currency(unit) is None:
        return _("Choose a currency.")
    if unit == base:
        return _("Choose another currency than your own.")
    if not 0 < rate < MOST:
        return _("A rate is more than nought and less than a billion; six decimals of it are kept.")
    return ""
