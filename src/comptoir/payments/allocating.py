"""The steps of paying and undoing: allocations and invoices; the ledger is the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.preferences.cascade import Preferences
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices import lifecycle
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.sales.invoices.operations import archive_invoice, mark_sent
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock
from comptoir.tenancy.saving import save

from .models import Allocation, Payment
from .parts import Part, Use, total

ZERO = Decimal(0)


def issue_drafts(client: Client, parts: Sequence[Part], uses: Sequence[Use], *, by: Actor, on: date) -> None:
    """Whatever is paid, or pays, has been issued; all share the one locked client."""
    for part in parts:
        part.invoice.client = client
        if part.invoice.is_draft:
            mark_sent(part.invoice, by=by, on=on)
    for use in uses:
        use.credit.client = client
        if use.credit.is_draft:
            issue_credit(use.credit, by=by, on=on)


def apply(payment: Payment, client: Client, parts: Sequence[Part], *, by: Actor, on: date) -> None:
    """Allocate, and settle the invoices' own columns."""
    preferences = client.preferences
    insert([Allocation(payment=payment, invoice=part.invoice, amount=part.amount) for part in parts])
    for part in parts:
        lifecycle.settle(part.invoice, part.amount, preferences)
        save(part.invoice, *lifecycle.SETTLED)
        _tidy_away(part.invoice, preferences, by=by, on=on)
    payment.applied += total(parts)
    payment.unapplied -= total(parts)


def _tidy_away(invoice: Invoice, preferences: Preferences, *, by: Actor, on: date) -> None:
    paid = invoice.status_id == InvoiceStatus.PAID
    if paid and invoice.archived_at is None and preferences.auto_archive_invoice:
        archive_invoice(invoice, by=by, on=on)


def give_back(parts: Sequence[Part], allocations: Sequence[Allocation]) -> Decimal:
    """Refund each part out of its invoice's allocations; answers what is owed again."""
    debt = ZERO
    for part in parts:
        left = part.amount
        for allocation in (one for one in allocations if one.invoice_id == part.invoice.pk):
            piece = min(left, allocation.net)
            allocation.refunded += piece
            allocation.save(update_fields=["refunded", "updated_at"])
            left -= piece
        debt += lifecycle.unsettle(part.invoice, part.amount)
        part.invoice.auto_bill_enabled = False
        part.invoice.save()
    return debt


def sharing_invoices(settled: Iterable[Allocation]) -> list[Allocation]:
    """Those that settled an invoice, oldest first; those of one invoice share one locked object."""
    found = sorted((one for one in settled if one.invoice_id), key=lambda one: one.pk)
    invoices = Invoice.objects.in_bulk({one.invoice_id for one in found})
    lock(*invoices.values())
    for one in found:
        one.invoice = invoices[one.invoice_id]
    return found
