"""What a way of paying costs the client, and from which amount to which it is offered.

``fees_and_limits`` keeps, by gateway type id, the wire's figures (contract schemas.json,
fees_and_limits): limits of -1 are none, ``fee_percent`` is a percent, ``fee_cap`` of 0 is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.money import ZERO, parse, round_half_up
from comptoir.kernel.refused import Refused

SLOTS: Final = (1, 2, 3)
FIGURES: Final = (
    "min_limit", "max_limit", "fee_amount", "fee_percent", "fee_cap",
    "fee_tax_rate1", "fee_tax_rate2", "fee_tax_rate3",
)  # fmt: skip
NAMES: Final = ("fee_tax_name1", "fee_tax_name2", "fee_tax_name3")
FLAGS: Final = ("adjust_fee_percent", "is_enabled")
NONE: Final = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures of one way of paying, in units of the currency that is paid in."""

    is_enabled: bool = True
    min_limit: Decimal = NONE
    max_limit: Decimal = NONE
    fee_amount: Decimal = ZERO
    fee_percent: Decimal = ZERO
    fee_cap: Decimal = ZERO
    adjust_fee_percent: bool = False
    taxes: tuple[tuple[str, Decimal], ...] = ()

    def takes(self, amount: Decimal) -> bool:
        """Whether an amount is within the limits."""
        return amount >= self.min_limit and (self.max_limit < 0 or amount <= self.max_limit)

    def fee(self, amount: Decimal) -> Decimal:
        """The fee on an amount, before tax.

        An adjusted percentage is of what is paid in the end, so that the company is left the amount.
        """
        share = self.fee_percent / 100
        percent = amount / (1 - share) - amount if self.adjust_fee_percent and share < 1 else amount * share
        fee = round_half_up(self.fee_amount + percent, 2)
        return min(fee, self.fee_cap) if self.fee_cap > 0 else fee

    @property
    def has_fee(self) -> bool:
        return self.fee_amount != 0 or self.fee_percent != 0


def terms(said: Mapping[str, Any] | None, *, enabled: bool = True) -> Terms:
    """The figures of a way of paying, as stored; what is missing has its default."""
    if said is None:
        return Terms(is_enabled=enabled)
    figures = {name: parse(said[name]) for name in FIGURES if name in said and not name.startswith("fee_tax")}
    taxes = tuple(
        (str(said.get(f"fee_tax_name{n}") or ""), parse(said.get(f"fee_tax_rate{n}") or 0)) for n in SLOTS
    )
    return Terms(
        is_enabled=bool(said.get("is_enabled", True)),
        adjust_fee_percent=bool(said.get("adjust_fee_percent", False)),
        taxes=taxes,
        **figures,
    )


def clean(said: Any) -> dict[str, dict[str, Any]]:
    """What an app sent, whole and typed. Raises Refused at ``fees_and_limits.<type>.<key>``."""
    if said in (None, "", []):
        return {}
    if not isinstance(said, Mapping):
        raise Refused("fees_and_limits", _("Fees and limits are kept by way of paying."))
    return {str(way): _whole(str(way), one) for way, one in said.items() if isinstance(one, Mapping)}


def _whole(way: str, said: Mapping[str, Any]) -> dict[str, Any]:
    faults: dict[str, list[Any]] = {}
    found: dict[str, Any] = {}
    for name in FIGURES:
        start = NONE if name.endswith("_limit") else ZERO
        try:
            value = parse(said.get(name, start) if said.get(name) not in (None, "") else start)
        except (ValueError, Refused):
            faults[f"fees_and_limits.{way}.{name}"] = [_("This is not a number.")]
            continue
        if value < 0 and not name.endswith("_limit"):
            faults[f"fees_and_limits.{way}.{name}"] = [_("This cannot be negative.")]
        found[name] = int(value) if value == value.to_integral_value() else float(value)
    least, most = parse(found.get("min_limit", -1)), parse(found.get("max_limit", -1))
    if 0 <= most < least:
        faults[f"fees_and_limits.{way}.max_limit"] = [_("The largest amount is below the smallest.")]
    if parse(found.get("fee_percent", 0)) >= 100:
        faults[f"fees_and_limits.{way}.fee_percent"] = [_("A percentage is below 100.")]
    if faults:
        raise Refused.many(faults)
    found |= {name: str(said.get(name) or "")[:190] for name in NAMES}
    return found | {name: bool(said.get(name, name == "is_enabled")) for name in FLAGS}
