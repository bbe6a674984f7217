"""A document that passed its day: told once, by the clock, in the company's zone (contract rules 20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.facts import Fact
from comptoir.activity.once import untold
from comptoir.activity.operations import operation, tell
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company
from comptoir.tenancy.portions import in_portions
from comptoir.tenancy.scope import acting_for

from .documents import BillingDocument, DocumentRows

Passed = Callable[[date], DocumentRows]
"""The documents of the company in scope whose day is over on a day."""


class AlreadyTold(Exception):
    """Somebody else told it, or it is no longer true."""


def tell_everywhere(passed: Passed, fact: type[Fact], now: datetime) -> int:
    """Tell ``fact`` of every document of every company that passed its day; how many there were.

    Idempotent however often it runs; days without a worker are made up.
    """
    count = 0
    for company in Company.objects.filter(deleted_at=None).order_by("pk"):
        with acting_for(company):
            count += tell_passed(passed, fact, now.astimezone(company.zone).date())
    return count


def tell_passed(passed: Passed, fact: type[Fact], on: date) -> int:
    """The same in the company in scope, on that day."""
    count = 0
    live = passed(on).filter(client__deleted_at=None).order_by("pk")
    for document in in_portions(untold(live, fact)):
        try:
            _tell(document, passed, fact, by=SYSTEM, on=on)
        except AlreadyTold:
            continue
        count += 1
    return count


@operation
def _tell(document: BillingDocument, passed: Passed, fact: type[Fact], *, by: Actor, on: date) -> None:
    lock(document)
    if not untold(passed(on).filter(pk=document.pk), fact).exists():
        raise AlreadyTold
    tell(fact(document, actor=by))
