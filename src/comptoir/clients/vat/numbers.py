"""From what somebody typed to a member state and a number that VIES can look up. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, NamedTuple

from stdnum import get_cc_module

from comptoir.reference import country, eu_members

_ODD: Final = re.compile(r"[^0-9A-Z+*]")
_PREFIXES: Final = {"GR": "EL"}
"""Where the prefix of a number is not the ISO code of its country."""

NORTHERN_IRELAND: Final = "XI"
"""Part of the Union's VAT area for goods since the United Kingdom left."""

_COUNTRIES: Final = {prefix: code for code, prefix in _PREFIXES.items()} | {NORTHERN_IRELAND: "GB"}


class VatNumber(NamedTuple):
    """``state`` is the prefix that VIES knows a member state by ("BE", "EL", "XI")."""

    state: str
    digits: str

    def __str__(self) -> str:
        return self.state + self.digits

    @property
    def country(self) -> str:
        """The ISO 3166-1 code of the country whose number it is."""
        return _COUNTRIES.get(self.state, self.state)


def prefix_of(code: str) -> str:
    """What numbers of a country begin with, by its ISO code."""
    return _PREFIXES.get(code, code)


def read(text: str, country_id: str, *, on: date) -> VatNumber | None:
    """The number to ask about; None when it is of no member state, or no number at all.

    A number without a prefix is of the client's country.
    """
    typed = _ODD.sub("", text.upper())
    states = {prefix_of(code) for code in eu_members(on)} | {NORTHERN_IRELAND}
    found = country(country_id)
    home = prefix_of(found.iso_3166_2) if found else ""
    if typed[:2] in states and not (home in states and typed[:2] != home and _fits(typed, home)):
        return VatNumber(typed[:2], typed[2:]) if len(typed) > 2 else None
    return VatNumber(home, typed) if home in states and typed else None


def _fits(typed: str, state: str) -> bool:
    """Whether this is a whole number of that state: some begin with two letters of their own."""
    rule: Any = get_cc_module(state.lower(), "vat")
    return rule is not None and bool(rule.is_valid(typed))
