"""Money comes in, is applied, and goes back.

Every verb locks, refuses, writes, posts and tells in one transaction; the ledger entries are in
``ledger.post``, the invoice's own columns in ``sales.invoices.lifecycle``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.ledger.post import post
from comptoir.sales.invoices import lifecycle
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock

from . import facts, rules
from .allocating import ZERO, apply, give_back, issue_drafts, sharing_invoices
from .crediting import mark_given_back, out_of, refill, sharing_credits
from .going_back import book
from .models import Allocation, Payment, Removal, Status
from .parts import Part, owed, read, read_credits, refuse_unfit, refuse_unfit_credits, total
from .receiving import EDITABLE, follow_date, named_invoice, receive, settled_facts
from .returning import come_back


@operation
def record_payment(fields: Mapping[str, Any], *, by: Actor, on: date) -> Payment:
    """Take money from a client and settle the invoices it was meant for.

    ``fields["invoices"]`` holds mappings with ``invoice`` and ``amount``, ``fields["credits"]`` with
    ``credit`` and ``amount``. An amount of zero or none is what the credits leave of the invoices;
    what no invoice claims stays on the payment as unapplied money. Raises Refused at client_id,
    amount, number, ``invoices``, ``invoices.<n>.invoice_id`` or the like for credits (contract rules 14).
    """
    client = rules.refuse_missing_client(fields)
    parts, uses = read(fields.get("invoices") or []), read_credits(fields.get("credits") or [])
    lock(client, *(part.invoice for part in parts), *(use.credit for use in uses))
    claimed = total(parts) - total(uses)
    amount = fields.get("amount") or claimed
    refuse_unfit(parts, client)
    refuse_unfit_credits(uses, parts, client)
    rules.refuse_amount(amount, claimed)
    return receive(client, amount, parts, fields, by=by, on=on, uses=uses)


@operation
def mark_paid(invoice: Invoice, *, by: Actor, on: date, reference: str = "") -> Payment:
    """Record that the whole balance was paid by hand; a draft is sent first (contract rules 13).

    Raises WrongState for an invoice that cannot be paid any more.
    """
    lock(invoice, invoice.client)
    rules.refuse_marking_paid(invoice)
    amount = owed(invoice)
    return receive(
        invoice.client, amount, [Part(invoice, amount)], _by_hand(invoice, reference), by=by, on=on
    )


@operation
def record_amount_paid(
    invoice: Invoice, amount: Decimal, *, by: Actor, on: date, reference: str = ""
) -> Payment:
    """Record a part paid by hand; what is more than the balance stays unapplied (decision M11)."""
    lock(invoice, invoice.client)
    rules.refuse_marking_paid(invoice)
    rules.refuse_amount(amount, ZERO)
    part = min(amount, max(owed(invoice), ZERO))
    parts = [Part(invoice, part)] if part else []
    return receive(invoice.client, amount, parts, _by_hand(invoice, reference), by=by, on=on)


@operation
def update_payment(payment: Payment, fields: Mapping[str, Any], *, by: Actor, on: date) -> Payment:
    """Change its texts, and apply more of what is unapplied to ``fields["invoices"]``.

    Amount, client and what it paid already cannot change. Raises Refused at ``invoices`` when less
    is left than asked for.
    """
    parts = read(fields.get("invoices") or [])
    lock(payment, payment.client, *(part.invoice for part in parts))
    shelving.refuse_deleted(payment)
    rules.refuse_other_client(payment, fields)
    refuse_unfit(parts, payment.client)
    rules.refuse_applying_more_than_left(payment, parts)
    rules.refuse_taken_number(payment, fields)
    rules.refuse_other_reference(payment, fields)
    said = {
        name: value
        for name, value in fields.items()
        if name in EDITABLE and (value not in ("", None) or name not in ("date", "number", "exchange_rate"))
    }
    day = payment.date
    changes = changed(payment, said)
    rules.refuse_negative_rate(payment)
    if "exchange_rate" not in said:
        follow_date(payment, day)
    issue_drafts(payment.client, parts, (), by=by, on=on)
    apply(payment, payment.client, parts, by=by, on=on)
    payment.save()
    post(
        payment.client,
        receivable=-total(parts),
        unapplied=-total(parts),
        reason=payment,
        on=on,
        note="applied",
    )
    fact = facts.PaymentApplied if parts else facts.PaymentUpdated
    tell(
        fact(payment, actor=by, changes=changes, refs=named_invoice(parts)),
        *settled_facts(payment, parts, by),
    )
    return payment


@operation
def archive_payment(payment: Payment, *, by: Actor, on: date) -> Payment:
    """Out of the way; no money moves."""
    shelving.archive(payment)
    tell(facts.PaymentArchived(payment, actor=by))
    return payment


@operation
def refund_payment(
    payment: Payment, amount: Decimal, said: Sequence[Mapping[str, Any]] = (), *, by: Actor, on: date
) -> Payment:
    """Give money back: per invoice where it was applied, else out of what is unapplied.

    With ``said`` (mappings with ``invoice`` and ``amount``) their sum counts (decision M24). Raises
    Refused at ``id`` and ``invoices`` (contract rules 14, differences).
    """
    parts = read(said)
    lock(payment, payment.client, *(part.invoice for part in parts))
    for part in parts:
        part.invoice.client = payment.client
    allocations = list(payment.allocations.live().order_by("pk"))
    asked = total(parts) or amount
    refilled = min(asked, sum((one.net for one in allocations if one.credit_id), ZERO)) if parts else ZERO
    rules.refuse_refund(payment, amount, parts, allocations, refilled)
    debt = give_back(parts, allocations)
    pieces = out_of(sharing_credits(allocations), refilled)
    mark_given_back(pieces)
    credit = refill(pieces)
    book(payment, parts, back=asked - refilled, refilled=refilled, debt=debt, credit=credit, by=by, on=on)
    return payment


@operation
def delete_payment(payment: Payment, *, by: Actor, on: date) -> Payment:
    """As if it had never come: its invoices are owed again, its unapplied rest is gone."""
    lock(payment, payment.client)
    rules.refuse_undoing_reversed(payment)
    shelving.delete(payment)
    live = list(payment.allocations.live())
    settled, used = sharing_invoices(live), sharing_credits(live)
    debt = ZERO
    for allocation in settled:
        debt += lifecycle.unsettle(allocation.settled, allocation.net)
        allocation.settled.save()
    refilled = sum((one.net for one in used), ZERO)
    credit = refill([(one, one.net) for one in used])
    gone = {"deleted_at": payment.deleted_at, "archived_at": payment.deleted_at}
    payment.allocations.live().update(removed_with=Removal.PAYMENT, **gone)
    post(
        payment.client, receivable=debt, paid=payment.refunded - payment.amount - refilled, credit=credit,
        unapplied=-payment.unapplied, reason=payment, on=on, note="deleted",
    )  # fmt: skip
    payment.status_id, payment.unapplied = Status.CANCELLED, ZERO
    payment.save()
    tell(facts.PaymentDeleted(payment, actor=by, refs=_first_invoice(settled)))
    return payment


@operation
def restore_payment(payment: Payment, *, by: Actor, on: date) -> Payment:
    """Bring it back, its parts applied again as far as the invoices allow (decision M21)."""
    lock(payment, payment.client)
    deleted = payment.is_deleted
    shelving.restore(payment)
    if deleted:
        settled, taken = come_back(payment, payment.client)
        payment.status_id = rules.status_of(payment)
        payment.save()
        post(
            payment.client, receivable=-settled, paid=payment.amount - payment.refunded + taken,
            credit=-taken, unapplied=payment.unapplied, reason=payment, on=on, note="restored",
        )  # fmt: skip
    tell(facts.PaymentRestored(payment, actor=by))
    return payment


def _by_hand(invoice: Invoice, reference: str) -> dict[str, Any]:
    type_id = str(invoice.client.preferences.payment_type_id)
    return {
        "type_id": type_id if type_id.isdecimal() and int(type_id) > 0 else "",
        "transaction_reference": reference or _("Manual entry"),
    }


def _first_invoice(allocations: Sequence[Allocation]) -> dict[str, Invoice]:
    return {"invoice": allocations[0].settled} if allocations else {}
