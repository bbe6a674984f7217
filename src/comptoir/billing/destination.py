"""VAT by where a sale goes, for sellers in the European Union (Directive 2006/112/EC). Pure.

Goods are taxed where they arrive, services to a business where it is, services to private persons where the
seller is, digital services to private persons where they live once the threshold is passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from comptoir.reference import eu_members
from comptoir.reference.vat import SHARED, Kind, rate_of

GOODS, SERVICE, DIGITAL, SHIPPING, EXEMPT, REDUCED, BY_HAND, ZERO_RATED, REVERSE = "123456789"
"""Values of a line's ``tax_id``."""

COMPUTED: Final = (GOODS, SERVICE, DIGITAL, REDUCED, SHIPPING, EXEMPT, ZERO_RATED, REVERSE)
_REMOTE: Final = (SERVICE, DIGITAL)
NOTHING: Final = Decimal(0)


class Rule(StrEnum):
    """Why a line bears the tax it bears."""

    DOMESTIC = "domestic"
    BELOW_THRESHOLD = "below_threshold"
    ONE_STOP_SHOP = "one_stop_shop"
    SELLER = "seller"
    PRIVATE = "private"
    INTRA_COMMUNITY = "intra_community"
    REVERSE_CHARGE = "reverse_charge"
    REVERSE_AT_HOME = "reverse_at_home"
    EXPORT = "export"
    OUTSIDE = "outside"
    EXEMPT = "exempt"
    ZERO_RATED = "zero_rated"


MENTIONS: Final = {
    Rule.INTRA_COMMUNITY: "intra_community",
    Rule.REVERSE_CHARGE: "reverse_charge",
    Rule.REVERSE_AT_HOME: "reverse_charge",
    Rule.EXPORT: "export",
    Rule.OUTSIDE: "outside",
}
"""The sentence of the law that a document must bear, by its code."""


@dataclass(frozen=True, slots=True)
class Sale:
    """What decides, as ISO 3166-1 alpha-2 codes: the seller's country, the client's, and where goods go.

    ``is_registered``: the client has a VAT number of another member state that is valid. ``is_business``:
    it acts as one, registered or not.
    """

    seller: str
    client: str
    arrives: str
    is_registered: bool
    is_business: bool
    is_above_threshold: bool
    on: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """One tax of a line: its name, its percentage, why, and whose tax it is."""

    rule: Rule
    name: str
    rate: Decimal
    country: str


def verdict(sale: Sale, category: str) -> Verdict | None:
    """The tax of a line; None where nothing is computed: by hand, or for a seller outside the Union."""
    members = eu_members(sale.on)
    seller, client, arrives = (SHARED.get(code, code) for code in (sale.seller, sale.client, sale.arrives))
    if category == BY_HAND or seller not in members:
        return None
    if category in (EXEMPT, ZERO_RATED):
        rule = Rule.EXEMPT if category == EXEMPT else Rule.ZERO_RATED
        return Verdict(rule, _("VAT-exempt") if category == EXEMPT else _("Zero rate"), NOTHING, seller)
    if category == REVERSE:
        return Verdict(Rule.REVERSE_AT_HOME, _("Reverse charge"), NOTHING, seller)
    place = client if category in _REMOTE else arrives
    kind: Kind = "reduced" if category == REDUCED else "standard"
    if place == seller:
        return _levied(Rule.DOMESTIC, seller, kind, sale.on)
    if place in members:
        return _within(sale, category, seller, place, kind)
    return _beyond(sale, category, seller, place, kind)


def _within(sale: Sale, category: str, seller: str, place: str, kind: Kind) -> Verdict | None:
    """Another member state: registered clients tax themselves."""
    if sale.is_registered:
        if category in _REMOTE:
            return Verdict(Rule.REVERSE_CHARGE, _("Reverse charge"), NOTHING, place)
        return Verdict(Rule.INTRA_COMMUNITY, _("Intra-Community supply"), NOTHING, place)
    if category == SERVICE:
        return _levied(Rule.SELLER, seller, kind, sale.on)
    if sale.is_above_threshold:
        return _levied(Rule.ONE_STOP_SHOP, place, kind, sale.on)
    return _levied(Rule.BELOW_THRESHOLD, seller, kind, sale.on)


def _beyond(sale: Sale, category: str, seller: str, place: str, kind: Kind) -> Verdict | None:
    """Outside the Union: goods leave untaxed, services to a business too, others are the seller's."""
    if category not in _REMOTE:
        return Verdict(Rule.EXPORT, _("Export of goods"), NOTHING, place)
    if sale.is_business or category == DIGITAL:
        return Verdict(Rule.OUTSIDE, _("Outside the EU"), NOTHING, place)
    return _levied(Rule.PRIVATE, seller, kind, sale.on)


def _levied(rule: Rule, country: str, kind: Kind, on: date) -> Verdict | None:
    found = rate_of(country, kind, on)
    return Verdict(rule, found.name, found.rate, country) if found else None


def mentions_of(rules: Sequence[str]) -> list[str]:
    """The codes of the sentences that these rules ask for, each once."""
    return list(dict.fromkeys(MENTIONS[Rule(rule)] for rule in rules if rule in MENTIONS))
