"""Everything that can be done to a credit on its own floor (using it lives in payments)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import drafting, numbers
from comptoir.billing import rules as shared
from comptoir.billing.invitations import invite
from comptoir.billing.snapshots import take_snapshot
from comptoir.kernel.refused import WrongState
from comptoir.ledger.post import post
from comptoir.tenancy.locking import lock

from . import facts, lifecycle, rules
from .models import Credit, Status


@operation
def create_credit(fields: Mapping[str, Any], *, by: Actor, on: date) -> Credit:
    """Draft a credit note; ``fields["invoice"]`` names the invoice that it corrects.

    Raises Refused at client_id, invoice_id, number or ``line_items.<n>.<key>``.
    """
    client = shared.refuse_missing_client(fields)
    invoice = fields.get("invoice")
    lock(client, invoice)
    credit = Credit(client=client, user_id=by.user_id, status_id=Status.DRAFT, invoice=invoice)
    drafting.draft(credit, "credit", client.preferences, fields, on=on)
    rules.refuse_crediting_too_much(credit)
    tell(facts.CreditCreated(credit, actor=by, refs={"invoice": invoice} if invoice else {}))
    return credit


@operation
def update_credit(credit: Credit, fields: Mapping[str, Any], *, by: Actor, on: date) -> Credit:
    """Change what was sent; an issued credit moves the client's open credit by the difference."""
    lock(credit, credit.client)
    shelving.refuse_deleted(credit)
    rules.refuse_editing_issued(credit)
    changes = drafting.revise(credit, "credit", credit.client.preferences, fields)
    if not credit.is_draft:
        balance = credit.amount - credit.paid_to_date
        rules.refuse_below_used(credit, balance)
        if balance != credit.balance:
            rules.refuse_undoing_reversal(credit)
        post(credit.client, credit=balance - credit.balance, reason=credit, on=on, note="changed")
        credit.balance = balance
        credit.status_id = lifecycle.status_of(credit)
    shared.clamp_partial(credit)
    drafting.save(credit)
    if "invitations" in fields:
        invite(credit, credit.client, fields["invitations"] or [])
    tell(facts.CreditUpdated(credit, actor=by, changes=changes))
    return credit


@operation
def mark_sent(credit: Credit, *, by: Actor, on: date) -> Credit:
    """Issue a draft: it takes its number, and the client may use it.

    Raises WrongState unless it is a draft.
    """
    lock(credit, credit.client)
    shelving.refuse_deleted(credit)
    if not credit.is_draft:
        raise WrongState(_("This credit has already been sent."))
    client = credit.client
    preferences = client.preferences
    numbers.take_number("credit", credit, preferences, on=on)
    credit.status_id = Status.SENT
    credit.balance = credit.amount
    take_snapshot(credit, client, preferences)
    drafting.save(credit)
    credit.invitations.live().filter(sent_at=None).update(sent_at=timezone.now())
    post(client, credit=credit.balance, reason=credit, on=on, note="issued")
    tell(facts.CreditSent(credit, actor=by))
    return credit


@operation
def archive_credit(credit: Credit, *, by: Actor, on: date) -> Credit:
    """Out of the way; no money moves."""
    shelving.archive(credit)
    tell(facts.CreditArchived(credit, actor=by))
    return credit


@operation
def delete_credit(credit: Credit, *, by: Actor, on: date) -> Credit:
    """What is left of it can no longer be used. Its number is free again (M13)."""
    lock(credit, credit.client)
    rules.refuse_undoing_reversal(credit)
    rules.refuse_deleting_issued(credit)
    shelving.delete(credit)
    if not credit.is_draft:
        post(credit.client, credit=-credit.balance, reason=credit, on=on, note="deleted")
    credit.number = numbers.freed(credit)
    credit.save(update_fields=["number", "updated_at"])
    tell(facts.CreditDeleted(credit, actor=by))
    return credit


@operation
def restore_credit(credit: Credit, *, by: Actor, on: date) -> Credit:
    """Bring back an archived or deleted credit."""
    lock(credit, credit.client)
    deleted = credit.is_deleted
    shelving.restore(credit)
    if deleted:
        numbers.reclaim("credit", credit, credit.client.preferences, on=on)
        credit.save(update_fields=["number", "updated_at"])
        if not credit.is_draft:
            post(credit.client, credit=credit.balance, reason=credit, on=on, note="restored")
    tell(facts.CreditRestored(credit, actor=by))
    return credit
