"""Money that a gateway has received: it is here, whatever became of the invoices meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation
from comptoir.clients.models import Client
from comptoir.tenancy.locking import lock

from .models import Payment
from .parts import Part, is_payable, owed
from .receiving import receive


@operation
def collect_payment(
    client: Client,
    amount: Decimal,
    parts: Sequence[Part],
    fields: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
    origin: Mapping[str, Any],
) -> Payment:
    """Record it, never refuse it: what an invoice does not owe any more stays unapplied.

    ``origin`` holds company_gateway, gateway_type_id, contact. A gateway's reference is recorded once:
    a second time raises IntegrityError, and nothing is written.
    """
    lock(client, *(part.invoice for part in parts))
    return receive(
        client, amount, fitting(parts, amount), fields, by=by, on=on, origin={**origin, "is_manual": False}
    )


def fitting(parts: Sequence[Part], amount: Decimal) -> list[Part]:
    """The parts as far as the money goes and the invoices still owe it."""
    found, left = [], amount
    for part in parts:
        wanted = min(part.amount, owed(part.invoice), left) if is_payable(part.invoice) else Decimal(0)
        if wanted > 0:
            found.append(Part(part.invoice, wanted))
            left -= wanted
    return found
