"""The spans of days that the dashboard names (contract rules 24)."""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.api.resources.periods import Period, before, period

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "first_month", "start", "end"),
    [
        ("last7_days", 1, date(2026, 11, 17), TODAY),
        ("last30_days", 1, date(2026, 10, 25), TODAY),
        ("this_month", 1, date(2026, 11, 1), date(2026, 11, 30)),
        ("last_month", 1, date(2026, 10, 1), date(2026, 10, 31)),
        ("this_quarter", 1, date(2026, 10, 1), date(2026, 12, 31)),
        ("last_quarter", 1, date(2026, 7, 1), date(2026, 9, 30)),
        ("this_quarter", 2, date(2026, 11, 1), date(2027, 1, 31)),
        ("this_year", 1, date(2026, 1, 1), date(2026, 12, 31)),
        ("last_year", 1, date(2025, 1, 1), date(2025, 12, 31)),
        ("this_year", 4, date(2026, 4, 1), date(2027, 3, 31)),
        ("this_year", 12, date(2025, 12, 1), date(2026, 11, 30)),
        ("all_time", 1, date(1, 1, 1), TODAY),
        ("nonsense", 1, date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_named_span(name: str, first_month: int, start: date, end: date) -> None:
    assert period(name, None, None, today=TODAY, first_month=first_month) == Period(start, end)


def test_the_two_days_given_count_when_no_name_says_otherwise() -> None:
    given = (date(2026, 1, 5), date(2026, 2, 6))
    assert period("", *given, today=TODAY) == period("custom", *given, today=TODAY) == Period(*given)
    assert period("this_month", *given, today=TODAY).start == date(2026, 11, 1)


def test_the_last_twenty_days_are_usual() -> None:
    assert period("", None, None, today=TODAY) == Period(date(2026, 11, 4), TODAY)


def test_the_span_before_is_as_long_and_ends_the_day_before() -> None:
    assert before(Period(date(2026, 11, 1), date(2026, 11, 30))) == Period(
        date(2026, 10, 2), date(2026, 10, 31)
    )
    whole = period("all_time", None, None, today=TODAY)
    assert before(whole) == whole
