"""The client's account over a time, line by line: the figures of the statement that staff print and mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Final

from django.utils.translation import pgettext

from comptoir.insight.statements import Statement

ZERO: Final = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One movement: ``debit`` is what was billed, ``credit`` what was paid."""

    on: date
    text: str
    amount: Decimal
    balance: Decimal = ZERO

    @property
    def debit(self) -> Decimal:
        return max(self.amount, ZERO)

    @property
    def credit(self) -> Decimal:
        return max(-self.amount, ZERO)


def lines_of(made: Statement) -> Iterator[Line]:
    """Its invoices and payments by their days, with what was owed after each; the last says ``closing``."""
    balance = made.opening
    for line in sorted([*_invoices(made), *_payments(made)], key=attrgetter("on")):
        balance += line.amount
        yield Line(line.on, line.text, line.amount, balance)


def _invoices(made: Statement) -> Iterator[Line]:
    for row in made.invoices:
        text = pgettext("ledger", "Invoice %(number)s, cancelled") if row.cancelled else _invoice()
        yield Line(row.on, text % {"number": row.number}, row.amount)


def _invoice() -> str:
    return pgettext("ledger", "Invoice %(number)s")


def _payments(made: Statement) -> Iterator[Line]:
    """Onto an invoice, or back from it."""
    for row in made.payments:
        back = pgettext("ledger", "Payment %(number)s, refunded")
        text = back if row.amount < 0 else pgettext("ledger", "Payment %(number)s")
        yield Line(row.on, text % {"number": row.number}, -row.amount)
