"""What a schedule must say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.kernel.cadence import FREQUENCIES
from comptoir.kernel.refused import Refused, WrongState

from .kinds import KINDS, REFUSED
from .models import ENDLESS, INSTALMENTS, ONCE, Schedule


def refuse_odd(schedule: Schedule, on: date, *, moved: bool) -> None:
    """Raises Refused with every fault at once. ``moved``: the next day was chosen now, so it must come."""
    kind = KINDS.get(schedule.template)
    if kind is None:
        said = REFUSED.get(schedule.template) or _("There is no such schedule.")
        raise Refused("template", said)
    faults: dict[str, list[Any]] = {}
    if kind.once:
        if schedule.frequency_id not in ("", ONCE):
            faults["frequency_id"] = [_("A document leaves once: choose no frequency.")]
    elif schedule.template != INSTALMENTS and schedule.frequency_id not in FREQUENCIES:
        faults["frequency_id"] = [_("Say how often.")]
    if schedule.template == INSTALMENTS and schedule.is_paused:
        faults["is_paused"] = [_("The invoice asks for its instalments: they are not paused.")]
    if moved and schedule.next_run < on:
        faults["next_run"] = [_("The first day must not be past.")]
    if schedule.remaining_cycles < ENDLESS:
        faults["remaining_cycles"] = [_("-1 for ever, or how many times.")]
    faults |= kind.check(schedule, on)
    if faults:
        raise Refused.many(faults)


def refuse_another_template(before: str, schedule: Schedule) -> None:
    """What a schedule does is chosen when it is made."""
    if schedule.template != before:
        raise Refused("template", _("Make another schedule for this."))


def refuse_restoring(schedule: Schedule) -> None:
    """The instalments of a deleted schedule have left the invoice."""
    if schedule.template == INSTALMENTS and schedule.is_deleted:
        raise WrongState(_("Its instalments are gone: make another schedule."))
