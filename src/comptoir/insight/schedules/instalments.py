"""An invoice in instalments, seen as a schedule (template payment_schedule).

The instalments stand on the invoice, which asks for each on its day; the schedule counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.kernel import ids
from comptoir.kernel.cadence import FREQUENCIES
from comptoir.kernel.refused import Refused, WrongState
from comptoir.sales.invoices.instalments import MOST, planned, split
from comptoir.sales.invoices.models import PAYABLE, Invoice
from comptoir.sales.invoices.operations import set_instalments

from .models import ONCE, Schedule


def faults(schedule: Schedule, on: date) -> dict[str, list[Any]]:
    """No invoice, or no parts; what the invoice itself refuses comes at ``parameters.schedule``."""
    if invoice_of(schedule) is None:
        return {"parameters.invoice_id": [_("There is no such invoice.")]}
    if schedule.parameters.get("schedule"):
        return {}
    if not 2 <= schedule.remaining_cycles <= MOST:
        return {"remaining_cycles": [_("Say from 2 to %(most)s instalments.") % {"most": MOST}]}
    if schedule.frequency_id not in FREQUENCIES:
        return {"frequency_id": [_("Say how often.")]}
    return {}


def invoice_of(schedule: Schedule) -> Invoice | None:
    """The invoice that its parameters name; None once it is deleted."""
    named = schedule.parameters.get("invoice_id") or schedule.parameters.get("entity_id")
    key = ids.decode(str(named or ""))
    if key is None:
        return None
    rows: Any = Invoice.objects.select_related("client__group", "company")
    found: Invoice | None = rows.filter(pk=key, deleted_at=None).first()
    return found


def begin(schedule: Schedule, by: Actor, on: date) -> None:
    """Put them on the invoice: those that are listed, else equal parts from the first day on.

    Raises Refused below ``parameters.schedule``, or at ``parameters.invoice_id``.
    """
    invoice = invoice_of(schedule)
    assert invoice is not None  # its faults were looked for before
    mails = bool(schedule.parameters.get("mails", True))
    charges = schedule.parameters.get("auto_bill")
    try:
        set_instalments(
            invoice,
            _said(schedule, invoice),
            by=by,
            on=on,
            mails=mails,
            charges=None if charges is None else bool(charges),
        )
    except WrongState as refused:
        raise Refused("parameters.invoice_id", refused.sentence) from refused
    except Refused as refused:
        raise Refused.many(
            {f"parameters.{path}": texts for path, texts in refused.errors.items()}
        ) from refused
    rows = planned(invoice)
    schedule.next_run = schedule.anchor = rows[0].on
    schedule.remaining_cycles = len(rows)
    schedule.frequency_id = schedule.frequency_id or ONCE


def _said(schedule: Schedule, invoice: Invoice) -> list[Mapping[str, Any]]:
    listed = schedule.parameters.get("schedule")
    if isinstance(listed, list) and listed:
        return [_one(row if isinstance(row, dict) else {}) for row in listed]
    parts = split(
        invoice.amount,
        schedule.remaining_cycles,
        schedule.next_run,
        schedule.frequency_id,
        invoice.precision,
    )
    return [{"date": part.on, "amount": part.amount} for part in parts]


def _one(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the wire; what cannot be read is missing, which the invoice says."""
    try:
        on: date | None = date.fromisoformat(str(row.get("date") or "")[:10])
    except ValueError:
        on = None
    try:
        amount = Decimal(str(row.get("amount") or "0"))
    except InvalidOperation:
        amount = Decimal(0)
    return {"date": on, "amount": amount if amount.is_finite() else Decimal(0)}


def work(schedule: Schedule, day: date, on: date) -> list[tuple[str, dict[str, Any], str]]:
    """Nothing: the invoice asks by itself. ``following`` says when it does next."""
    return []


def following(schedule: Schedule, day: date) -> date | None:
    """The day of the instalment after ``day``; None when that was the last, or they are gone."""
    invoice = invoice_of(schedule)
    later = [row.on for row in planned(invoice) if row.on > day] if invoice else []
    return min(later, default=None)


def end(schedule: Schedule, by: Actor, on: date) -> None:
    """The invoice is due at once again, if it still has instalments and is not settled."""
    invoice = invoice_of(schedule)
    if invoice is not None and invoice.instalments and invoice.status_id in PAYABLE:
        set_instalments(invoice, [], by=by, on=on)
