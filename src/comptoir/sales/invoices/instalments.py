"""An invoice paid in instalments: the next one is asked for like a deposit, until the last (features: C).

``invoice.instalments`` holds ``{"date": "2026-03-31", "amount": "250"}`` in order; together they are the
amount of the invoice. Pure: columns are set, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.cadence import step
from comptoir.kernel.money import ZERO, round_half_up
from comptoir.kernel.refused import Refused

from .models import Invoice

MOST = 60


@dataclass(frozen=True, slots=True)
class Instalment:
    """``amount`` in units of the invoice's currency, due on ``on``."""

    on: date
    amount: Decimal


def planned(invoice: Invoice) -> list[Instalment]:
    """Those of an invoice, the first first."""
    return [
        Instalment(date.fromisoformat(one["date"]), Decimal(one["amount"])) for one in invoice.instalments
    ]


def ask(invoice: Invoice) -> None:
    """Ask for the first instalment that is not covered by what was paid; the last one is the balance."""
    rows = planned(invoice)
    if not rows:
        return
    covered = ZERO
    invoice.due_date = rows[-1].on
    for row in rows[:-1]:
        covered += row.amount
        if covered > invoice.paid_to_date:
            invoice.partial, invoice.partial_due_date = covered - invoice.paid_to_date, row.on
            return
    invoice.partial, invoice.partial_due_date = ZERO, None


def refit(invoice: Invoice) -> None:
    """After a change of the amount the last instalment takes the difference; without one left, none stay."""
    rows = planned(invoice)
    if not rows:
        return
    last = invoice.amount - sum((row.amount for row in rows[:-1]), ZERO)
    if last > 0:
        keep(invoice, [*rows[:-1], Instalment(rows[-1].on, last)])
    else:
        invoice.instalments = []
    ask(invoice)


def keep(invoice: Invoice, rows: Sequence[Instalment]) -> None:
    invoice.instalments = [{"date": row.on.isoformat(), "amount": str(row.amount)} for row in rows]


def split(amount: Decimal, count: int, first: date, frequency: str, precision: int) -> list[Instalment]:
    """``count`` equal parts, the cents that are left over on the last; one each ``frequency`` (rules 15)."""
    part = round_half_up(amount / count, precision)
    days = [first]
    while len(days) < count:
        days.append(step(days[-1], frequency, first.day))
    parts = [part] * (count - 1)
    return [
        Instalment(day, each) for day, each in zip(days, [*parts, amount - sum(parts, ZERO)], strict=True)
    ]


def read(said: Sequence[Mapping[str, Any]], invoice: Invoice) -> list[Instalment]:
    """Those that somebody asks for. Raises Refused at ``schedule``, ``schedule.<n>.date`` or ``.amount``."""
    if not 2 <= len(said) <= MOST:
        raise Refused("schedule", _("Say from 2 to %(most)s instalments.") % {"most": MOST})
    faults: dict[str, list[Any]] = {}
    for place, one in enumerate(said):
        if one.get("date") is None:
            faults[f"schedule.{place}.date"] = [_("Say when it is due.")]
        elif place and said[place - 1].get("date") and one["date"] <= said[place - 1]["date"]:
            faults[f"schedule.{place}.date"] = [_("Each instalment is due after the one before it.")]
        if (one.get("amount") or ZERO) <= 0:
            faults[f"schedule.{place}.amount"] = [_("Say how much is due.")]
    if faults:
        raise Refused.many(faults)
    rows = [Instalment(one["date"], one["amount"]) for one in said]
    together = sum((row.amount for row in rows), ZERO)
    if together != invoice.amount:
        raise Refused(
            "schedule",
            _("The instalments come to %(sum)s, the invoice to %(amount)s.")
            % {"sum": together, "amount": invoice.amount},
        )
    return rows
