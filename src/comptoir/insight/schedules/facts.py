"""What can happen to schedules. The wire has no activity of its own for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Schedule


@dataclass(frozen=True)
class ScheduleFact(Fact):
    subject: Schedule


class ScheduleCreated(ScheduleFact):
    phrase = _("{user} created schedule {schedule}")


class ScheduleUpdated(ScheduleFact):
    phrase = _("{user} updated schedule {schedule}")


class ScheduleArchived(ScheduleFact):
    phrase = _("{user} archived schedule {schedule}")


class ScheduleDeleted(ScheduleFact):
    phrase = _("{user} deleted schedule {schedule}")


class ScheduleRestored(ScheduleFact):
    phrase = _("{user} restored schedule {schedule}")


class ScheduleRan(ScheduleFact):
    phrase = _("{user} ran schedule {schedule}")
