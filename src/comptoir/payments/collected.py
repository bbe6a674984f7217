"""Money that a gateway has received: it is here, whatever became of the invoices meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation
from comptoir.clients.models import Client
from comptoir.kernel.money import ZERO
from comptoir.sales.credits.models import Credit
from comptoir.tenancy.locking import lock

from .models import Payment
from .parts import Part, Use, is_payable, owed
from .receiving import receive


@dataclass(frozen=True, slots=True)
class Help:
    """``amount`` of ``credit`` that is to pay a part of an invoice, given by its id."""

    credit: Credit
    invoice: int
    amount: Decimal


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
    helps: Sequence[Help] = (),
) -> Payment:
    """Record it, never refuse it: what an invoice does not owe any more stays unapplied.

    ``helps`` are credits that were counted on; what one has no more is left open on the invoice.
    ``origin`` holds company_gateway, gateway_type_id, contact. A gateway's reference is recorded once:
    a second time raises IntegrityError, and nothing is written.
    """
    lock(client, *(part.invoice for part in parts), *{one.credit.pk: one.credit for one in helps}.values())
    fitted, uses = helped(parts, fitting(parts, amount), helps)
    return receive(
        client, amount, fitted, fields, by=by, on=on, uses=uses, origin={**origin, "is_manual": False}
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


def helped(
    parts: Sequence[Part], fitted: Sequence[Part], helps: Sequence[Help]
) -> tuple[list[Part], list[Use]]:
    """What is settled once credits fill up what the money leaves open, and what they give for it."""
    settled = {part.invoice.pk: part for part in fitted}
    given: dict[int, Use] = {}
    for part in parts:
        for one in helps:
            credit, so_far = one.credit, given.get(one.credit.pk)
            if one.invoice != part.invoice.pk or not credit.is_open or credit.is_deleted:
                continue
            before = settled[part.invoice.pk].amount if part.invoice.pk in settled else ZERO
            room = owed(part.invoice) - before if is_payable(part.invoice) else ZERO
            left = credit.balance - (so_far.amount if so_far else ZERO)
            piece = min(one.amount, room, left)
            if piece > 0:
                settled[part.invoice.pk] = Part(part.invoice, before + piece)
                given[credit.pk] = Use(credit, (so_far.amount if so_far else ZERO) + piece)
    return list(settled.values()), list(given.values())
