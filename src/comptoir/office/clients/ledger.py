"""The ledger of a client: debit, credit, running balance, what was carried forward (S37 to S41)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Client
from comptoir.kernel import formats
from comptoir.ledger.models import Account, Entry
from comptoir.office.clients.paging import PAGE, turns
from comptoir.office.desk import Desk
from comptoir.office.links import record_url
from comptoir.office.lists.bar import Bar
from comptoir.office.lists.exports import streamed
from comptoir.office.lists.periods import by_date, span
from comptoir.reference import currency
from comptoir.ui.tags.figures import locale, money


def ledger(desk: Desk, client: Client) -> dict[str, Any] | HttpResponseBase:
    """What the client owed, paid and owes, newest first; or the file of it."""
    bar = Bar(desk, [by_date(desk, "on")])
    entries = Entry.objects.filter(client=client, account=Account.RECEIVABLE)
    chosen = bar.narrowed(entries).order_by("-on", "-pk")
    if bar.kind:
        return _export(desk, bar.kind, client, entries, chosen)
    start = (bar.asked.page - 1) * PAGE
    shown = list(chosen[start : start + PAGE + 1])
    rows = with_balances(entries, shown[:PAGE])
    return {
        "bar": bar.drawn(),
        "entries": [_row(client, entry, after) for entry, after in rows],
        "last": _last_line(desk, client, entries, bar.asked["period"]) if len(shown) <= PAGE else None,
        "balance": money(client.balance, currency(client.currency_id)),
        **turns(bar.asked, len(shown)),
    }


def with_balances(entries: QuerySet[Entry], shown: list[Entry]) -> list[tuple[Entry, Decimal]]:
    """Each entry with what was owed after it, by the days on which things happened."""
    if not shown:
        return []
    top = shown[0]
    upto = Q(on__lt=top.on) | Q(on=top.on, pk__lte=top.pk)
    after = entries.filter(upto).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    found = []
    for entry in shown:
        found.append((entry, after))
        after -= entry.amount
    return found


def _row(client: Client, entry: Entry, after: Decimal) -> dict[str, Any]:
    unit = currency(client.currency_id)
    booked = timezone.localtime(entry.created_at)
    exact = formats.moment(booked, locale())
    return {
        "on": entry.on,
        "exact": exact,
        "time": date_format(booked, "TIME_FORMAT") if booked.date() == entry.on else exact,
        "label": entry.label,
        "url": record_url(entry.reason_kind, entry.reason_id),
        "kind": kind_said(entry.reason_kind),
        "note": note_said(entry.note),
        "debit": money(entry.amount, unit) if entry.amount > 0 else "",
        "credit": money(-entry.amount, unit) if entry.amount < 0 else "",
        "balance": money(after, unit),
    }


def _last_line(desk: Desk, client: Client, entries: QuerySet[Entry], period: str) -> dict[str, Any]:
    """Below the oldest row: the balance carried forward, or the day the client was created, with zero."""
    days = span(period, desk.on) if period else None
    unit = currency(client.currency_id)
    if days and days[0] > date.min:
        before = entries.filter(on__lt=days[0]).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        return {"on": days[0], "said": _("Balance carried forward"), "balance": money(before, unit)}
    return {"on": client.created_at, "said": _("Client created"), "balance": money(Decimal(0), unit)}


def kind_said(kind: str) -> str:
    """What kind of record moved the balance."""
    kinds = {
        "invoice": _("Invoice"),
        "payment": _("Payment"),
        "credit": pgettext("document", "Credit"),
        "client": _("Client"),
    }
    return kinds.get(kind, kind)


def note_said(note: str) -> str:
    """What happened to it."""
    notes = {
        "issued": pgettext("in the ledger", "issued"),
        "changed": pgettext("in the ledger", "changed"),
        "cancelled": pgettext("in the ledger", "cancelled"),
        "deleted": pgettext("in the ledger", "deleted"),
        "restored": pgettext("in the ledger", "restored"),
        "received": pgettext("in the ledger", "received"),
        "refunded": pgettext("in the ledger", "refunded"),
        "refund came back": pgettext("in the ledger", "refund came back from the bank"),
        "applied": pgettext("in the ledger", "applied"),
        "adjusted": pgettext("in the ledger", "adjusted"),
        "merged": pgettext("in the ledger", "merged"),
    }
    return notes.get(note, note)


def _export(desk: Desk, kind: str, client: Client, entries: Any, chosen: Any) -> HttpResponseBase:
    heads = [
        _("Date"), _("Record"), _("Number"), _("What happened"), _("Debit"), pgettext("ledger", "Credit"),
        _("Balance"), _("Currency"),
    ]  # fmt: skip
    code = getattr(currency(client.currency_id), "code", "")
    nothing = Decimal(0)
    rows = [
        [
            entry.on, kind_said(entry.reason_kind), entry.label, note_said(entry.note),
            max(entry.amount, nothing) or None, max(-entry.amount, nothing) or None, after, code,
        ]
        for entry, after in with_balances(entries, list(chosen))
    ]  # fmt: skip
    return streamed(desk, kind, f"{client.number or 'client'}-{_('ledger')}", heads, rows)
