"""An invoice paid in instalments: the next one is asked for like a deposit, until the last (features: C).

``invoice.instalments`` holds ``{"date": "2026-03-31", "amount": "250"}`` in order; together they are the
amount of the invoice. ``"called": true`` stands on one whose day has come: it is owed with those before it.
``"silent": true`` on one that nobody is written to about. Pure: columns are set, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.cadence import step
from comptoir.kernel.money import ZERO, digits, round_half_up, to_micros
from comptoir.kernel.refused import Refused

from .models import Invoice

MOST = 60


@dataclass(frozen=True, slots=True)
class Instalment:
    """``amount`` in units of the invoice's currency, due on ``on``."""

    on: date
    amount: Decimal
    called: bool = False
    silent: bool = False


class NothingDue(Exception):
    """No instalment's day has come that was not called before."""


class Asked(NamedTuple):
    """What an invoice asks for now: instalments ``first`` to ``last`` (from 1) of ``total``."""

    first: int
    last: int
    total: int


def planned(invoice: Invoice) -> list[Instalment]:
    """Those of an invoice, the first first."""
    return [
        Instalment(
            date.fromisoformat(one["date"]),
            Decimal(one["amount"]),
            bool(one.get("called")),
            bool(one.get("silent")),
        )
        for one in invoice.instalments
    ]


def asked(invoice: Invoice) -> Asked | None:
    """The first instalment that is not covered by what was paid, up to the last that was called.

    None without instalments, and when all is paid.
    """
    rows = planned(invoice)
    owing = [place for place, until in enumerate(_sums(rows), start=1) if until > invoice.paid_to_date]
    if not owing:
        return None
    called = [place for place, row in enumerate(rows, start=1) if row.called]
    return Asked(owing[0], max(owing[0], *called, 0), len(rows))


def ask(invoice: Invoice) -> None:
    """Ask for what ``asked`` names, as a deposit; with the last instalment for the whole balance."""
    rows = planned(invoice)
    if not rows:
        return
    invoice.due_date = rows[-1].on
    invoice.partial, invoice.partial_due_date = ZERO, None
    now = asked(invoice)
    if now is not None and now.last < now.total:
        invoice.partial = _sums(rows)[now.last - 1] - invoice.paid_to_date
        invoice.partial_due_date = rows[now.first - 1].on


def call(invoice: Invoice, on: date) -> list[Instalment]:
    """Mark those whose day has come and that were not called yet; answers them."""
    rows = planned(invoice)
    due = [row for row in rows if row.on <= on and not row.called]
    if due:
        keep(invoice, [replace(row, called=row.called or row.on <= on) for row in rows])
        ask(invoice)
    return due


def _sums(rows: Sequence[Instalment]) -> list[Decimal]:
    """What is owed with each and those before it."""
    return list(accumulate(row.amount for row in rows))


def refit(invoice: Invoice) -> None:
    """After a change of the amount the last instalment takes the difference; without one left, none stay."""
    rows = planned(invoice)
    if not rows:
        return
    last = invoice.amount - sum((row.amount for row in rows[:-1]), ZERO)
    if last > 0:
        keep(invoice, [*rows[:-1], replace(rows[-1], amount=last)])
    else:
        invoice.instalments = []
    ask(invoice)


def keep(invoice: Invoice, rows: Sequence[Instalment]) -> None:
    """Write them into the column."""
    invoice.instalments = [
        {"date": row.on.isoformat(), "amount": str(row.amount)}
        | ({"called": True} if row.called else {})
        | ({"silent": True} if row.silent else {})
        for row in rows
    ]


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


def read(said: Sequence[Mapping[str, Any]], invoice: Invoice, *, silent: bool = False) -> list[Instalment]:
    """Those that somebody asks for, by ``amount`` or by ``percent`` of the invoice's.

    One that was called on its day already stays called. Raises Refused at ``schedule``,
    ``schedule.<n>.date``, ``.amount`` or ``.percent``.
    """
    if not 2 <= len(said) <= MOST:
        raise Refused("schedule", _("Say from 2 to %(most)s instalments.") % {"most": MOST})
    said = _amounts(said, invoice)
    faults: dict[str, list[Any]] = {}
    for place, one in enumerate(said):
        if one.get("date") is None:
            faults[f"schedule.{place}.date"] = [_("Say when it is due.")]
        elif place and said[place - 1].get("date") and one["date"] <= said[place - 1]["date"]:
            faults[f"schedule.{place}.date"] = [_("Each instalment is due after the one before it.")]
        if (one.get("amount") or ZERO) <= 0:
            key = "percent" if "percent" in one else "amount"
            faults[f"schedule.{place}.{key}"] = [_("Say how much is due.")]
        elif one["amount"] != round_half_up(one["amount"], invoice.precision):
            faults[f"schedule.{place}.amount"] = [
                _("Amounts of this currency have %(places)s decimals.") % {"places": invoice.precision}
            ]
    if faults:
        raise Refused.many(faults)
    called = {row.on for row in planned(invoice) if row.called}
    rows = [Instalment(one["date"], one["amount"], one["date"] in called, silent) for one in said]
    together = sum((row.amount for row in rows), ZERO)
    if together != invoice.amount:
        raise Refused(
            "schedule",
            _("The instalments come to %(sum)s, the invoice to %(amount)s.")
            % {"sum": digits(to_micros(together)), "amount": digits(to_micros(invoice.amount))},
        )
    return rows


def _amounts(said: Sequence[Mapping[str, Any]], invoice: Invoice) -> list[Mapping[str, Any]]:
    """The percentages as amounts; where all are percentages that make a hundred, the last takes the cents."""
    rows: list[Mapping[str, Any]] = [
        {**one, "amount": round_half_up(invoice.amount * one["percent"] / 100, invoice.precision)}
        if one.get("percent")
        else one
        for one in said
    ]
    if sum((one.get("percent") or ZERO for one in said), ZERO) == 100 and all(
        one.get("percent") for one in said
    ):
        before = sum((one["amount"] for one in rows[:-1]), ZERO)
        rows[-1] = {**rows[-1], "amount": invoice.amount - before}
    return rows
