"""Everything that can be done to an invoice on its own floor (paying it lives in payments)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import drafting, numbers, stock
from comptoir.billing import rules as shared
from comptoir.billing.invitations import invite
from comptoir.billing.snapshots import take_snapshot
from comptoir.clients.models import Client
from comptoir.kernel.refused import WrongState
from comptoir.ledger.post import post
from comptoir.tenancy.locking import lock

from . import facts, instalments, lifecycle, reminders, rules
from .models import Invoice, Status


@operation
def create_invoice(fields: Mapping[str, Any], *, by: Actor, on: date) -> Invoice:
    """Draft an invoice. Nothing is owed until it is sent.

    ``line_items`` are mappings with the wire's item keys, ``invitations`` mappings with ``contact``.
    ``:MONTH`` and the like in texts and lines become the time that they stand for (contract rules 15).
    Raises Refused at client_id, number, partial, due_date or ``line_items.<n>.<key>``.
    """
    client = shared.refuse_missing_client(fields)
    lock(client)
    invoice = Invoice(client=client, user_id=by.user_id, status_id=Status.DRAFT)
    drafting.draft(invoice, "invoice", client.preferences, fields, on=on, spells=True)
    stock.follow(invoice, {}, stock.counted(invoice), by=by)
    tell(facts.InvoiceCreated(invoice, actor=by))
    return invoice


@operation
def update_invoice(invoice: Invoice, fields: Mapping[str, Any], *, by: Actor, on: date) -> Invoice:
    """Change what was sent; an issued invoice moves the ledger by the difference.

    Raises WrongState for a deleted invoice, Locked where the lock rule closes it.
    """
    lock(invoice, invoice.client)
    client = invoice.client
    preferences = client.preferences
    shelving.refuse_deleted(invoice)
    rules.refuse_locked(invoice, preferences, on)
    held, amount = stock.counted(invoice), invoice.amount
    changes = drafting.revise(invoice, "invoice", preferences, fields)
    rules.refuse_changing_reversed(invoice, amount)
    follow_amount(invoice, client, on)
    instalments.refit(invoice)
    reminders.plan(invoice, preferences, on)
    drafting.save(invoice)
    if "invitations" in fields:
        invite(invoice, client, fields["invitations"] or [])
    if "line_items" in fields:
        stock.follow(invoice, held, stock.counted(invoice), by=by)
    tell(facts.InvoiceUpdated(invoice, actor=by, changes=changes))
    return invoice


@operation
def mark_sent(invoice: Invoice, *, by: Actor, on: date) -> Invoice:
    """Issue a draft: it takes its number and its due date, and from now on it is owed.

    Raises WrongState unless it is a draft.
    """
    lock(invoice, invoice.client)
    shelving.refuse_deleted(invoice)
    if not invoice.is_draft:
        raise WrongState(_("This invoice has already been sent."))
    client = invoice.client
    preferences = client.preferences
    rules.refuse_backdating(invoice)
    numbers.take_number("invoice", invoice, preferences, on=on)
    lifecycle.fall_due(invoice, preferences)
    invoice.status_id = Status.SENT
    invoice.balance = invoice.amount - invoice.paid_to_date
    reminders.plan(invoice, preferences, on)
    take_snapshot(invoice, client, preferences)
    drafting.save(invoice)
    invoice.invitations.live().filter(sent_at=None).update(sent_at=timezone.now())
    post(client, receivable=invoice.balance, reason=invoice, on=on, note="issued")
    tell(facts.InvoiceSent(invoice, actor=by))
    return invoice


@operation
def set_instalments(
    invoice: Invoice,
    said: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    on: date,
    mails: bool = True,
    charges: bool | None = None,
) -> Invoice:
    """Let it be paid in instalments: mappings with ``date`` and ``amount``; without any, at once again.

    ``mails``: the client is written to on the day of each. ``charges``: each pays itself by the stored
    method on its day; None leaves that as it is. Raises Refused at ``schedule`` and below, WrongState
    for an invoice that is paid or cancelled.
    """
    lock(invoice, invoice.client)
    rules.refuse_splitting(invoice)
    instalments.keep(invoice, instalments.read(said, invoice, silent=not mails) if said else [])
    if charges is not None:
        invoice.auto_bill_enabled = charges
        invoice.auto_bill_tries = 0
    if not said:
        invoice.partial, invoice.partial_due_date = Decimal(0), None
    instalments.ask(invoice)
    if not invoice.is_draft:
        reminders.plan(invoice, invoice.client.preferences, on)
    invoice.save()
    tell(facts.InvoiceSplit(invoice, actor=by, notes=str(len(said))))
    return invoice


@operation
def call_instalments(invoice: Invoice, *, by: Actor, on: date) -> list[instalments.Instalment]:
    """Ask for the instalments whose day has come, each once; answers those that are called now.

    Raises NothingDue when there are none, or nothing is owed for this invoice any more.
    """
    lock(invoice, invoice.client)
    if invoice.is_deleted or not invoice.is_open or invoice.balance <= 0:
        raise instalments.NothingDue
    due = instalments.call(invoice, on)
    if not due:
        raise instalments.NothingDue
    reminders.plan(invoice, invoice.client.preferences, on)
    invoice.save()
    tell(facts.InstalmentCalled(invoice, actor=by, notes=str(len(due))))
    return due


@operation
def cancel_invoice(invoice: Invoice, *, by: Actor, on: date) -> Invoice:
    """Nothing more is owed for it; what was paid stays paid (contract rules 13)."""
    lock(invoice, invoice.client)
    rules.refuse_cancelling(invoice)
    invoice.before_cancel = {"status_id": invoice.status_id, "balance": str(invoice.balance)}
    post(invoice.client, receivable=-invoice.balance, reason=invoice, on=on, note="cancelled")
    invoice.balance, invoice.status_id, invoice.next_send_date = Decimal(0), Status.CANCELLED, None
    if invoice.client.preferences.auto_archive_invoice_cancelled:
        invoice.archived_at = timezone.now()
    invoice.save()
    tell(facts.InvoiceCancelled(invoice, actor=by))
    return invoice


@operation
def archive_invoice(invoice: Invoice, *, by: Actor, on: date) -> Invoice:
    """Out of the way; no money moves."""
    shelving.archive(invoice)
    tell(facts.InvoiceArchived(invoice, actor=by))
    return invoice


@operation
def delete_invoice(invoice: Invoice, *, by: Actor, on: date) -> Invoice:
    """Out of every total. Its number is free again; what was paid on it moves too (M13, M16).

    The figures on the invoice itself stay, so that restoring brings everything back.
    """
    lock(invoice, invoice.client)
    rules.refuse_deleting_reversed(invoice)
    rules.refuse_deleting_issued(invoice)
    shelving.delete(invoice)
    owed = not invoice.is_draft
    if owed:
        post(invoice.client, receivable=-invoice.balance, reason=invoice, on=on, note="deleted")
    invoice.number = numbers.freed(invoice)
    invoice.save(update_fields=["number", "updated_at"])
    stock.follow(invoice, stock.counted(invoice), {}, by=by)
    tell(facts.InvoiceDeleted(invoice, actor=by, was_owed=owed))
    return invoice


@operation
def restore_invoice(invoice: Invoice, *, by: Actor, on: date) -> Invoice:
    """Bring back an archived or deleted invoice, with its number where nobody took it since."""
    lock(invoice, invoice.client)
    deleted = invoice.is_deleted
    shelving.restore(invoice)
    if deleted:
        numbers.reclaim("invoice", invoice, invoice.client.preferences, on=on)
        invoice.save(update_fields=["number", "updated_at"])
        stock.follow(invoice, {}, stock.counted(invoice), by=by)
        if not invoice.is_draft:
            reminders.plan(invoice, invoice.client.preferences, on)
            invoice.save(update_fields=["next_send_date"])
            post(invoice.client, receivable=invoice.balance, reason=invoice, on=on, note="restored")
    tell(facts.InvoiceRestored(invoice, actor=by, was_deleted=deleted))
    return invoice


def follow_amount(invoice: Invoice, client: Client, on: date) -> None:
    """An issued invoice owes what its new amount leaves after what was paid (decisions M10, M12)."""
    if invoice.is_draft or invoice.status_id in (Status.CANCELLED, Status.REVERSED):
        shared.clamp_partial(invoice)
        return
    balance = invoice.amount - invoice.paid_to_date
    post(client, receivable=balance - invoice.balance, reason=invoice, on=on, note="changed")
    invoice.balance = balance
    invoice.status_id = lifecycle.status_of(invoice)
    shared.clamp_partial(invoice)
