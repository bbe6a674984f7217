"""Making the invoices of schedules that are due: each occurrence exactly once (reliability D8)."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import composition
from comptoir.billing.hours import day_of
from comptoir.billing.numbers import context
from comptoir.exchange.rates import UNKNOWN
from comptoir.numbering.drawing import draw
from comptoir.numbering.rules import is_gap_free
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.locking import lock
from comptoir.tenancy.portions import in_portions

from . import calendar, rules
from .facts import InvoiceGenerated, RecurringUpdated
from .models import ENDLESS, Occurrence, RecurringInvoice, Status
from .operations import not_made, start

log: Final = logging.getLogger(__name__)
CATCH_UP = 50
"""Occurrences that one run makes of one schedule at most, after a long sleep."""

COPIED = composition.EDITABLE - {"number", "date", "due_date", "partial_due_date"}


def run_due(now: datetime) -> int:
    """Make every invoice of the company in scope whose moment has come; answers how many."""
    due = RecurringInvoice.objects.due(now).select_related("client", "client__group", "company")
    return sum(_caught_up(recurring, now) for recurring in in_portions(due.order_by("next_send_date", "pk")))


def _caught_up(recurring: RecurringInvoice, now: datetime) -> int:
    """Each schedule on its own: a fault of one stops no other."""
    recurring.client.company = recurring.company
    made = 0
    try:
        while made < CATCH_UP and not _waits(recurring):
            on = day_of(now, recurring.client.preferences)
            if make_next(recurring, now, by=SYSTEM, on=on) is None:
                break
            made += 1
    except Exception as error:
        log.error("Recurring invoice %s failed", recurring.pk, exc_info=error)
    return made


def _waits(recurring: RecurringInvoice) -> bool:
    """Whether the company wants the last invoice paid before the next is made (contract rules 15)."""
    if not recurring.company.switch("stop_on_unpaid_recurring"):
        return False
    return Invoice.objects.payable().filter(recurring_id=recurring.pk).exists()


def send_now(recurring: RecurringInvoice, *, by: Actor, on: date) -> RecurringInvoice:
    """Start it and make one invoice at once (contract rules 9): the next one, as the caller has read it.

    Raises WrongState when somebody else made that one meanwhile: a second click is no second bill.
    """
    seen = recurring.next_on
    with transaction.atomic():
        lock(recurring, recurring.client)
        rules.refuse_made_meanwhile(recurring, seen)
        if recurring.status_id != Status.ACTIVE:
            start(recurring, by=by, on=on)
        make_next(recurring, None, by=by, on=on)
    return recurring


def make_next(recurring: RecurringInvoice, now: datetime | None, *, by: Actor, on: date) -> Invoice | None:
    """Make the next occurrence if it is due (always without ``now``); None when it is not, or was made."""
    try:
        return _make_next(recurring, now, by=by, on=on)
    except _NotDue:
        return None


class _NotDue(Exception):
    """Somebody else made it, or it is not time yet."""


@operation
def _make_next(recurring: RecurringInvoice, now: datetime | None, *, by: Actor, on: date) -> Invoice:
    lock(recurring, recurring.client)
    waits = now is not None and (recurring.next_send_date is None or recurring.next_send_date > now)
    if recurring.status_id != Status.ACTIVE or recurring.is_deleted or recurring.next_on is None or waits:
        raise _NotDue
    occurrence = _claimed(recurring)
    invoice = _invoice(recurring, by=by, on=on)
    occurrence.invoice = invoice
    occurrence.save(update_fields=["invoice"])
    _advance(recurring, on)
    tell(
        InvoiceGenerated(invoice, actor=by, refs={"recurringinvoice": recurring}),
        RecurringUpdated(recurring, actor=by, refs={"invoice": invoice}),
    )
    return invoice


def _claimed(recurring: RecurringInvoice) -> Occurrence:
    """The row that makes the day ours; whoever comes second finds it taken."""
    assert recurring.next_on is not None  # it is due
    occurrence = Occurrence(recurring=recurring, on=recurring.next_on)
    try:
        with transaction.atomic():
            occurrence.save(force_insert=True)
    except IntegrityError as error:
        raise _NotDue from error
    return occurrence


def _invoice(recurring: RecurringInvoice, *, by: Actor, on: date) -> Invoice:
    preferences = recurring.client.preferences
    fields: dict[str, Any] = {name: getattr(recurring, name) for name in COPIED}
    fields |= {"client": recurring.client, "date": on, "line_items": recurring.raw_lines}
    fields["due_date"] = calendar.due_date(recurring, on, preferences)
    if recurring.currency_id != recurring.client.currency_id:
        fields["exchange_rate"] = UNKNOWN  # it was agreed in another currency
    people = recurring.invitations.live().select_related("contact").order_by("pk")
    fields["invitations"] = [{"contact": each.contact} for each in people]
    prefix = str(preferences.recurring_number_prefix)
    if prefix and not is_gap_free("invoice"):
        taken = Invoice.objects.all()
        fields["number"] = draw(
            "invoice", preferences, context(recurring.client, None, on), taken, prefix=prefix
        )
    invoice = create_invoice(fields, by=by, on=on)
    invoice.recurring_id = recurring.pk
    invoice.save(update_fields=["recurring_id"])
    return mark_sent(invoice, by=by, on=on)


def _advance(recurring: RecurringInvoice, on: date) -> None:
    """To the next occurrence, or to the end."""
    assert recurring.next_on is not None
    recurring.last_sent_date = on
    if recurring.remaining_cycles != ENDLESS:
        recurring.remaining_cycles -= 1
    if recurring.remaining_cycles == 0:
        recurring.status_id, recurring.next_on, recurring.next_send_date = Status.COMPLETED, None, None
    else:
        recurring.next_on = not_made(recurring, calendar.after(recurring, recurring.next_on))
        recurring.next_send_date = calendar.moment_of(recurring.next_on, recurring.client.preferences)
    recurring.save()
