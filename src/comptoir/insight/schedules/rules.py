"""What a schedule must say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.kernel.cadence import FREQUENCIES
from comptoir.kernel.refused import Refused

from . import spans
from .models import ENDLESS, STATEMENT, Schedule


def refuse_odd(schedule: Schedule, on: date, *, moved: bool) -> None:
    """Raises Refused with every fault at once. ``moved``: the next day was chosen now, so it must come."""
    faults: dict[str, list[Any]] = {}
    if schedule.template != STATEMENT:
        faults["template"] = [_("Statements alone can be scheduled.")]
    if schedule.frequency_id not in FREQUENCIES:
        faults["frequency_id"] = [_("Say how often.")]
    if moved and schedule.next_run < on:
        faults["next_run"] = [_("The first day must not be past.")]
    if schedule.remaining_cycles < ENDLESS:
        faults["remaining_cycles"] = [_("-1 for ever, or how many times.")]
    faults |= _parameters(schedule.parameters, on)
    if faults:
        raise Refused.many(faults)


def _parameters(parameters: dict[str, Any], on: date) -> dict[str, list[Any]]:
    try:
        spans.wish(parameters, on)
    except Refused as refused:
        return {f"parameters.{name}": list(texts) for name, texts in refused.errors.items()}
    except KeyError:
        return {"parameters.date_range": [_("There is no such period.")]}
    except ValueError:
        return {"parameters.start_date": [_("Choose a first and a last day.")]}
    wanted = {ids.decode(str(key)) for key in parameters.get("clients") or []}
    if Client.objects.live().filter(pk__in=wanted - {None}).count() != len(wanted):
        return {"parameters.clients": [_("There is no such client.")]}
    return {}
