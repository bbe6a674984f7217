"""The hour at which things leave by themselves: the client's own (settings timezone_id, entity_send_time)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from comptoir.kernel.cadence import send_moment
from comptoir.preferences.cascade import Preferences
from comptoir.reference import timezone


def zone_of(preferences: Preferences) -> ZoneInfo:
    """The client's time zone; UTC for one that nobody knows."""
    found = timezone(str(preferences.timezone_id))
    return ZoneInfo(found.location if found else "UTC")


def moment_of(on: date, preferences: Preferences) -> datetime:
    """When what is planned for that day leaves: the send hour in the client's zone, as UTC."""
    return send_moment(on, zone_of(preferences), int(preferences.entity_send_time))


def day_of(now: datetime, preferences: Preferences) -> date:
    """The day that it is where the client is."""
    return now.astimezone(zone_of(preferences)).date()


def planned_day(moment: datetime, preferences: Preferences) -> date:
    """The day that a moment of ``moment_of`` was made from; the midnight that ends a day is that day's."""
    day = day_of(moment, preferences)
    return day - timedelta(days=1) if int(preferences.entity_send_time) == 24 else day


def is_open_hour(now: datetime, preferences: Preferences) -> bool:
    """Whether the send hour has come on the client's day; what was missed waits for it too."""
    return now.astimezone(zone_of(preferences)).hour >= int(preferences.entity_send_time) % 24
