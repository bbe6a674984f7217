"""The highest number of a series, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, CharField, F, Func, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Greatest, Length, Substr

from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import run

from .patterns import Frame

LAST_LETTER: Final = "\U0010ffff"
_LONGEST: Final = 15
"""Digits: a longer run is somebody's own code, not a counter."""
_BLOCK: Final = 500


class WithoutDigits(Func):
    """The text with the digits at both ends cut off: "" when it holds nothing else."""

    function = "TRIM"
    output_field = CharField()

    def __init__(self, text: Any) -> None:
        super().__init__(text, Value("0123456789"))

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="BTRIM", **more)


def is_used(number: str, taken: QuerySet[Any]) -> bool:
    """Whether a record of the company has this number. Written out: every creation asks it.

    The unique indexes leave numberless records out, and a database uses such an index only for a query
    that leaves them out in the same words.
    """
    table = connection.ops.quote_name(taken.model._meta.db_table)
    text = f"SELECT 1 FROM {table} WHERE company_id = %s AND number = %s AND NOT number = '' LIMIT 1"  # noqa: S608
    return bool(run(text, (current_company_id(), number)))


def used_of(numbers: Sequence[str], taken: QuerySet[Any]) -> set[str]:
    """Which of these numbers records already have."""
    used: set[str] = set()
    for place in range(0, len(numbers), _BLOCK):
        rows = taken.filter(~Q(number=""), number__in=numbers[place : place + _BLOCK])
        used.update(rows.order_by().values_list("number", flat=True))
    return used


def beyond(taken: QuerySet[Any], frame: Frame, padding: int, start: int) -> int:
    """The first counter, from ``start`` on, behind every number of the series."""
    if len(frame.pieces) == 2:
        return max(start, highest(taken, frame, padding) + 1)
    return _first_free(taken, frame, padding, start)


def highest(taken: QuerySet[Any], frame: Frame, padding: int) -> int:
    """The largest counter among the numbers of this very form; 0 when there is none.

    Only numbers written as we would write them count: 0612345678 is a telephone number, not the
    series 0001 continued.
    """
    before, after = frame.pieces
    length = Length("number", output_field=IntegerField())
    numbers = (
        taken.filter(~Q(number=""))
        .order_by()
        .annotate(width=Greatest(length - len(before) - len(after), 0, output_field=IntegerField()))
    )
    numbers = numbers.annotate(counter=Substr("number", len(before) + 1, F("width")))  # type: ignore[arg-type]
    numbers = numbers.annotate(rest=WithoutDigits("counter"), first=Substr("counter", 1, 1))
    numbers = numbers.filter(
        _between(before, after),
        Q(width=padding) | (Q(width__gt=padding) & ~Q(first="0")),
        width__range=(1, _LONGEST),
        rest="",
    )
    return numbers.aggregate(top=Max(Cast("counter", BigIntegerField())))["top"] or 0


def _between(before: str, after: str) -> Q:
    """Numbers with these ends. A range on SQLite, whose LIKE ignores case and its index."""
    ends = Q(number__endswith=after) if after else Q()
    if not before:
        return ends
    if connection.vendor == "sqlite":
        return ends & Q(number__gte=before, number__lt=before + LAST_LETTER)
    return ends & Q(number__startswith=before)


def _first_free(taken: QuerySet[Any], frame: Frame, padding: int, start: int) -> int:
    """For the rare pattern with its counter written twice: look at 500 numbers a query."""
    while True:
        wanted = [frame.number(counter, padding) for counter in range(start, start + _BLOCK)]
        used = used_of(wanted, taken)
        free = next((place for place, number in enumerate(wanted) if number not in used), None)
        if free is not None:
            return start + free
        start += _BLOCK
