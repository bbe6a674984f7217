"""A statement of account as plain exact values (contract rules 23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

Choice = Literal["all", "paid", "unpaid"]
CHOICES: Final[tuple[Choice, ...]] = ("all", "paid", "unpaid")
ZERO: Final = Decimal(0)
EDGES: Final = (30, 60, 90, 120)
"""Days late at which a bucket of the aging ends."""


@dataclass(frozen=True)
class Wish:
    """What is asked for: both days count. ``design`` is the row of a built-in design, or none."""

    start: date
    end: date
    status: Choice = "all"
    payments: bool = True
    credits: bool = True
    aging: bool = True
    opening: bool = False
    design: int | None = None

    def __post_init__(self) -> None:
        """Raises Refused at end_date or status."""
        if self.end < self.start:
            raise Refused("end_date", _("The last day comes before the first."))
        if self.status not in CHOICES:
            raise Refused("status", _("The status is all, paid or unpaid."))

    def stored(self) -> dict[str, Any]:
        """As JSON values, for a job."""
        return asdict(self) | {"start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Wish:
        days = {name: date.fromisoformat(stored[name]) for name in ("start", "end")}
        return cls(**(stored | days))


@dataclass(frozen=True)
class InvoiceRow:
    """``balance`` is what was still owed at the end of the last day. A cancelled one counts what was paid."""

    key: int
    number: str
    on: date
    due: date | None
    amount: Decimal
    balance: Decimal
    currency_id: str
    cancelled: bool = False

    def fits(self, choice: Choice) -> bool:
        return choice == "all" or (choice == "unpaid") == (self.balance != 0)


@dataclass(frozen=True)
class PaymentRow:
    """Money on one invoice; negative when it went back. ``invoice`` is "" for what none claims."""

    number: str
    on: date
    type_id: str
    invoice: str
    amount: Decimal
    reference: str = ""


@dataclass(frozen=True)
class CreditRow:
    """``balance`` is what was left to use at the end of the last day."""

    number: str
    on: date
    amount: Decimal
    balance: Decimal
    currency_id: str


@dataclass(frozen=True)
class Statement:
    """An account over some days: ``opening + invoiced - paid == closing``, whatever is listed.

    ``invoices`` are those of the days that fit the status wished for. ``aging`` is what was open on
    ``as_of``: not yet due, then 0-30, 31-60, 61-90, 91-120 and more than 120 days late; it sums up to
    ``closing``. ``unapplied`` is received money that no invoice claims, ``credit`` what is left of
    credit notes; both lie beside the closing balance, not in it.
    """

    wish: Wish
    as_of: date
    invoices: Sequence[InvoiceRow]
    payments: Sequence[PaymentRow]
    loose: Sequence[PaymentRow]
    credits: Sequence[CreditRow]
    aging: Sequence[Decimal]
    opening: Decimal
    invoiced: Decimal
    paid: Decimal
    unapplied: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.invoiced - self.paid

    @property
    def listed(self) -> Decimal:
        """What is owed for the invoices that are listed."""
        return sum((row.balance for row in self.invoices), ZERO)

    @property
    def due(self) -> Decimal:
        """The figure that matters: of the account when its opening is shown, else of what is listed."""
        return self.closing if self.runs else self.listed

    @property
    def runs(self) -> bool:
        """Whether it shows the whole account, from opening to closing."""
        return self.wish.opening and self.wish.status == "all"


def bucket(row: InvoiceRow, on: date) -> int:
    """The place of an invoice in the aging: 0 while it is not due, 5 beyond 120 days."""
    late = (on - (row.due or row.on)).days
    return 0 if late < 0 else 1 + sum(late > edge for edge in EDGES)


def aged(rows: Sequence[InvoiceRow], on: date) -> tuple[Decimal, ...]:
    """What is owed, by how late it is."""
    sums = [ZERO] * (len(EDGES) + 2)
    for row in rows:
        sums[bucket(row, on)] += row.balance
    return tuple(sums)
