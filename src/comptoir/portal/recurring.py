"""Recurring invoices: what will be billed, how often, when next."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from comptoir.portal.documents.listing import Entry, paged, paging
from comptoir.portal.pages import page
from comptoir.portal.repeats import is_on, visible
from comptoir.portal.visits import Visit, visit
from comptoir.reference import frequency
from comptoir.reference.names import name_in
from comptoir.sales.recurring.models import RecurringInvoice, Status

_WORDS: Final[dict[int, tuple[Any, str]]] = {
    Status.ACTIVE: (pgettext_lazy("recurring invoice", "Active"), "active"),
    Status.PAUSED: (pgettext_lazy("recurring invoice", "Paused"), "paused"),
    Status.COMPLETED: (pgettext_lazy("recurring invoice", "Completed"), "completed"),
}


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    """All that run, ran or pause."""
    if not is_on(there.company):
        raise Http404
    found = paged(there, visible(there.client).order_by("status_id", "next_on", "-pk"))
    context = {
        "title": _("Recurring invoices"),
        "empty": _("No recurring invoice here"),
        "segments": [],
        "entries": [_entry(there, one) for one in found.object_list],
        "paging": paging(there, found),
    }
    return page(there, "list.html", context)


def _entry(there: Visit, recurring: RecurringInvoice) -> Entry:
    reader = there.reader(recurring.currency_id)
    often = frequency(recurring.frequency_id)
    status, badge = _WORDS[recurring.status_id]
    coming = recurring.next_on if recurring.status_id == Status.ACTIVE else None
    return Entry(
        url="",
        title=name_in(often, there.locale) if often else recurring.number,
        sub=_("next on %(day)s") % {"day": reader.day(coming)} if coming else recurring.number,
        amount=reader.money(recurring.amount),
        status=str(status),
        badge=badge,
    )
