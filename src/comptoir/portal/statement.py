"""The statement: every invoice and payment of a time, with the balance after each (from the ledger)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from comptoir.kernel.money import digits, to_micros
from comptoir.ledger.models import Account, Entry
from comptoir.portal.pages import page
from comptoir.portal.visits import Visit, visit
from comptoir.ui.forms import Form

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


@require_safe
@visit()
def show(there: Visit) -> HttpResponse:
    """The page, from January on unless the address says otherwise."""
    since, until = _range(there)
    made = statement(there, since, until)
    reader = there.reader(there.client.currency_id)
    query = urlencode({"start": since.isoformat(), "end": until.isoformat()})
    context = {
        "form": Form({"start": since, "end": until}),
        "since": reader.day(since),
        "until": reader.day(until),
        "figures": {
            name: reader.money(getattr(made, name)) for name in ("opening", "billed", "paid", "closing")
        },
        "lines": [_row(reader, line) for line in made.lines],
        "csv_url": f"{reverse('portal:statement-csv')}?{query}",
    }
    return page(there, "statement.html", context)


@require_safe
@visit()
def sheet(there: Visit) -> HttpResponse:
    """The same for a spreadsheet (CSV), with exact figures."""
    made = statement(there, *_range(there))
    headers = {"Content-Disposition": 'attachment; filename="statement.csv"'}
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    rows = csv.writer(answer)
    rows.writerow([_("Date"), _("Entry"), _("Debit"), _("Credit"), _("Balance")])
    rows.writerow([made.since, _("Opening balance"), "", "", _exact(made.opening)])
    for line in made.lines:
        rows.writerow(
            [line.on, harmless(line.text), _exact(line.debit), _exact(line.credit), _exact(line.balance)]
        )
    return answer


def statement(there: Visit, since: date, until: date) -> Statement:
    """From the client's receivable entries, those of both days included."""
    rows = Entry.objects.of(Account.RECEIVABLE).filter(client=there.client)
    opening = rows.filter(on__lt=since).aggregate(sum=Sum("amount"))["sum"] or ZERO
    entries = rows.filter(on__gte=since, on__lte=until).order_by("on", "pk")
    return Statement(since, until, opening, list(_lines(entries, opening)))


def harmless(text: str) -> str:
    """No spreadsheet reads it as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _lines(entries: Any, balance: Decimal) -> Iterator[Line]:
    for entry in entries:
        balance += entry.amount
        words = _WORDS.get((entry.reason_kind, entry.note), _OTHER)
        text = str(words % {"number": entry.label}).strip().replace(" ,", ",")
        yield Line(entry.on, text, entry.amount, balance)


def _range(there: Visit) -> tuple[date, date]:
    """The days of the address; what is none, or the wrong way round, falls back."""
    until = _day(there.request.GET.get("end", "")) or there.on
    since = _day(there.request.GET.get("start", "")) or date(until.year, 1, 1)
    return (since, until) if since <= until else (until, since)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(reader: Any, line: Line) -> dict[str, str]:
    return {
        "on": reader.day(line.on),
        "text": line.text,
        "debit": reader.money(line.debit) if line.debit else "",
        "credit": reader.money(line.credit) if line.credit else "",
        "balance": reader.money(line.balance),
    }


def _exact(amount: Decimal) -> str:
    return digits(to_micros(amount))
