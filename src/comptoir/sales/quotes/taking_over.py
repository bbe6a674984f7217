"""Quotes that another program made: imported as they are; nobody is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import drafting, numbers
from comptoir.billing import rules as shared
from comptoir.billing.due import due_date
from comptoir.billing.invitations import invite_first
from comptoir.billing.snapshots import take_snapshot
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock

from . import facts, reminders
from .models import Quote, Status


@operation
def take_over_quote(fields: Mapping[str, Any], *, by: Actor, on: date, status: Status = Status.SENT) -> Quote:
    """Keep a quote of another program with its number, its day and what became of it.

    Without a number it takes the next of ours. Raises Refused at client_id, number, partial, due_date or
    ``line_items.<n>.<key>``.
    """
    client = shared.refuse_missing_client(fields)
    lock(client)
    preferences = client.preferences
    quote = Quote(client=client, user_id=by.user_id, status_id=Status.DRAFT)
    drafting.adopt(quote, "quote", preferences, fields, on=on)
    quote.status_id = status
    waits = numbers.waits_for_issue("quote", numbers.applied("quote", preferences))
    if status != Status.DRAFT or not waits:
        numbers.take_number("quote", quote, preferences, on=on)
    if status != Status.DRAFT:
        quote.due_date = quote.due_date or due_date(quote.date, preferences, "valid_until")
        take_snapshot(quote, client, preferences)
    if status == Status.SENT:
        reminders.plan(quote, preferences, on)
    shared.clamp_partial(quote)
    with numbers.clashes_are_refused():
        insert([quote])
    invite_first(quote, client)
    tell(facts.QuoteTakenOver(quote, actor=by))
    return quote
