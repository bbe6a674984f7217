"""Everything that can be done to a quote. It touches no balance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import composition, drafting, numbers
from comptoir.billing import rules as shared
from comptoir.billing.due import due_date
from comptoir.billing.exchanging import rate_of_next
from comptoir.billing.invitations import invite
from comptoir.billing.snapshots import take_snapshot
from comptoir.kernel.refused import WrongState
from comptoir.numbering.rules import is_gap_free
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice
from comptoir.tenancy.locking import lock

from . import facts, reminders, rules
from .models import Quote, Status

COPIED = composition.EDITABLE - {
    "auto_bill_enabled",
    "number",
    "date",
    "due_date",
    "partial_due_date",
    "terms",
    "footer",
    "design_id",
}


@operation
def create_quote(fields: Mapping[str, Any], *, by: Actor, on: date) -> Quote:
    """Draft a quote. Raises Refused at client_id, number or ``line_items.<n>.<key>``."""
    client = shared.refuse_missing_client(fields)
    lock(client)
    quote = Quote(client=client, user_id=by.user_id, status_id=Status.DRAFT)
    drafting.draft(quote, "quote", client.preferences, fields, on=on)
    tell(facts.QuoteCreated(quote, actor=by))
    return quote


@operation
def update_quote(quote: Quote, fields: Mapping[str, Any], *, by: Actor, on: date) -> Quote:
    lock(quote, quote.client)
    shelving.refuse_deleted(quote)
    changes = drafting.revise(quote, "quote", quote.client.preferences, fields)
    shared.clamp_partial(quote)
    reminders.plan(quote, quote.client.preferences, on)
    drafting.save(quote)
    if "invitations" in fields:
        invite(quote, quote.client, fields["invitations"] or [])
    tell(facts.QuoteUpdated(quote, actor=by, changes=changes))
    return quote


@operation
def mark_sent(quote: Quote, *, by: Actor, on: date) -> Quote:
    """Offer it: it takes its number, and the day it is valid until from the setting ``valid_until``.

    Raises WrongState unless it is a draft.
    """
    lock(quote, quote.client)
    shelving.refuse_deleted(quote)
    if not quote.is_draft:
        raise WrongState(_("This quote has already been sent."))
    preferences = quote.client.preferences
    numbers.take_number("quote", quote, preferences, on=on)
    quote.due_date = quote.due_date or due_date(quote.date, preferences, "valid_until")
    quote.status_id = Status.SENT
    reminders.plan(quote, preferences, on)
    take_snapshot(quote, quote.client, preferences)
    drafting.save(quote)
    quote.invitations.live().filter(sent_at=None).update(sent_at=timezone.now())
    tell(facts.QuoteSent(quote, actor=by))
    return quote


@operation
def approve_quote(quote: Quote, *, by: Actor, on: date, proof: Mapping[str, Any] | None = None) -> Quote:
    """Accept it as it stands; it does not become an invoice by that alone (decision R4).

    ``proof`` is what the portal gathered: name, ip, moment, signature.
    """
    lock(quote)
    shelving.refuse_deleted(quote)
    rules.refuse_approving(quote, on)
    if quote.is_draft:
        numbers.take_number("quote", quote, quote.client.preferences, on=on)
    quote.status_id = Status.APPROVED
    quote.approval = {"by": by.name, "at": timezone.now().isoformat(), "ip": by.ip, **(proof or {})}
    drafting.save(quote)
    tell(facts.QuoteApproved(quote, actor=by))
    return quote


@operation
def reject_quote(quote: Quote, *, by: Actor, on: date, reason: str = "") -> Quote:
    """The client does not want it."""
    lock(quote)
    shelving.refuse_deleted(quote)
    rules.refuse_approving(quote, on)
    quote.status_id = Status.REJECTED
    quote.approval = {"by": by.name, "at": timezone.now().isoformat(), "ip": by.ip, "reason": reason}
    quote.save()
    tell(facts.QuoteRejected(quote, actor=by, notes=reason))
    return quote


@operation
def convert_quote(quote: Quote, *, by: Actor, on: date) -> Invoice:
    """Make a draft invoice of it, with the same lines and people (contract rules 15).

    Raises WrongState when it has become one already.
    """
    lock(quote, quote.client)
    shelving.refuse_deleted(quote)
    rules.refuse_converting(quote)
    preferences = quote.client.preferences
    fields: dict[str, Any] = {name: getattr(quote, name) for name in COPIED}
    fields |= {"client": quote.client, "line_items": quote.raw_lines}
    fields["exchange_rate"] = rate_of_next(quote, quote.client, on=on)
    fields["invitations"] = [
        {"contact": one.contact} for one in quote.invitations.live().select_related("contact")
    ]
    if quote.company.switch("use_quote_terms_on_conversion"):
        fields["terms"] = quote.terms
    if preferences.shared_invoice_quote_counter and not is_gap_free("invoice"):
        fields["number"] = quote.number
    invoice = create_invoice(fields, by=by, on=on)
    quote.invoice, quote.status_id = invoice, Status.CONVERTED
    if preferences.auto_archive_quote:
        quote.archived_at = timezone.now()
    quote.save()
    tell(facts.QuoteConverted(quote, actor=by, refs={"invoice": invoice}))
    return invoice


@operation
def archive_quote(quote: Quote, *, by: Actor, on: date) -> Quote:
    shelving.archive(quote)
    tell(facts.QuoteArchived(quote, actor=by))
    return quote


@operation
def delete_quote(quote: Quote, *, by: Actor, on: date) -> Quote:
    """Out of every list; its number is free again."""
    shelving.delete(quote)
    quote.number = numbers.freed(quote)
    quote.save(update_fields=["number", "updated_at"])
    tell(facts.QuoteDeleted(quote, actor=by))
    return quote


@operation
def restore_quote(quote: Quote, *, by: Actor, on: date) -> Quote:
    deleted = quote.is_deleted
    shelving.restore(quote)
    if deleted:
        numbers.reclaim("quote", quote, quote.client.preferences, on=on)
        quote.save(update_fields=["number", "updated_at"])
    tell(facts.QuoteRestored(quote, actor=by))
    return quote
