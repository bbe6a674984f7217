"""Keep what was published: every new day of a feed, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction

from . import feed
from .feed import Published, Unusable
from .models import RateSheet
from .rates import GOOD_FOR

STEP: Final = 2
"""A rate that doubles or halves between two sheets is a fault of the feed until a month has passed."""


def fetch(url: str, *, on: date) -> int:
    """Fetch and keep; answers how many days were new. Raises Unusable: then nothing was kept."""
    return keep(feed.read(feed.fetch(url)), source=urlsplit(url).hostname or "", on=on)


@transaction.atomic
def keep(days: list[Published], *, source: str, on: date) -> int:
    """Keep the days that are not known yet. Raises Unusable for a day to come, and for a rate that leaps."""
    made = 0
    for each in days:
        if each.day > on + timedelta(days=1):
            raise Unusable(f"a day to come: {each.day}")
        before = (
            RateSheet.objects.filter(day__lt=each.day, day__gte=each.day - GOOD_FOR).order_by("-day").first()
        )
        if before is not None:
            _refuse_leap(before.rates, each.rates)
        rates = {unit: str(rate) for unit, rate in each.rates.items()}
        _row, is_new = RateSheet.objects.get_or_create(
            day=each.day, defaults={"rates": rates, "source": source}
        )
        made += is_new
    return made


def _refuse_leap(before: Mapping[str, str], now: Mapping[str, Decimal]) -> None:
    for unit, rate in now.items():
        was = Decimal(before.get(unit, rate))
        if not was / STEP < rate < was * STEP:
            raise Unusable(f"a leap of currency {unit} from {was} to {rate}")
