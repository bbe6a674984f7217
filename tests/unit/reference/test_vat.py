"""The table of VAT rates: every member state, every day since it has a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.reference import eu_members
from comptoir.reference.vat import rate_of

TODAY = date(2026, 11, 24)
STANDARD = {
    "AT": "20", "BE": "21", "BG": "20", "CY": "19", "CZ": "21", "DE": "19", "DK": "25", "EE": "24",
    "ES": "21", "FI": "25.5", "FR": "20", "GR": "24", "HR": "25", "HU": "27", "IE": "23", "IT": "22",
    "LT": "21", "LU": "17", "LV": "21", "MT": "18", "NL": "21", "PL": "23", "PT": "23", "RO": "21",
    "SE": "25", "SI": "22", "SK": "23",
}  # fmt: skip


def test_every_member_state_has_its_standard_rate() -> None:
    found = {code: rate_of(code, "standard", TODAY) for code in eu_members(TODAY)}
    assert {code: row and row.rate for code, row in found.items()} == {
        code: Decimal(rate) for code, rate in STANDARD.items()
    }
    assert all(row and row.source and len(row.name) > 1 for row in found.values())


@pytest.mark.parametrize("country", sorted(STANDARD))
def test_the_reduced_rate_is_lower_or_there_is_none(country: str) -> None:
    reduced, standard = rate_of(country, "reduced", TODAY), rate_of(country, "standard", TODAY)
    assert reduced is not None
    assert standard is not None
    assert reduced.rate < standard.rate or (country, reduced.kind) == ("DK", "standard")


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("FR", date(2013, 12, 31), "19.6"),
        ("FR", date(2014, 1, 1), "20"),
        ("EE", date(2025, 6, 30), "22"),
        ("EE", date(2025, 7, 1), "24"),
        ("RO", date(2025, 7, 31), "19"),
        ("RO", date(2025, 8, 1), "21"),
        ("LU", date(2023, 12, 31), "16"),
        ("SK", date(2025, 1, 1), "23"),
        ("FI", date(2024, 9, 1), "25.5"),
    ],
)
def test_a_rate_holds_from_its_day(country: str, day: date, rate: str) -> None:
    found = rate_of(country, "standard", day)
    assert found is not None
    assert found.rate == Decimal(rate)


def test_nothing_is_made_up() -> None:
    assert rate_of("CH", "standard", TODAY) is None
    assert rate_of("FR", "standard", date(1990, 1, 1)) is None
