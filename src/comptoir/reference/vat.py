"""VAT in the European Union: rates with the day each began.

Not legal advice. ``reduced`` is the rate that most reduced goods of a country bear; which goods those are
differs, and a line can always be taxed by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Kind = Literal["standard", "reduced"]

SHARED: Final = {"MC": "FR"}
"""Territories that belong to another state's VAT (Directive 2006/112/EC art. 7); overseas ones do not."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``name`` is what the country calls its tax, ``rate`` a percentage."""

    country: str
    name: str
    kind: Kind
    since: date
    rate: Decimal
    source: str


def rate_of(country: str, kind: Kind, on: date) -> Rate | None:
    """The rate of a member state on a day; the standard one where there is no reduced one.

    None for a country, or a day, that the table does not know.
    """
    found = [row for row in _rates().get((country, kind), ()) if row.since <= on]
    if found:
        return found[-1]
    return rate_of(country, "standard", on) if kind == "reduced" else None


@cache
def _rates() -> dict[tuple[str, str], list[Rate]]:
    text = (files(__package__) / "sheets" / "vat_rates.tsv").read_text(encoding="utf-8")
    table: dict[tuple[str, str], list[Rate]] = {}
    for line in text.splitlines()[1:]:
        country, name, kind, since, rate, source = line.split("\t")
        row = Rate(country, name, kind, date.fromisoformat(since), Decimal(rate), source)  # type: ignore[arg-type]
        table.setdefault((country, kind), []).append(row)
    for rows in table.values():
        rows.sort(key=lambda row: row.since)
    return table
