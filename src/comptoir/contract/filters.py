"""Small functions that narrow a list: (rows, value, who) -> rows. A value they cannot read is none.

Declared as ``filters = {"email": exact("contacts__email")}``; an empty value is never passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from django.db.models import DateTimeField, Q, QuerySet

from comptoir.contract.fields.keys import read_key
from comptoir.contract.fields.texts import is_code
from comptoir.contract.fields.times import read_epoch, read_moment
from comptoir.contract.requesters import Requester
from comptoir.kernel.money import LIMIT, parse

Rows: TypeAlias = QuerySet[Any]
Filter: TypeAlias = Callable[[Rows, str, Requester], Rows]
Words: TypeAlias = dict[str, Q | Callable[[Requester], Q]]

_SIGNS: Final = {"lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte", "eq": "exact"}


def exact(column: str) -> Filter:
    """Equal to the text."""
    return lambda rows, value, _: rows.filter(**{column: value})


def unique(column: str) -> Filter:
    """Equal to the text, in a column where each is unique and many may be empty.

    No text asked for is empty; saying so lets the index of the unique ones be used.
    """
    return lambda rows, value, _: rows.filter(**{column: value}).exclude(**{column: ""})


def contains(column: str) -> Filter:
    """Contains the text, whatever the case."""
    return lambda rows, value, _: rows.filter(**{f"{column}__icontains": value})


def key(column: str) -> Filter:
    """One id, or several in a comma list; an id that is none matches nothing."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        keys = [pk for word in value.split(",")[:1000] if (pk := read_key(word.strip())) is not None]
        return rows.filter(**{f"{column}__in": keys})

    return narrow


def flag(column: str) -> Filter:
    """``true`` or ``1``, ``false`` or ``0``; other words are ignored."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        word = value.lower()
        return rows.filter(**{column: word in ("true", "1")}) if word in ("true", "1", "false", "0") else rows

    return narrow


def when(condition: Q | Callable[[Requester], Q]) -> Filter:
    """A filter that counts only as ``true``, and then means ``condition``."""
    return lambda rows, value, who: rows.filter(_asked(condition, who)) if value == "true" else rows


def words(meanings: Words) -> Filter:
    """A comma list of words, any of which may hold; unknown words are ignored, ``all`` is all."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        asked = [word.strip() for word in value.split(",")]
        known = [meanings[word] for word in asked if word in meanings]
        if "all" in asked or not known:
            return rows
        any_of = Q()
        for meaning in known:
            any_of |= _asked(meaning, who)
        return rows.filter(any_of)

    return narrow


def codes(column: str) -> Filter:
    """A comma list of ids of a static list, in the form of the column."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        asked = [word.strip() for word in value.split(",")]
        return rows.filter(**{f"{column}__in": [word for word in asked if is_code(word)][:1000]})

    return narrow


def compare(column: str) -> Filter:
    """``1000:gt``: the value first, then lt, lte, gt, gte or eq (contract rules 7, balance)."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        figure, _, sign = value.partition(":")
        amount = read_amount(figure)
        if amount is None or (sign or "eq") not in _SIGNS:
            return rows
        return rows.filter(**{f"{column}__{_SIGNS[sign or 'eq']}": amount})

    return narrow


def between(column: str) -> Filter:
    """``a:b``, both ends included."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        least, most = (read_amount(part) for part in (value + ":").split(":")[:2])
        return rows if least is None or most is None else rows.filter(**{f"{column}__range": (least, most)})

    return narrow


def since(column: str) -> Filter:
    """At or after a moment, given as epoch seconds or an ISO date; 0 is all."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        moment = read_time(value)
        return rows.filter(**{f"{column}__gte": moment}) if moment and moment.timestamp() > 0 else rows

    return narrow


def from_day(column: str) -> Filter:
    """On or after a date."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        moment = read_moment(value)
        return rows.filter(**{f"{column}__gte": moment.date()}) if moment else rows

    return narrow


def span(column: str, others: tuple[str, ...] = ()) -> Filter:
    """``start,end`` of dates, both included; ``column,start,end`` names one of ``others`` instead."""

    def narrow(rows: Rows, value: str, who: Requester) -> Rows:
        *named, start, end = ["", *value.replace("|", ",").split(",")][-3:]
        asked = named[0] if named and named[0] in others else column
        first, last = read_moment(start), read_moment(end)
        if first is None or last is None or not asked:
            return rows
        if isinstance(rows.model._meta.get_field(asked), DateTimeField):
            return rows.filter(**{f"{asked}__gte": first, f"{asked}__lt": _next_day(last)})
        return rows.filter(**{f"{asked}__range": (first.date(), last.date())})

    return narrow


def read_amount(text: str) -> Any:
    """A number within what columns hold, or None."""
    try:
        amount = parse(text) if text.strip() else None
    except ValueError:
        return None
    return amount if amount is not None and abs(amount) <= LIMIT else None


def read_time(text: str) -> datetime | None:
    return read_epoch(text) or read_moment(text)


def _next_day(moment: datetime) -> datetime:
    return moment + timedelta(days=1) if moment.year < 9999 else moment


def _asked(meaning: Q | Callable[[Requester], Q], who: Requester) -> Q:
    return meaning if isinstance(meaning, Q) else meaning(who)
