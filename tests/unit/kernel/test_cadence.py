from calendar import monthrange
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.kernel.cadence import FREQUENCIES, nth, occurrences, send_moment, step

PARIS = ZoneInfo("Europe/Paris")
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_a_monthly_schedule_of_the_31st_comes_back_to_the_31st() -> None:
    assert [nth(date(2027, 1, 31), "5", n) for n in range(5)] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
        date(2027, 5, 31),
    ]


def test_a_yearly_schedule_of_a_leap_day_waits_for_the_next_one() -> None:
    assert [nth(date(2028, 2, 29), "10", n) for n in range(5)] == [
        date(2028, 2, 29),
        date(2029, 2, 28),
        date(2030, 2, 28),
        date(2031, 2, 28),
        date(2032, 2, 29),
    ]


@pytest.mark.parametrize(
    ("frequency_id", "following"),
    [
        ("1", date(2026, 11, 25)),
        ("2", date(2026, 12, 1)),
        ("3", date(2026, 12, 8)),
        ("4", date(2026, 12, 22)),
        ("5", date(2026, 12, 24)),
        ("6", date(2027, 1, 24)),
        ("7", date(2027, 2, 24)),
        ("8", date(2027, 3, 24)),
        ("9", date(2027, 5, 24)),
        ("10", date(2027, 11, 24)),
        ("11", date(2028, 11, 24)),
        ("12", date(2029, 11, 24)),
    ],
)
def test_each_frequency_has_its_step(frequency_id: str, following: date) -> None:
    assert step(date(2026, 11, 24), frequency_id) == following


def test_an_unknown_frequency_is_refused() -> None:
    with pytest.raises(KeyError):
        step(date(2026, 11, 24), "99")


@given(DAYS, st.sampled_from(sorted(FREQUENCIES)), st.integers(0, 60))
def test_walking_step_by_step_meets_the_nth_occurrence(anchor: date, frequency_id: str, n: int) -> None:
    assert next(islice(occurrences(anchor, frequency_id), n, None)) == nth(anchor, frequency_id, n)


@given(DAYS, st.sampled_from(sorted(FREQUENCIES)), st.integers(1, 60))
def test_no_occurrence_drifts_from_the_day_it_began_on(anchor: date, frequency_id: str, n: int) -> None:
    occurrence = nth(anchor, frequency_id, n)
    assert occurrence > nth(anchor, frequency_id, n - 1)
    if FREQUENCIES[frequency_id].months:
        assert occurrence.day == min(anchor.day, monthrange(occurrence.year, occurrence.month)[1])


def test_a_local_hour_is_sent_at_its_utc_moment() -> None:
    assert send_moment(date(2026, 1, 15), PARIS, 6) == datetime(2026, 1, 15, 5, tzinfo=UTC)
    assert send_moment(date(2026, 7, 15), PARIS, 6) == datetime(2026, 7, 15, 4, tzinfo=UTC)
    assert send_moment(date(2026, 7, 15), ZoneInfo("UTC"), 0) == datetime(2026, 7, 15, tzinfo=UTC)


def test_hour_24_is_the_midnight_that_ends_the_day() -> None:
    assert send_moment(date(2026, 12, 31), PARIS, 24) == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_an_hour_that_summer_time_skips_is_taken_after_the_jump() -> None:
    moment = send_moment(date(2026, 3, 29), PARIS, 2)
    assert moment == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment.astimezone(PARIS).hour == 3


def test_an_hour_that_comes_twice_is_taken_the_first_time() -> None:
    assert send_moment(date(2026, 10, 25), PARIS, 2) == datetime(2026, 10, 25, 0, tzinfo=UTC)


@given(DAYS, st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Sydney", "America/St_Johns"]))
def test_a_schedule_of_every_day_never_sends_twice_within_twenty_three_hours(on: date, name: str) -> None:
    zone = ZoneInfo(name)
    gap = send_moment(step(on, "1"), zone, 6) - send_moment(on, zone, 6)
    assert 23 * 3600 <= gap.total_seconds() <= 25 * 3600
