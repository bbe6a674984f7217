"""Dates by PHP's letters, as {$date:Y-m-d} has them. Names of days and months are English there too."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _ordinal(day: int) -> str:
    if 10 < day < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _leap(year: int) -> str:
    return str(int(monthrange(year, 2)[1] == 29))


_LETTERS: Final[dict[str, Callable[[datetime], str]]] = {
    "d": lambda at: f"{at.day:02}",
    "j": lambda at: str(at.day),
    "D": lambda at: _DAYS[at.weekday()][:3],
    "l": lambda at: _DAYS[at.weekday()],
    "N": lambda at: str(at.isoweekday()),
    "w": lambda at: str(at.isoweekday() % 7),
    "S": lambda at: _ordinal(at.day),
    "z": lambda at: str(at.timetuple().tm_yday - 1),
    "W": lambda at: f"{at.isocalendar().week:02}",
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "M": lambda at: _MONTHS[at.month - 1][:3],
    "F": lambda at: _MONTHS[at.month - 1],
    "t": lambda at: str(monthrange(at.year, at.month)[1]),
    "L": lambda at: _leap(at.year),
    "Y": lambda at: str(at.year),
    "o": lambda at: str(at.isocalendar().year),
    "y": lambda at: f"{at.year % 100:02}",
    "a": lambda at: "am" if at.hour < 12 else "pm",
    "A": lambda at: "AM" if at.hour < 12 else "PM",
    "g": lambda at: str(at.hour % 12 or 12),
    "h": lambda at: f"{at.hour % 12 or 12:02}",
    "G": lambda at: str(at.hour),
    "H": lambda at: f"{at.hour:02}",
    "i": lambda at: f"{at.minute:02}",
    "s": lambda at: f"{at.second:02}",
}


def php_date(form: str, on: date) -> str:
    """Write a day (or a moment: a plain date is midnight). A backslash keeps the next letter as it is."""
    at = on if isinstance(on, datetime) else datetime.combine(on, time())
    written = []
    letters = iter(form)
    for letter in letters:
        if letter == "\\":
            written.append(next(letters, ""))
        else:
            written.append(_LETTERS[letter](at) if letter in _LETTERS else letter)
    return "".join(written)
