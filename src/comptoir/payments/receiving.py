"""The one step by which money comes in: number, allocations, credits, ledger, facts.

The caller is an operation that has locked the client, the invoices and the credits, and has refused
what cannot be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, tell
from comptoir.clients.models import Client
from comptoir.exchange.rates import UNKNOWN, rate, says_nothing
from comptoir.ledger.post import post
from comptoir.sales.invoices.facts import InvoicePaid
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.tenancy.saving import save

from . import facts, rules
from .allocating import apply, issue_drafts
from .converting import other_currency
from .crediting import use_credits
from .models import Payment
from .numbers import insert_numbered
from .parts import Part, Use, total

EDITABLE: Final = frozenset(
    {
        "assigned_user", "date", "exchange_currency_id", "exchange_rate", "number", "private_notes",
        "transaction_reference", "type_id", "custom_value1", "custom_value2", "custom_value3",
        "custom_value4",
    }
)  # fmt: skip


def receive(
    client: Client,
    amount: Decimal,
    parts: Sequence[Part],
    fields: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
    uses: Sequence[Use] = (),
    origin: Mapping[str, Any] | None = None,
    tells: type[facts.PaymentFact] = facts.PaymentRecorded,
) -> Payment:
    """Write the payment; ``origin`` holds what only a gateway knows: gateway, way of paying, contact."""
    issue_drafts(client, parts, uses, by=by, on=on)
    preferences = client.preferences
    payment = Payment(client=client, user_id=by.user_id, amount=amount, unapplied=amount, date=on)
    payment.company = client.company
    payment.currency_id = client.currency_id
    payment.idempotency_key = str(fields.get("idempotency_key") or "")
    said = {name: fields[name] for name in EDITABLE if fields.get(name) not in ("", None)}
    changed(payment, {**said, **(origin or {})})
    rules.refuse_negative_rate(payment)
    if says_nothing(payment.exchange_rate):
        payment.exchange_rate = _rate(payment, parts)
    insert_numbered(payment, preferences, on=on)
    apply(payment, client, parts, by=by, on=on)
    use_credits(payment, uses)
    save(payment, "applied", "unapplied")
    post(
        client, receivable=-total(parts), paid=amount + total(uses), credit=-total(uses),
        unapplied=payment.unapplied, reason=payment, on=on, note="received",
    )  # fmt: skip
    tell(
        tells(payment, actor=by, refs=named_invoice(parts)),
        *settled_facts(payment, parts, by),
    )
    return payment


def _rate(payment: Payment, parts: Sequence[Part]) -> Decimal:
    """That of its day; where nobody knows it, that of the first invoice in the same currency."""
    if (found := _of_day(payment, payment.date)) != UNKNOWN:
        return found
    invoices = (part.invoice for part in parts if part.invoice.currency_id == payment.currency_id)
    return next((each.exchange_rate for each in invoices), UNKNOWN)


def _of_day(payment: Payment, on: date) -> Decimal:
    unit = other_currency(payment)
    return rate(payment.company, unit, on=on) if unit else UNKNOWN


def follow_date(payment: Payment, was: date) -> None:
    """A payment that has the rate of its day takes that of the new one; any other was said, and stays."""
    if payment.date != was and payment.exchange_rate == _of_day(payment, was):
        payment.exchange_rate = _of_day(payment, payment.date)


def settled_facts(payment: Payment, parts: Sequence[Part], by: Actor) -> list[InvoicePaid]:
    """Each invoice that is settled by it."""
    return [
        InvoicePaid(part.invoice, actor=by, refs={"payment": payment})
        for part in parts
        if part.invoice.status_id == InvoiceStatus.PAID
    ]


def named_invoice(parts: Sequence[Part]) -> dict[str, Invoice]:
    """The invoice that an activity about the payment names: the first one."""
    return {"invoice": parts[0].invoice} if parts else {}
