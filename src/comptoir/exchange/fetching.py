"""Keep what was published: every new day of a feed, or nothing of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction

from . import feed
from .feed import Published, Unusable
from .models import RateSheet
from .rates import a_month_before

log: Final = logging.getLogger(__name__)
STEP: Final = 2
"""A rate that doubles or halves is a fault of the feed until a month has passed, and unknown."""


def fetch(url: str, *, on: date) -> int:
    """Fetch and keep; answers how many days were new. Raises Unusable: then nothing was kept."""
    return keep(feed.read(feed.fetch(url)), source=urlsplit(url).hostname or "", on=on)


@transaction.atomic
def keep(days: list[Published], *, source: str, on: date) -> int:
    """Keep the days that are not known yet, without the rates that leap.

    Raises Unusable for a day to come, and where every rate leaps.
    """
    made = 0
    for each in days:
        if each.day > on + timedelta(days=1):
            raise Unusable(f"a day to come: {each.day}")
        if RateSheet.objects.filter(day=each.day).exists():
            continue
        last = _last_rates(each.day)
        rates = {unit: str(rate) for unit, rate in each.rates.items() if not _leaps(unit, rate, last)}
        if not rates:
            raise Unusable(f"every currency leaps: {each.day}")
        _row, is_new = RateSheet.objects.get_or_create(
            day=each.day, defaults={"rates": rates, "source": source}
        )
        made += is_new
    return made


def _last_rates(day: date) -> dict[str, Decimal]:
    """What each currency was last believed to be, in the month before a day."""
    sheets = RateSheet.objects.filter(day__lt=day, day__gte=a_month_before(day)).order_by("day")
    return {unit: Decimal(rate) for sheet in sheets for unit, rate in sheet.rates.items()}


def _leaps(unit: str, rate: Decimal, last: Mapping[str, Decimal]) -> bool:
    was = last.get(unit, rate)
    leaps = not was / STEP < rate < was * STEP
    if leaps:
        log.warning("A leap of currency %s from %s to %s: left out.", unit, was, rate)
    return leaps
