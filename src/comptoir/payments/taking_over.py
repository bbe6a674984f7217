"""Payments that another program has recorded: imported as they are; nobody gets a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock

from . import facts, rules
from .allocating import ZERO
from .models import Payment
from .parts import Part, Use, owed, refuse_unfit
from .receiving import receive


@operation
def take_over_payment(fields: Mapping[str, Any], invoices: list[Invoice], *, by: Actor, on: date) -> Payment:
    """Keep money of another program, for these invoices one after the other; the rest stays unapplied.

    Raises Refused at client_id, amount, number, ``invoices`` or ``invoices.<n>.invoice_id``.
    """
    client = rules.refuse_missing_client(fields)
    lock(client, *invoices)
    amount: Decimal = fields.get("amount") or ZERO
    rules.refuse_amount(amount, ZERO)
    parts = _shared(amount, invoices)
    refuse_unfit(parts, client)
    said = {**fields, "date": fields.get("date") or on}
    return receive(client, amount, parts, said, by=by, on=said["date"], tells=facts.PaymentTakenOver)


@operation
def take_over_use(credit: Credit, used: Decimal, *, by: Actor, on: date) -> Payment:
    """What another program has used of a credit, or paid out: less money than its payments say came in.

    Those of invoices are taken over as money, whatever paid them. ``used`` is in the credit's currency.
    """
    lock(credit, credit.client)
    said = {"transaction_reference": _("Credit note %(number)s") % {"number": credit.number}}
    uses = [Use(credit, used)]
    return receive(credit.client, -used, (), said, by=by, on=on, uses=uses, tells=facts.PaymentTakenOver)


def _shared(amount: Decimal, invoices: list[Invoice]) -> list[Part]:
    """As much for each as it owes and as is left."""
    parts = []
    for invoice in invoices:
        part = min(amount, max(owed(invoice), ZERO))
        parts.append(Part(invoice, part))
        amount -= part
    return [part for part in parts if part.amount]
