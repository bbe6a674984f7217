"""The client's account over a time: every movement with the balance after it, from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Sum
from django.utils.translation import pgettext_lazy

from comptoir.clients.models import Client
from comptoir.ledger.models import Account, Entry

ZERO: Final = Decimal(0)
_WORDS: Final[dict[tuple[str, str], Any]] = {
    ("invoice", "issued"): pgettext_lazy("ledger", "Invoice %(number)s"),
    ("invoice", "changed"): pgettext_lazy("ledger", "Invoice %(number)s, changed"),
    ("invoice", "cancelled"): pgettext_lazy("ledger", "Invoice %(number)s, cancelled"),
    ("invoice", "deleted"): pgettext_lazy("ledger", "Invoice %(number)s, withdrawn"),
    ("invoice", "restored"): pgettext_lazy("ledger", "Invoice %(number)s"),
    ("payment", "received"): pgettext_lazy("ledger", "Payment %(number)s"),
    ("payment", "applied"): pgettext_lazy("ledger", "Payment %(number)s, used"),
    ("payment", "refunded"): pgettext_lazy("ledger", "Payment %(number)s, refunded"),
    ("payment", "deleted"): pgettext_lazy("ledger", "Payment %(number)s, withdrawn"),
    ("payment", "restored"): pgettext_lazy("ledger", "Payment %(number)s"),
    ("payment", "adjusted"): pgettext_lazy("ledger", "Payment %(number)s, adjusted"),
}
_OTHER: Final = pgettext_lazy("ledger", "Entry %(number)s")


@dataclass(frozen=True)
class Line:
    """One movement: ``debit`` is what was billed, ``credit`` what was paid."""

    on: date
    text: str
    amount: Decimal
    balance: Decimal

    @property
    def debit(self) -> Decimal:
        return max(self.amount, ZERO)

    @property
    def credit(self) -> Decimal:
        return max(-self.amount, ZERO)


@dataclass(frozen=True)
class Statement:
    """A time, what was owed before it, what happened in it."""

    since: date
    until: date
    opening: Decimal
    lines: list[Line]

    @property
    def closing(self) -> Decimal:
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def billed(self) -> Decimal:
        return sum((line.debit for line in self.lines), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((line.credit for line in self.lines), ZERO)


def statement(client: Client, since: date, until: date) -> Statement:
    """From the client's receivable entries, those of both days included."""
    rows = Entry.objects.of(Account.RECEIVABLE).filter(client=client)
    opening = rows.filter(on__lt=since).aggregate(sum=Sum("amount"))["sum"] or ZERO
    entries = rows.filter(on__gte=since, on__lte=until).order_by("on", "pk")
    return Statement(since, until, opening, list(_lines(entries, opening)))


def _lines(entries: Any, balance: Decimal) -> Iterator[Line]:
    for entry in entries:
        balance += entry.amount
        words = _WORDS.get((entry.reason_kind, entry.note), _OTHER)
        text = str(words % {"number": entry.label}).strip().replace(" ,", ",")
        yield Line(entry.on, text, entry.amount, balance)
