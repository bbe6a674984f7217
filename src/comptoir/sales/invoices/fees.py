"""Fees that join an invoice after it was issued: of a late payment, of a way of paying.

A locked invoice is left alone: a new one carries the fee (contract rules 20).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing import composition, drafting, lines
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Invoice
from .operations import create_invoice, follow_amount, mark_sent


@dataclass(frozen=True, slots=True)
class Fee:
    """``cost`` before tax, in units of the invoice's currency; ``type_id`` of its line (billing.lines)."""

    type_id: str
    label: str
    cost: Decimal
    taxes: tuple[tuple[str, Decimal], ...] = ()

    @property
    def line(self) -> dict[str, Any]:
        """The line as apps write it."""
        taxed: dict[str, Any] = {f"tax_name{n}": name for n, (name, _) in enumerate(self.taxes, 1)}
        taxed |= {f"tax_rate{n}": rate for n, (_, rate) in enumerate(self.taxes, 1)}
        return {"quantity": 1, "cost": self.cost, "notes": self.label, "type_id": self.type_id, **taxed}


def amount_of(fee: Fee, invoice: Invoice, on: date) -> Decimal:
    """By how much more is owed with the fee, taxes and all. Changes nothing."""
    client = invoice.client
    preferences = client.preferences
    if rules.is_locked(invoice, preferences, on):
        alone = Invoice(client=client, company=invoice.company, status_id=1)
        drafting.sketch(alone, "invoice", preferences, {"line_items": [fee.line]}, on=on)
        return alone.amount
    grown = copy(invoice)
    _append(grown, fee)
    return grown.amount - invoice.amount


@operation
def add_fee(invoice: Invoice, fee: Fee, *, by: Actor, on: date) -> Invoice:
    """Let an invoice carry a fee; answers the invoice that does: itself, or a new one where it is locked."""
    lock(invoice, invoice.client)
    client = invoice.client
    if rules.is_locked(invoice, client.preferences, on):
        made = create_invoice({"client": client, "line_items": [fee.line]}, by=by, on=on)
        made.client = client
        return mark_sent(made, by=by, on=on)
    was = invoice.amount
    _append(invoice, fee)
    follow_amount(invoice, client, on)
    drafting.save(invoice)
    tell(facts.InvoiceUpdated(invoice, actor=by, changes={"amount": (was, invoice.amount)}))
    return invoice


def _append(invoice: Invoice, fee: Fee) -> None:
    """As a last line; the lines before it are not read anew, so that nothing else of them changes."""
    added = lines.clean([fee.line], invoice.is_amount_discount)
    invoice.line_items = lines.write([*lines.read(invoice.line_items), *added])
    composition.count(invoice, invoice.client, invoice.client.preferences)
