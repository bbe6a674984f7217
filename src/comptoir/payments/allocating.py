"""The steps of paying and undoing: allocations, invoices and credits; the ledger is the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.sales.credits import lifecycle as credits
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices import lifecycle
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.sales.invoices.operations import archive_invoice, mark_sent
from comptoir.tenancy.locking import lock

from .models import Allocation, Payment, Removal
from .parts import Part, Use, total

ZERO = Decimal(0)


def apply(payment: Payment, client: Client, parts: Sequence[Part], *, by: Actor, on: date) -> None:
    """Allocate, and settle the invoices' own columns. The ledger is the caller's."""
    preferences = client.preferences
    Allocation.objects.bulk_create(
        [Allocation(payment=payment, invoice=part.invoice, amount=part.amount) for part in parts]
    )
    for part in parts:
        lifecycle.settle(part.invoice, part.amount, preferences)
        part.invoice.save()
        _tidy_away(part.invoice, preferences, by=by, on=on)
    payment.applied += total(parts)
    payment.unapplied -= total(parts)


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


def use_credits(payment: Payment, uses: Sequence[Use]) -> None:
    """Let credits pay their part: they free as much of the payment's own money."""
    Allocation.objects.bulk_create(
        [Allocation(payment=payment, credit=use.credit, amount=use.amount) for use in uses]
    )
    for use in uses:
        credits.use(use.credit, use.amount)
        use.credit.save()
    payment.applied -= total(uses)
    payment.unapplied += total(uses)


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


def refill(allocations: Sequence[Allocation], amount: Decimal, *, mark: bool) -> Decimal:
    """Give ``amount`` back to the credits that were used; answers what is open again.

    ``mark`` records it on the allocations, as a refund does; a deleted payment keeps them whole,
    for the day it comes back.
    """
    again = ZERO
    for one in with_one_credit_each(allocations):
        piece = min(amount, one.net)
        again += credits.refill(one.credit, piece)
        one.credit.save()
        if mark:
            one.refunded += piece
            one.save(update_fields=["refunded", "updated_at"])
        amount -= piece
    return again


def reuse_credits(payment: Payment, amount: Decimal) -> Decimal:
    """Take back from credits what was refilled when their invoice was deleted.

    Raises Refused when one of them has been used elsewhere since.
    """
    left = amount
    for one in with_one_credit_each(list(payment.allocations.live().filter(invoice=None).order_by("pk"))):
        piece = min(left, one.refunded)
        if piece > one.credit.balance or (piece and one.credit.is_deleted):
            raise Refused(
                "number",
                _("Credit %(number)s, which helped to pay it, has been used since.")
                % {"number": one.credit.number},
            )
        if piece:
            credits.use(one.credit, piece)
            one.credit.save()
            one.refunded -= piece
            one.save(update_fields=["refunded", "updated_at"])
            left -= piece
    return amount - left


def with_one_credit_each(allocations: Sequence[Allocation]) -> list[Allocation]:
    """Those that used a credit, sharing one locked object per credit."""
    used = [one for one in allocations if one.credit_id]
    found = Credit.objects.in_bulk({one.credit_id for one in used})
    lock(*found.values())
    for one in used:
        one.credit = found[one.credit_id]
    return used


def come_back(payment: Payment, client: Client) -> tuple[Decimal, Decimal]:
    """Apply again what a deleted payment had settled, as far as invoices and credits allow.

    Answers (settled on invoices, taken from credits) and sets the payment's own columns.
    """
    gone = payment.allocations.filter(removed_with=Removal.PAYMENT)
    taken = ZERO
    for one in with_one_credit_each(list(gone.order_by("pk"))):
        if one.credit.is_open and not one.credit.is_deleted and 0 < one.net <= one.credit.balance:
            credits.use(one.credit, one.net)
            one.credit.save()
            taken += one.net
            _keep(one)
    money = payment.amount - payment.refunded + taken
    settled = ZERO
    for one in with_one_invoice_each(gone):
        invoice = one.invoice
        fits = 0 < one.net <= min(invoice.balance, money - settled)
        if fits and invoice.is_open and not invoice.is_deleted:
            lifecycle.settle(invoice, one.net, client.preferences)
            invoice.save()
            settled += one.net
            _keep(one)
    payment.applied = settled - taken
    payment.unapplied = money - settled
    return settled, taken


def _keep(one: Allocation) -> None:
    one.deleted_at, one.archived_at, one.removed_with = None, None, Removal.KEPT
    one.save()


def with_one_invoice_each(allocations: QuerySet[Allocation]) -> list[Allocation]:
    """The allocations, those of one invoice sharing one locked object, so that no figure is lost."""
    found = list(allocations.filter(credit=None).order_by("pk"))
    invoices = Invoice.objects.in_bulk({one.invoice_id for one in found})
    lock(*invoices.values())
    for one in found:
        one.invoice = invoices[one.invoice_id]
    return found
