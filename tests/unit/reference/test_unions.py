from datetime import date

import pytest

from comptoir import reference


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(1972, 12, 31), 6),
        (date(1973, 1, 1), 9),
        (date(2004, 5, 1), 25),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
        (date(2026, 11, 24), 27),
    ],
)
def test_the_union_grew_and_shrank(on: date, count: int) -> None:
    assert len(reference.eu_members(on)) == count


def test_the_united_kingdom_left() -> None:
    assert "GB" in reference.eu_members(date(2020, 1, 31))
    assert "GB" not in reference.eu_members(date(2020, 2, 1))


@pytest.mark.parametrize(
    ("on", "count"),
    [(date(1998, 12, 31), 0), (date(1999, 1, 1), 11), (date(2023, 1, 1), 20), (date(2026, 1, 1), 21)],
)
def test_the_euro_area_grew(on: date, count: int) -> None:
    assert len(reference.euro_area(on)) == count


def test_every_member_is_in_the_country_table() -> None:
    members = reference.eu_members(date(2026, 1, 1)) | reference.euro_area(date(2026, 1, 1))
    assert all(reference.country_by_code(code) for code in members)
