"""Periods by name, at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.insight.statements.periods import named_days


@pytest.mark.parametrize(
    ("name", "on", "days"),
    [
        ("month", date(2028, 2, 29), ("2028-02-01", "2028-02-29")),
        ("last_month", date(2026, 1, 31), ("2025-12-01", "2025-12-31")),
        ("quarter", date(2026, 12, 31), ("2026-10-01", "2026-12-31")),
        ("last_quarter", date(2026, 3, 31), ("2025-10-01", "2025-12-31")),
        ("year", date(2026, 1, 1), ("2026-01-01", "2026-12-31")),
        ("last_year", date(2026, 1, 1), ("2025-01-01", "2025-12-31")),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(name: str, on: date, days: tuple[str, str]) -> None:
    found = named_days(name, on)
    assert found == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize("name", ["", "custom", "last_custom", "decade"])
def test_another_name_is_no_period(name: str) -> None:
    assert named_days(name, date(2026, 1, 1)) is None
