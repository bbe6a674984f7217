"""Credit notes that another program made: imported as they are; nobody is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import drafting, numbers
from comptoir.billing import rules as shared
from comptoir.billing.invitations import invite_first
from comptoir.billing.snapshots import take_snapshot
from comptoir.billing.taking_over import MARK, number_draft, refuse_too_late
from comptoir.ledger.post import post
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock

from . import facts
from .models import Credit, Status


@operation
def take_over_credit(fields: Mapping[str, Any], *, by: Actor, on: date, is_draft: bool = False) -> Credit:
    """Keep a credit note of another program, with its number and its day, open to be used.

    Without a number it takes the next of ours. In a country whose numbers have no gaps, a draft has none,
    and one from elsewhere is dated before the first issued here. Raises Refused at client_id, number,
    date, partial, due_date or ``line_items.<n>.<key>``.
    """
    client = shared.refuse_missing_client(fields)
    lock(client)
    preferences = client.preferences
    credit = Credit(client=client, user_id=by.user_id, status_id=Status.DRAFT)
    drafting.adopt(credit, "credit", preferences, fields, on=on)
    if is_draft:
        number_draft(credit, "credit", preferences, on)
    else:
        _issue(credit, preferences, on)
    shared.clamp_partial(credit)
    with numbers.clashes_are_refused():
        insert([credit])
    invite_first(credit, client)
    post(client, credit=credit.balance, reason=credit, on=credit.date, note="issued")
    tell(facts.CreditTakenOver(credit, actor=by))
    return credit


def _issue(credit: Credit, preferences: Preferences, on: date) -> None:
    is_foreign = bool(credit.number)
    if is_foreign:
        refuse_too_late(
            credit, "credit", _("Credit %(number)s is dated after the first one issued here: issue it here.")
        )
    else:
        numbers.take_number("credit", credit, preferences, on=on)
    credit.status_id, credit.balance = Status.SENT, credit.amount
    take_snapshot(credit, credit.client, preferences)
    if is_foreign:
        credit.snapshot[MARK] = True
