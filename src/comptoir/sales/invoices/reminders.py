"""The reminders of an invoice: which comes next, and what is remembered of those that were made.

``next_send_date`` is the moment of the next one (contract rules 20). It is planned when the invoice is
issued or changes; the worker looks again before it acts, so a plan that is out of date does no harm.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from comptoir.activity.actors import Actor
from comptoir.activity.operations import tell
from comptoir.billing.hours import moment_of, planned_day
from comptoir.billing.lines import LATE_FEE
from comptoir.billing.reminders import ENDLESS, Step, Turn, coming_back, endless, step, steps
from comptoir.preferences.cascade import Preferences

from . import facts
from .models import Invoice, Reminder

DATES = ("reminder1_sent", "reminder2_sent", "reminder3_sent", "reminder_last_sent", "next_send_date")
"""The columns that a reminder changes."""
NUMBERED = ("1", "2", "3")


class AlreadyReminded(Exception):
    """Somebody else made this reminder."""


def next_turn(invoice: Invoice, preferences: Preferences, since: date) -> Turn | None:
    """The first reminder on or after a day that was not made yet; None when there is none."""
    if not invoice.is_open or invoice.balance <= 0:
        return None
    counted = [(each, each.day(invoice.date, invoice.requested_by)) for each in steps(preferences)]
    coming = [
        Turn(each.stage, day)
        for each, day in counted
        if day is not None and day >= since and sent_on(invoice, each.stage) is None
    ]
    return min(coming, key=lambda turn: (turn.on, turn.stage), default=None) or _endless(
        invoice, preferences, since
    )


def _endless(invoice: Invoice, preferences: Preferences, since: date) -> Turn | None:
    """The one that comes back once no numbered reminder is left: counted from the last one, else from due."""
    rule = endless(preferences)
    last = invoice.reminder_last_sent or invoice.requested_by
    if not rule.counts or last is None:
        return None
    return next(Turn(ENDLESS, day) for day in coming_back(last, rule.schedule) if day >= since)


def sent_on(invoice: Invoice, stage: str) -> date | None:
    """When a numbered reminder was made."""
    sent: date | None = getattr(invoice, f"reminder{stage}_sent")
    return sent


def plan(invoice: Invoice, preferences: Preferences, on: date) -> None:
    """Set when the next reminder is made: on a day after ``on``, or still today if that was the plan."""
    planned = planned_day(invoice.next_send_date, preferences) if invoice.next_send_date else None
    waits = planned == on and invoice.reminder_last_sent != on
    turn = next_turn(invoice, preferences, on if waits else on + timedelta(days=1))
    invoice.next_send_date = moment_of(turn.on, preferences) if turn else None


def due_turn(invoice: Invoice, preferences: Preferences, on: date) -> Turn | None:
    """The reminder that is to be made on ``on``: the planned one, if it still stands. One a day."""
    if invoice.next_send_date is None or invoice.is_deleted or invoice.reminder_last_sent == on:
        return None
    turn = next_turn(invoice, preferences, planned_day(invoice.next_send_date, preferences))
    return turn if turn is not None and turn.on <= on else None


def rule_of(preferences: Preferences, stage: str) -> Step:
    """What the settings say of a stage."""
    return endless(preferences) if stage == ENDLESS else step(preferences, int(stage))


def fee_of(invoice: Invoice, rule: Step) -> Decimal:
    """The late fee before tax: a part of what is asked for now. A fee bears no fee of its own."""
    if all(line.type_id == LATE_FEE for line in invoice.lines):
        return Decimal(0)
    return rule.fee(invoice.requested, invoice.precision)


def claim(invoice: Invoice, stage: str, on: date) -> Reminder:
    """The row that makes this reminder ours. Raises AlreadyReminded when it was made before."""
    turn = 0
    if stage == ENDLESS:
        turn = (invoice.reminders.filter(stage=stage).aggregate(last=Max("turn"))["last"] or 0) + 1
    row = Reminder(invoice=invoice, stage=stage, turn=turn, on=on)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyReminded from error
    return row


def remember(invoice: Invoice, preferences: Preferences, stage: str, on: date) -> None:
    """Write down on the invoice that a stage was made, and plan what comes after it."""
    if stage in NUMBERED:
        setattr(invoice, f"reminder{stage}_sent", on)
    invoice.reminder_last_sent = on
    plan(invoice, preferences, on)
    invoice.save(update_fields=[*DATES, "updated_at"])


def remember_by_hand(invoice: Invoice, stage: str, on: date, *, by: Actor) -> None:
    """A person sent this reminder: it does not leave by itself again."""
    rows = invoice.reminders.filter(stage=stage)
    if stage == ENDLESS or not rows.exists():
        claim(invoice, stage, on)
    rows.filter(on=on).update(is_mailed=True)
    remember(invoice, invoice.client.preferences, stage, on)
    tell(facts.InvoiceReminded(invoice, actor=by, notes=stage))
