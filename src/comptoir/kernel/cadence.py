"""How schedules move through the calendar: frequencies, month ends and local hours.

A monthly schedule that began on the 31st falls on the last day of shorter months and comes back
to the 31st (decisions R1); rules 15 lists the frequencies.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo


class Frequency(NamedTuple):
    """A step of so many months or so many days; one of them is 0."""

    months: int
    days: int


FREQUENCIES: Final = {
    "1": Frequency(0, 1),
    "2": Frequency(0, 7),
    "3": Frequency(0, 14),
    "4": Frequency(0, 28),
    "5": Frequency(1, 0),
    "6": Frequency(2, 0),
    "7": Frequency(3, 0),
    "8": Frequency(4, 0),
    "9": Frequency(6, 0),
    "10": Frequency(12, 0),
    "11": Frequency(24, 0),
    "12": Frequency(36, 0),
}
"""By the wire's frequency id."""


def nth(anchor: date, frequency_id: str, n: int) -> date:
    """Give the n-th occurrence after the anchor (0 is the anchor itself), its day of month kept.

    Raises KeyError for an unknown frequency.
    """
    frequency = FREQUENCIES[frequency_id]
    if frequency.days:
        return anchor + timedelta(days=n * frequency.days)
    return _months_later(anchor, n * frequency.months, anchor.day)


def step(on: date, frequency_id: str, anchor_day: int | None = None) -> date:
    """Give the occurrence after ``on``; ``anchor_day`` is the day of month the schedule began on."""
    frequency = FREQUENCIES[frequency_id]
    if frequency.days:
        return on + timedelta(days=frequency.days)
    return _months_later(on, frequency.months, anchor_day or on.day)


def occurrences(on: date, frequency_id: str, anchor_day: int | None = None) -> Iterator[date]:
    """Walk the schedule from ``on``, for ever."""
    anchor_day = anchor_day or on.day
    for _ in count():
        yield on
        on = step(on, frequency_id, anchor_day)


def send_moment(on: date, zone: ZoneInfo, hour: int) -> datetime:
    """Give the UTC moment of a local hour, 0 to 24; 24 is the midnight that ends the day.

    An hour that a change to summer time skips is taken after the jump; one that comes twice in
    autumn is taken the first time.
    """
    local = datetime.combine(on, time()) + timedelta(hours=hour)
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _months_later(on: date, months: int, day: int) -> date:
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(day, monthrange(year, month)[1]))
