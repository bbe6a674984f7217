"""What a country's law asks of an invoicing system, as dated data (decisions: law profile).

Not legal advice: the figures are those the product applies, with the source of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Law:
    """``retention_years`` counts from the end of the year of issue; 0: nothing is prescribed here."""

    gap_free: bool = False
    lock_when_sent: bool = False
    retention_years: int = 0
    since: date = date(1970, 1, 1)
    source: str = ""


NONE = Law()

_LAWS: dict[str, Law] = {
    # keys are ISO 3166-1 numeric codes, as the id table's
    "250": Law(True, True, 10, date(2003, 7, 1), "CGI ann. II art. 242 nonies A; Code de commerce L123-22"),
    "40": Law(False, False, 7, source="Bundesabgabenordnung § 132"),
    "56": Law(False, False, 10, source="Code TVA art. 60"),
    "276": Law(False, False, 8, date(2025, 1, 1), "Umsatzsteuergesetz § 14b"),
    "380": Law(False, False, 10, source="Codice civile art. 2220"),
    "442": Law(False, False, 10, source="Code de commerce art. 16"),
    "528": Law(False, False, 7, source="Algemene wet inzake rijksbelastingen art. 52"),
    "620": Law(False, False, 10, source="CIVA art. 52"),
    "724": Law(False, False, 6, source="Código de Comercio art. 30"),
}


def law(country_id: str) -> Law:
    """The law profile of a country of the id table; ``NONE`` where the product knows no rule."""
    return _LAWS.get(country_id, NONE)
