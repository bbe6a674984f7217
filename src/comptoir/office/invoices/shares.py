"""The instalments that somebody is typing: rows of a day and a part, of which the last takes the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel import formats
from comptoir.kernel.cadence import step
from comptoir.kernel.money import LIMIT, ZERO, round_half_up
from comptoir.kernel.refused import Refused
from comptoir.reference import currency
from comptoir.sales.invoices.instalments import MOST, planned, split
from comptoir.sales.invoices.models import Invoice
from comptoir.ui.arithmetic import calculate
from comptoir.ui.tags.figures import locale
from comptoir.ui.tags.inputs import localised

MONTH: Final = "5"
RHYTHMS: Final = ("2", "3", MONTH, "6", "7")
"""Week, two weeks, month, two months, quarter: frequencies of the wire."""
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class Share:
    """One row as it was typed: its day, ISO 8601 or anything, and its part."""

    on: str
    part: str = ""


@dataclass(frozen=True)
class Shares:
    """All rows; what is typed is amounts, or percentages of the invoice's amount."""

    invoice: Invoice
    rows: tuple[Share, ...]
    by_percent: bool = False

    @property
    def whole(self) -> Decimal:
        return HUNDRED if self.by_percent else self.invoice.amount

    def parts(self) -> list[Decimal | None]:
        """The part of each row; None for one that is no number, or that no column holds.

        The last is what the others leave.
        """
        typed = [_read(row.part) for row in self.rows[:-1]]
        return [*typed, _held(self.whole - sum(filter(None, typed), ZERO))]

    def amounts(self) -> list[Decimal | None]:
        """What each row comes to, in the invoice's currency."""
        if not self.by_percent:
            return self.parts()
        places, amount = self.invoice.precision, self.invoice.amount
        found = [
            None if part is None else _held(round_half_up(amount * part / 100, places))
            for part in self.parts()[:-1]
        ]
        return [*found, _held(amount - sum(filter(None, found), ZERO))]

    def said(self) -> list[dict[str, Any]]:
        """In the form that the operation takes. Raises Refused when nothing is left for the last."""
        parts = self.parts()
        if (parts[-1] or ZERO) <= 0:
            raise Refused(f"schedule.{len(parts) - 2}.amount", _("Nothing is left for the last instalment."))
        key = "percent" if self.by_percent else "amount"
        return [{"date": _day(row.on), key: part} for row, part in zip(self.rows, parts, strict=True)]

    def measured(self, by_percent: bool) -> Shares:
        """The same instalments in the other measure, percentages with two decimals."""
        if by_percent == self.by_percent or not self.invoice.amount:
            return replace(self, by_percent=by_percent)
        amounts = self.amounts()
        if by_percent:
            amounts = [_percent(amount, self.invoice.amount) for amount in amounts]
        rows = tuple(replace(row, part=_shown(part)) for row, part in zip(self.rows, amounts, strict=True))
        return replace(self, rows=rows, by_percent=by_percent)

    def longer(self, rhythm: str) -> Shares:
        """With one more at the end; what was the last waits for its part."""
        before = _day(self.rows[-1].on)
        try:
            after = step(before, rhythm).isoformat() if before else ""
        except ValueError:  # the calendar ends with the year 9999
            after = ""
        last = replace(self.rows[-1], part="")
        return replace(self, rows=(*self.rows[:-1], last, Share(after))[:MOST])

    def without(self, place: int) -> Shares:
        return replace(self, rows=(*self.rows[:place], *self.rows[place + 1 :]))

    def in_words(self) -> str:
        """Each with its day and what it comes to; what is no day or no number as it was typed."""
        unit = currency(self.invoice.currency_id)
        said = []
        for row, amount in zip(self.rows, self.amounts(), strict=True):
            on = _day(row.on)
            part = row.part if amount is None or unit is None else formats.money(amount, unit, locale())
            said.append(f"{part} ({formats.day(on, locale()) if on else row.on})")
        return ", ".join(said)

    def values(self) -> dict[str, Any]:
        """For the inputs of a form."""
        rows = [{"date": row.on, "part": row.part} for row in self.rows]
        return {"schedule": rows, "unit": "percent" if self.by_percent else "amount"}


def read(invoice: Invoice, sent: Mapping[str, str]) -> Shares:
    """What a form says."""
    rows = []
    for place in count():
        if place == MOST or f"schedule.{place}.date" not in sent:
            break
        rows.append(Share(sent[f"schedule.{place}.date"], sent.get(f"schedule.{place}.part", "")))
    rows += [Share("")] * (2 - len(rows))
    return Shares(invoice, tuple(rows), sent.get("unit") == "percent")


def kept(invoice: Invoice) -> Shares | None:
    """What the invoice has already."""
    rows = tuple(Share(row.on.isoformat(), _shown(row.amount)) for row in planned(invoice))
    return Shares(invoice, rows) if rows else None


def equal(invoice: Invoice, number: int, first: date, rhythm: str) -> Shares:
    """So many parts of one size, the cents that are over on the last."""
    parts = split(invoice.amount, number, first, rhythm, invoice.precision)
    return Shares(invoice, tuple(Share(part.on.isoformat(), _shown(part.amount)) for part in parts))


def asked(invoice: Invoice, sent: Mapping[str, str]) -> Shares:
    """Equal parts as a form asks for them. Raises Refused at ``count`` or ``first``."""
    wanted = sent.get("count", "").strip()
    if not wanted.isdecimal() or len(wanted) > len(str(MOST)) or not 2 <= int(wanted) <= MOST:
        raise Refused("count", _("Say from 2 to %(most)s instalments.") % {"most": MOST})
    first = _day(sent.get("first", ""))
    if first is None:
        raise Refused("first", _("This is not a date."))
    try:
        found = equal(invoice, int(wanted), first, rhythm_of(sent))
    except ValueError:  # the calendar ends with the year 9999
        raise Refused("first", _("The last instalment would fall after the year 9999.")) from None
    return found.measured(sent.get("unit") == "percent")


def rhythm_of(sent: Mapping[str, str]) -> str:
    """The rhythm that a form asks for; a month where it asks for none."""
    return sent["rhythm"] if sent.get("rhythm") in RHYTHMS else MONTH


def faults(refused: Refused) -> dict[str, Sequence[Any]]:
    """At the inputs of the form, the rest at its head."""
    found: dict[str, Sequence[Any]] = {}
    for name, texts in refused.errors.items():
        stem, _dot, key = name.rpartition(".")
        at_row = name.startswith("schedule.")
        place = f"{stem}.part" if at_row and key in {"amount", "percent"} else name
        found[place if at_row or name in {"count", "first"} else ""] = texts
    return found


def _read(text: str) -> Decimal | None:
    try:
        return _held(calculate(text))
    except ValueError:
        return None


def _held(number: Decimal) -> Decimal | None:
    """The number, or None for one that no column of money holds."""
    return number if -LIMIT <= number <= LIMIT else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _percent(amount: Decimal | None, whole: Decimal) -> Decimal | None:
    return None if amount is None else round_half_up(amount * 100 / whole, 2)


def _shown(amount: Decimal | None) -> str:
    return "" if amount is None else str(localised(amount))
