"""Days and moments. The database keeps moments in UTC; days have no zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import Reading
from comptoir.kernel.money import parse


class Day(Field):
    """A date: YYYY-MM-DD, "" when null. Takes a time behind it too, and drops it."""

    code = "{v} or ''"

    def form(self, column: str, vendor: str) -> str:
        # A cast hides the column's type from Django's own (slow) converter of dates.
        return f"CAST({column} AS TEXT)" if vendor == "sqlite" else f"to_char({column}, 'YYYY-MM-DD')"

    def nothing(self) -> Any:
        return None

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        moment = read_moment(value)
        return moment.date() if moment else reading.fault(where, "day")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "description": 'YYYY-MM-DD or ""'}


class DayTime(Field):
    """A moment for people: YYYY-MM-DD HH:MM:SS in UTC, "" when null."""

    code = "{v} or ''"

    def form(self, column: str, vendor: str) -> str:
        if vendor == "sqlite":
            return f"substr({column}, 1, 19)"
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"

    def nothing(self) -> Any:
        return None

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        return read_moment(value) or reading.fault(where, "day")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "description": 'YYYY-MM-DD HH:MM:SS or ""'}


class Moment(Field):
    """A moment for programs: epoch seconds, 0 when null (contract rules 2)."""

    empty = 0
    takes = ("number", "string", "null")
    code = "{v} or 0"

    def __init__(self, source: str = "", *, writable: bool = False, **options: Any) -> None:
        super().__init__(source, writable=writable, **options)

    def form(self, column: str, vendor: str) -> str:
        if vendor == "sqlite":
            return f"unixepoch({column})"
        return f"floor(extract(epoch from {column}))::bigint"

    def nothing(self) -> Any:
        return None

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        if value == 0:
            return None
        moment = read_epoch(value) or read_moment(value)
        return moment or reading.fault(where, "day")

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "description": "epoch seconds; 0 when null"}


def read_moment(value: Any) -> datetime | None:
    """An ISO date, with or without a time (UTC unless it says otherwise); None for anything else."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, str) or len(value.strip()) < 10 or "-" not in value:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_epoch(value: Any) -> datetime | None:
    """Epoch seconds, as a number or its text, within the years that databases know."""
    try:
        seconds = int(parse(value))
        return datetime.fromtimestamp(seconds, UTC) if seconds >= 0 else None
    except (ValueError, OverflowError, OSError):
        return None
