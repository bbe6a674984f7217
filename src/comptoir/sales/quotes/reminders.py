"""The one reminder of a quote (contract rules 20): when, and that it was made."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from comptoir.activity.actors import Actor
from comptoir.activity.operations import tell
from comptoir.billing.hours import moment_of, planned_day
from comptoir.billing.reminders import Turn, of_quotes
from comptoir.preferences.cascade import Preferences
from comptoir.sales.invoices.reminders import AlreadyReminded

from . import facts
from .models import Quote, QuoteReminder, Status

STAGE = "1"
DATES = ("reminder1_sent", "reminder_last_sent", "next_send_date")


def next_turn(quote: Quote, preferences: Preferences, since: date) -> Turn | None:
    """The reminder, if it was not made yet and its day is not over."""
    rule = of_quotes(preferences)
    if quote.status_id != Status.SENT or quote.reminder1_sent is not None or not rule.counts:
        return None
    day = rule.day(quote.date, quote.due_date)
    return Turn(STAGE, day) if day is not None and day >= since else None


def plan(quote: Quote, preferences: Preferences, on: date) -> None:
    """Set when it is made: on a day after ``on``, or still today if that was the plan."""
    planned = planned_day(quote.next_send_date, preferences) if quote.next_send_date else None
    turn = next_turn(quote, preferences, on if planned == on else on + timedelta(days=1))
    quote.next_send_date = moment_of(turn.on, preferences) if turn else None


def due_turn(quote: Quote, preferences: Preferences, on: date) -> Turn | None:
    """The reminder, if it is to be made on ``on``."""
    if quote.next_send_date is None or quote.is_deleted or quote.reminder_last_sent == on:
        return None
    turn = next_turn(quote, preferences, planned_day(quote.next_send_date, preferences))
    return turn if turn is not None and turn.on <= on else None


def fee_of(quote: Quote, preferences: Preferences) -> Decimal:
    """What is added to the offer, before tax."""
    return of_quotes(preferences).fee(quote.partial if quote.partial > 0 else quote.amount, quote.precision)


def claim(quote: Quote, stage: str, on: date) -> QuoteReminder:
    """The row that makes this reminder ours. Raises AlreadyReminded when it was made before."""
    row = QuoteReminder(quote=quote, stage=stage, on=on)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyReminded from error
    return row


def remember(quote: Quote, preferences: Preferences, stage: str, on: date) -> None:
    """Write down on the quote that it was made."""
    quote.reminder1_sent = quote.reminder_last_sent = on
    plan(quote, preferences, on)
    quote.save(update_fields=[*DATES, "updated_at"])


def remember_by_hand(quote: Quote, stage: str, on: date, *, by: Actor) -> None:
    """A person sent it: it does not leave by itself again."""
    if not quote.reminders.exists():
        claim(quote, stage, on)
    quote.reminders.filter(on=on).update(is_mailed=True)
    remember(quote, quote.client.preferences, stage, on)
    tell(facts.QuoteReminded(quote, actor=by, notes=stage))
