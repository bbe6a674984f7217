"""Which time zone a country keeps."""

from __future__ import annotations

from typing import Final

from babel.core import get_global

from .tables import country, timezone

_MANY: Final = {
    "840": "America/New_York",
    "124": "America/Toronto",
    "36": "Australia/Sydney",
    "76": "America/Sao_Paulo",
}
_ELSEWHERE: Final = "Europe/London"


def zone_of(country_id: str) -> str:
    """The id of a country's time zone; of its busiest one where it has several, London's where unknown."""
    place = country(country_id)
    territories = get_global("zone_territories")
    own = [row for row in timezone if place and territories.get(row.location) == place.iso_3166_2]
    wanted = own[0].location if len(own) == 1 else _MANY.get(country_id, _ELSEWHERE)
    return next((row.id for row in timezone if row.location == wanted), "")
