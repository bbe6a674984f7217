"""The statement: every invoice and payment of a time, with the balance after each, on screen and to keep."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.insight.statements import Statement, Wish, file_name, pdf_of, statement_of
from comptoir.insight.statements.figures import CHOICES, Choice
from comptoir.kernel.money import digits, to_micros
from comptoir.portal.account import Line, lines_of
from comptoir.portal.pages import page
from comptoir.portal.visits import Visit, visit
from comptoir.ui.forms import Form

TICKS: Final = ("payments", "credits", "aging")
"""The tables that the paper may leave out."""


@require_safe
@visit()
def show(there: Visit) -> HttpResponse:
    """The page, from January on unless the address says otherwise."""
    made, printed = _made(there), _printed(there)
    since, until = made.wish.start, made.wish.end
    reader = there.reader(there.client.currency_id)
    chosen = {"status": printed.status, **{name: "1" if getattr(printed, name) else "" for name in TICKS}}
    query = urlencode({"start": since.isoformat(), "end": until.isoformat(), **chosen})
    context = {
        "form": Form({"start": since, "end": until, **chosen}),
        "statuses": [
            ("all", pgettext("invoices", "All")),
            ("unpaid", _("Unpaid")),
            ("paid", pgettext("invoices", "Paid")),
        ],
        "is_chosen": printed != made.wish,
        "since": reader.day(since),
        "until": reader.day(until),
        "figures": {
            name: reader.money(getattr(made, name)) for name in ("opening", "invoiced", "paid", "closing")
        },
        "lines": [_row(reader, line) for line in lines_of(made)],
        "csv_url": f"{reverse('portal:statement-csv')}?{query}",
        "pdf_url": f"{reverse('portal:statement-raw')}?{query}",
    }
    return page(there, "statement.html", context)


@require_safe
@visit()
def printed(there: Visit) -> HttpResponse:
    """The same on paper."""
    wish = _printed(there)
    try:
        content = pdf_of(there.client, wish, on=there.on)
    except PdfFailed as failure:
        raise Http404 from failure
    name = file_name(there.client, wish)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
@visit()
def sheet(there: Visit) -> HttpResponse:
    """The same for a spreadsheet (CSV), with exact figures."""
    made = _made(there)
    headers = {"Content-Disposition": 'attachment; filename="statement.csv"'}
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    rows = csv.writer(answer)
    rows.writerow([_("Date"), _("Entry"), _("Debit"), pgettext("ledger", "Credit"), _("Balance")])
    rows.writerow([made.wish.start, _("Opening balance"), "", "", _exact(made.opening)])
    for line in lines_of(made):
        rows.writerow(
            [line.on, harmless(line.text), _exact(line.debit), _exact(line.credit), _exact(line.balance)]
        )
    return answer


def harmless(text: str) -> str:
    """No spreadsheet reads it as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _made(there: Visit) -> Statement:
    return statement_of(there.client, _wish(there), on=there.on)


def _wish(there: Visit) -> Wish:
    """The whole account of those days, as on paper."""
    return Wish(*_range(there), opening=True)


def _printed(there: Visit) -> Wish:
    """What the paper lists: invoices of one state or all, and the tables that are ticked."""
    asked = there.request.GET
    status: Choice = next((each for each in CHOICES if each == asked.get("status")), "all")
    ticks: dict[str, Any] = {name: asked.getlist(name)[-1:] != [""] for name in TICKS}
    return replace(_wish(there), status=status, **ticks)


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
