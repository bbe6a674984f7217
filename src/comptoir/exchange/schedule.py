"""Once a day, after the Bank has published (contract rules 22): the rates of the day."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from comptoir.activity.jobs import Retry
from comptoir.activity.schedule import every

from . import fetching
from .feed import Unusable

log: Final = logging.getLogger(__name__)
PAUSE: Final = timedelta(hours=2)
TRIES_FOR: Final = timedelta(hours=12)


@every(name="exchange.rates", days=1, at="23:30")
def fetch_rates(*, turn: str) -> None:
    """Fetch, unless the installation asks nobody. A feed that fails is asked again until noon (UTC)."""
    if not settings.RATES_URL:
        return
    now = timezone.now()
    try:
        fetching.fetch(settings.RATES_URL, on=now.date())
    except Unusable as failure:
        if now < datetime.fromisoformat(turn) + TRIES_FOR:
            raise Retry(PAUSE, str(failure)) from failure
        log.warning("No exchange rates from %s: %s", settings.RATES_URL, failure)
