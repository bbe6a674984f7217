"""Everything that can be done to a recurring invoice; making its invoices is in running.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.billing import drafting, lines
from comptoir.billing import rules as shared
from comptoir.billing.invitations import invite
from comptoir.catalogue.models import Product
from comptoir.clients.models import Contact
from comptoir.kernel.money import round_half_up
from comptoir.tenancy.locking import lock

from . import calendar, facts, rules
from .auto_billing import settled_choice
from .models import RecurringInvoice, Status

OWN = ("frequency_id", "remaining_cycles", "due_date_days", "auto_bill")
SERIES = "recurring_invoice"


@operation
def create_recurring(fields: Mapping[str, Any], *, by: Actor, on: date) -> RecurringInvoice:
    """Draft a schedule; without a day of its own it begins today (decision R2).

    Raises Refused at client_id, frequency_id, next_send_date, remaining_cycles, due_date_days.
    """
    client = shared.refuse_missing_client(fields)
    lock(client)
    recurring = RecurringInvoice(client=client, user_id=by.user_id, status_id=Status.DRAFT)
    _schedule(recurring, fields, on)
    recurring.next_on = recurring.next_on or on
    recurring.anchor = recurring.next_on
    _time(recurring)
    drafting.draft(recurring, SERIES, client.preferences, fields, on=on)
    _balance(recurring)
    tell(facts.RecurringCreated(recurring, actor=by))
    return recurring


@operation
def update_recurring(
    recurring: RecurringInvoice, fields: Mapping[str, Any], *, by: Actor, on: date
) -> RecurringInvoice:
    """Change lines, words and rhythm; invoices that were made stay as they are."""
    lock(recurring, recurring.client)
    shelving.refuse_deleted(recurring)
    before = recurring.next_on
    _schedule(recurring, fields, on)
    if recurring.next_on is not None and recurring.next_on != before:
        recurring.anchor = recurring.next_on
    if recurring.remaining_cycles == 0:
        recurring.status_id, recurring.next_on = Status.COMPLETED, None
    _time(recurring)
    changes = drafting.revise(recurring, SERIES, recurring.client.preferences, fields)
    _balance(recurring)
    if "invitations" in fields:
        invite(recurring, recurring.client, fields["invitations"] or [])
    tell(facts.RecurringUpdated(recurring, actor=by, changes=changes))
    return recurring


@operation
def start(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    """Let it run: from its next day on it makes invoices. An archived one comes back with it."""
    lock(recurring)
    rules.refuse_starting(recurring)
    recurring.status_id, recurring.archived_at = Status.ACTIVE, None
    recurring.next_on = not_made(recurring, max(recurring.next_on or on, on))
    _time(recurring)
    recurring.save()
    tell(facts.RecurringStarted(recurring, actor=by))
    return recurring


@operation
def stop(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    """Pause it; nothing is made until it is started again."""
    lock(recurring)
    rules.refuse_stopping(recurring)
    recurring.status_id = Status.PAUSED
    recurring.save()
    tell(facts.RecurringStopped(recurring, actor=by))
    return recurring


@operation
def ask_to_end(
    recurring: RecurringInvoice, *, by: Actor, on: date, contact: Contact, reason: str = ""
) -> RecurringInvoice:
    """Tell the company that a contact wants no more of it. Raises WrongState for one that has ended."""
    rules.refuse_ending(recurring)
    said = reason.strip() or _("no reason given")
    asked = facts.RecurringCancellationAsked(recurring, actor=by, refs={"contact": contact}, notes=str(said))
    tell(asked)
    return recurring


@operation
def archive_recurring(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    shelving.archive(recurring)
    tell(facts.RecurringArchived(recurring, actor=by))
    return recurring


@operation
def delete_recurring(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    shelving.delete(recurring)
    tell(facts.RecurringDeleted(recurring, actor=by))
    return recurring


@operation
def restore_recurring(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    shelving.restore(recurring)
    tell(facts.RecurringRestored(recurring, actor=by))
    return recurring


@operation
def increase_prices(
    recurring: RecurringInvoice, *, by: Actor, on: date, percentage_increase: Decimal
) -> RecurringInvoice:
    """Raise every price by a percentage, to the currency's precision (contract rules 15)."""
    lock(recurring)
    factor = 1 + percentage_increase / 100
    read = recurring.lines
    for line in read:
        line.cost = round_half_up(line.cost * factor, recurring.precision)
    return _reprice(recurring, read, by=by)


@operation
def update_prices(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    """Take the present prices of the products that the lines name."""
    lock(recurring)
    read = recurring.lines
    keys = {line.product_key for line in read if line.product_key}
    prices = dict(Product.objects.active().filter(product_key__in=keys).values_list("product_key", "price"))
    for line in read:
        line.cost = prices.get(line.product_key, line.cost)
    return _reprice(recurring, read, by=by)


def _reprice(recurring: RecurringInvoice, read: list[lines.Line], *, by: Actor) -> RecurringInvoice:
    recurring.line_items = lines.write(read)
    changes = drafting.revise(recurring, SERIES, recurring.client.preferences, {})
    _balance(recurring)
    tell(facts.RecurringUpdated(recurring, actor=by, changes=changes))
    return recurring


def not_made(recurring: RecurringInvoice, day: date) -> date:
    """That day, or the first after it whose invoice was not made yet: a made one is never made again."""
    made = set(recurring.occurrences.filter(on__gte=day).values_list("on", flat=True))
    while day in made:
        day = calendar.after(recurring, day)
    return day


def _schedule(recurring: RecurringInvoice, fields: Mapping[str, Any], on: date) -> None:
    said = {name: fields[name] for name in OWN if fields.get(name) not in (None, "")}
    before = recurring.auto_bill
    changed(recurring, said)
    recurring.auto_bill_enabled = settled_choice(recurring, before)
    rules.refuse_odd_schedule(recurring)
    if fields.get("next_on") and fields["next_on"] != recurring.next_on:
        rules.refuse_past(fields["next_on"], on)
        rules.refuse_made(recurring, fields["next_on"])
        recurring.next_on = fields["next_on"]


def _time(recurring: RecurringInvoice) -> None:
    preferences = recurring.client.preferences
    recurring.next_send_date = (
        calendar.moment_of(recurring.next_on, preferences) if recurring.next_on is not None else None
    )


def _balance(recurring: RecurringInvoice) -> None:
    """What one turn would ask for (contract rules 10: balance = amount)."""
    recurring.balance = recurring.amount
    drafting.save(recurring)
