"""draw(): the next number of a series, taken under lock in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences

from . import counters
from .patterns import Context, Frame, frame
from .queries import beyond, is_used, used_of
from .resets import restart_if_due
from .series import counted_as, scope_of

LONGEST: Final = 190


def draw(
    series: str, preferences: Preferences, context: Context, taken: QuerySet[Any], *, prefix: str = ""
) -> str:
    """Take the next number of ``series`` ("invoice", "client" …) that nobody has.

    ``preferences`` are the client's (or the company's), ``taken`` all rows of the company whose ``number``
    must stay unique, deleted ones included. Must run inside the transaction that saves the record: a
    rollback gives the number back. A number in use makes the counter jump past the highest of its
    series. Raises Refused at ``number`` when the pattern makes too long a text.
    """
    return draw_many(series, preferences, [context], taken, prefix=prefix)[0]


def draw_many(
    series: str,
    preferences: Preferences,
    contexts: Sequence[Context],
    taken: QuerySet[Any],
    *,
    prefix: str = "",
) -> list[str]:
    """Take one number for each context, in order, in one statement per counter (imports, recurring runs)."""
    if not contexts:
        return []
    restart_if_due(preferences, contexts[0].on)
    pattern = preferences[f"{series}_number_pattern"]
    padding = preferences.counter_padding
    counted = counted_as(series, preferences)
    frames = [frame(pattern, context, prefix) for context in contexts]
    places: dict[str, list[int]] = defaultdict(list)
    for place, context in enumerate(contexts):
        places[scope_of(series, pattern, context)].append(place)
    numbers = [""] * len(contexts)
    for scope, own in places.items():
        drawn = _take(counted, scope, [frames[place] for place in own], padding, taken)
        for place, number in zip(own, drawn, strict=True):
            numbers[place] = number
    return numbers


def _take(series: str, scope: str, frames: list[Frame], padding: int, taken: QuerySet[Any]) -> list[str]:
    start = counters.take(series, scope, len(frames))
    kept: list[str] = []
    while True:
        numbers = [each.number(counter, padding) for counter, each in enumerate(frames, start)]
        _refuse_long(numbers)
        used = _used(numbers, taken)
        clash = next((place for place, number in enumerate(numbers) if number in used), None)
        if clash is None:
            return kept + numbers
        # those before it are kept, as if each had been drawn alone
        kept, frames = kept + numbers[:clash], frames[clash:]
        start = beyond(taken, frames[0], padding, start + clash + 1)
        counters.put(series, scope, start + len(frames))


def _used(numbers: list[str], taken: QuerySet[Any]) -> set[str]:
    if len(numbers) > 1:
        return used_of(numbers, taken)
    return set(numbers) if is_used(numbers[0], taken) else set()


def _refuse_long(numbers: list[str]) -> None:
    if any(len(number) > LONGEST for number in numbers):
        raise Refused("number", _("The number pattern makes a number of more than 190 characters."))


def next_number(series: str, preferences: Preferences, context: Context, *, prefix: str = "") -> str:
    """What ``draw`` would give next, unless it is in use; takes nothing (previews of the pattern)."""
    pattern = preferences[f"{series}_number_pattern"]
    counter = counters.peek(counted_as(series, preferences), scope_of(series, pattern, context))
    return frame(pattern, context, prefix).number(counter, preferences.counter_padding)
