"""Who belonged to the European Union and to the euro area on a day, by ISO 3166-1 alpha-2 code.

Accessions and the withdrawal by their treaties' dates; euro by the Council's decisions. The id
table's own ``eea`` column is only what the wire shows and is older than this.
"""

from __future__ import annotations

from datetime import date
from typing import Final

_FOUNDERS: Final = date(1958, 1, 1)
_BREXIT: Final = date(2020, 2, 1)

_EU_SINCE: Final[dict[date, str]] = {
    _FOUNDERS: "BE DE FR IT LU NL",
    date(1973, 1, 1): "DK GB IE",
    date(1981, 1, 1): "GR",
    date(1986, 1, 1): "ES PT",
    date(1995, 1, 1): "AT FI SE",
    date(2004, 5, 1): "CY CZ EE HU LT LV MT PL SI SK",
    date(2007, 1, 1): "BG RO",
    date(2013, 7, 1): "HR",
}
_EURO_SINCE: Final[dict[date, str]] = {
    date(1999, 1, 1): "AT BE DE ES FI FR IE IT LU NL PT",
    date(2001, 1, 1): "GR",
    date(2007, 1, 1): "SI",
    date(2008, 1, 1): "CY MT",
    date(2009, 1, 1): "SK",
    date(2011, 1, 1): "EE",
    date(2014, 1, 1): "LV",
    date(2015, 1, 1): "LT",
    date(2023, 1, 1): "HR",
    date(2026, 1, 1): "BG",
}


def eu_members(on: date) -> frozenset[str]:
    """Give the member states of the Union on that day."""
    members = _joined(_EU_SINCE, on)
    return members - {"GB"} if on >= _BREXIT else members


def euro_area(on: date) -> frozenset[str]:
    """Give the member states whose currency was the euro on that day."""
    return _joined(_EURO_SINCE, on)


def _joined(since: dict[date, str], on: date) -> frozenset[str]:
    return frozenset(code for day, codes in since.items() if day <= on for code in codes.split())
