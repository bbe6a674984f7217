"""Recurring invoices: what will be billed, how often, when next, and what was billed so far."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.kernel.refused import Refused
from comptoir.portal import auto_billing
from comptoir.portal.documents import listing, showing
from comptoir.portal.documents.kinds import INVOICES, RECURRING
from comptoir.portal.documents.listing import Entry, paged, paging
from comptoir.portal.pages import page, to
from comptoir.portal.visits import Visit, visit
from comptoir.reference import frequency
from comptoir.reference.names import name_in
from comptoir.sales.recurring import calendar
from comptoir.sales.recurring.models import ENDLESS, RecurringInvoice, Status
from comptoir.sales.recurring.operations import ask_to_end
from comptoir.sales.recurring.rules import may_end

COMING: Final = 6
"""The dates that the page of one announces."""
MADE: Final = 12
"""The latest of its invoices that the page shows."""


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    """All that run, ran or pause."""
    if not RECURRING.is_on(there.company):
        raise Http404
    found = paged(there, RECURRING.visible(there.client).order_by("status_id", "next_on", "-pk"))
    context = {
        "title": str(RECURRING.many),
        "empty": str(RECURRING.none),
        "segments": [],
        "entries": [_entry(there, one) for one in found.object_list],
        "paging": paging(there, found),
    }
    return page(there, "list.html", context)


@require_safe
@visit(part=True)
def show(there: Visit, key: str) -> HttpResponse:
    """One of them: its rhythm, the days that come, the invoices that were made."""
    seen = showing.shown(there, RECURRING, key)
    recurring: RecurringInvoice = seen.document
    reader = there.reader(recurring.currency_id)
    runs = recurring.status_id == Status.ACTIVE
    coming = calendar.preview(recurring, there.preferences, COMING) if runs else []
    context = {
        **seen.context,
        "often": often(there, recurring),
        "total": reader.money(recurring.amount),
        "coming": [(reader.day(sent), reader.day(due)) for sent, due in coming],
        "left": _left(recurring),
        "auto": auto_billing.shown(there, recurring),
        "may_end": may_end(recurring) and not there.session.is_silent,
        "end_url": RECURRING.url(recurring, "end"),
        "made": listing.entries(there, INVOICES, _made(there, recurring)) if there.is_whole else [],
    }
    return page(there, "documents/recurring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@visit(part=True)
def end(there: Visit, key: str) -> HttpResponse:
    """Ask the company to make no more of them; the address alone leads to the question."""
    recurring = showing.find(there, RECURRING, key)
    if there.request.method != "POST":
        return redirect(RECURRING.url(recurring) + "#end")
    reason = there.request.POST.get("reason", "")[:2000]
    try:
        ask_to_end(recurring, by=there.actor, on=there.on, contact=there.contact, reason=reason)
    except Refused:
        return to("portal:recurring_invoice", key)
    return to("portal:recurring_invoice", key, done="asked_to_end")


@require_safe
@visit(part=True)
def pdf(there: Visit, key: str) -> HttpResponse:
    return showing.pdf(there, RECURRING, key)


def often(there: Visit, recurring: RecurringInvoice) -> str:
    """Its rhythm in words."""
    found = frequency(recurring.frequency_id)
    return name_in(found, there.locale) if found else ""


def _made(there: Visit, recurring: RecurringInvoice) -> Any:
    rows = INVOICES.visible(there.client).filter(recurring_id=recurring.pk)
    return list(rows.order_by("-pk")[:MADE])


def _left(recurring: RecurringInvoice) -> str:
    """How many more will come, when that is known."""
    n = recurring.remaining_cycles
    if n == ENDLESS or recurring.status_id == Status.COMPLETED:
        return ""
    return ngettext("%(n)s more invoice will come.", "%(n)s more invoices will come.", n) % {"n": n}


def _entry(there: Visit, recurring: RecurringInvoice) -> Entry:
    reader = there.reader(recurring.currency_id)
    status, badge = RECURRING.status(recurring, there.on)
    coming = recurring.next_on if recurring.status_id == Status.ACTIVE else None
    return Entry(
        url=RECURRING.url(recurring),
        title=often(there, recurring) or recurring.number,
        sub=_("next on %(day)s") % {"day": reader.day(coming)} if coming else recurring.number,
        amount=reader.money(recurring.amount),
        status=str(status),
        badge=badge,
    )
