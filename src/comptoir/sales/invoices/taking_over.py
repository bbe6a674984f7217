"""Invoices that another program made: imported as they are, and owed from now on.

What an invoice of ours sets off stays off: no goods leave the stock, nothing is charged, nobody is told.
"""

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

from . import facts, lifecycle, reminders, rules
from .models import Invoice, Status


@operation
def take_over_invoice(fields: Mapping[str, Any], *, by: Actor, on: date, is_draft: bool = False) -> Invoice:
    """Keep an invoice of another program, with its number and its day; a draft is owed by nobody.

    Without a number it takes the next of ours, and is then issued like any of ours. In a country whose
    numbers have no gaps, a draft has none, and one from elsewhere is dated before the first issued here.
    Raises Refused at client_id, number, date, partial, due_date or ``line_items.<n>.<key>``.
    """
    client = shared.refuse_missing_client(fields)
    lock(client)
    preferences = client.preferences
    invoice = Invoice(client=client, user_id=by.user_id, status_id=Status.DRAFT)
    drafting.adopt(invoice, "invoice", preferences, fields, on=on)
    if is_draft:
        number_draft(invoice, "invoice", preferences, on)
    else:
        _issue(invoice, preferences, on)
    shared.clamp_partial(invoice)
    with numbers.clashes_are_refused():
        insert([invoice])
    invite_first(invoice, client)
    post(client, receivable=invoice.balance, reason=invoice, on=invoice.date, note="issued")
    tell(facts.InvoiceTakenOver(invoice, actor=by))
    return invoice


def _issue(invoice: Invoice, preferences: Preferences, on: date) -> None:
    is_foreign = bool(invoice.number)
    if is_foreign:
        refuse_too_late(
            invoice,
            "invoice",
            _("Invoice %(number)s is dated after the first one issued here: issue it here."),
        )
    else:
        rules.refuse_backdating(invoice)
        numbers.take_number("invoice", invoice, preferences, on=on)
    lifecycle.fall_due(invoice, preferences)
    invoice.status_id, invoice.balance = Status.SENT, invoice.amount
    if invoice.balance == 0:
        invoice.status_id = lifecycle.status_of(invoice)
    reminders.plan(invoice, preferences, on)
    take_snapshot(invoice, invoice.client, preferences)
    if is_foreign:
        invoice.snapshot[MARK] = True
