"""A list of one kind: newest first, narrowed by a tab, twenty to a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.billing.documents import BillingDocument
from comptoir.kernel import ids
from comptoir.portal.documents.kinds import Kind
from comptoir.portal.pages import page
from comptoir.portal.visits import Visit
from comptoir.ui.parts import Tab

PAGE: Final = 20


@dataclass(frozen=True)
class Entry:
    """A row: what it is, when, how much, in what state."""

    url: str
    title: str
    sub: str
    amount: str
    note: str = ""
    status: str = ""
    badge: str = ""
    key: str = ""


def listing(visit: Visit, kind: Kind, *, archive_url: str = "") -> HttpResponse:
    """The page of a list; where there is an ``archive_url``, its rows can be ticked and kept together."""
    if not kind.is_on(visit.company):
        raise Http404
    chosen = visit.request.GET.get("status", "")
    rows = kind.visible(visit.client)
    narrow = next((narrow for key, _label, narrow in kind.filters if key == chosen), None)
    found = paged(visit, (narrow(rows, visit.on) if narrow else rows).order_by("-date", "-pk"))
    context = {
        "kind": kind,
        "title": kind.many,
        "empty": kind.none,
        "segments": _segments(kind, chosen),
        "entries": entries(visit, kind, found.object_list),
        "paging": paging(visit, found),
        "archive_url": archive_url if len(found.object_list) > 1 and not visit.session.is_silent else "",
    }
    return page(visit, "list.html", context)


def entries(visit: Visit, kind: Kind, documents: Iterable[BillingDocument]) -> list[Entry]:
    """Documents as rows."""
    return [_entry(visit, kind, document) for document in documents]


def _entry(visit: Visit, kind: Kind, document: Any) -> Entry:
    reader = visit.reader(document.currency_id)
    status, badge = kind.status(document, visit.on)
    asked = kind.name == "invoice" and document.is_open and document.balance != document.amount
    return Entry(
        url=kind.url(document),
        title=f"{kind.one} {document.number}",
        sub=_dates(visit, kind, document),
        amount=reader.money(document.amount),
        note=_("%(amount)s left to pay") % {"amount": reader.money(document.balance)} if asked else "",
        status=status,
        badge=badge,
        key=ids.encode(document.pk),
    )


def _dates(visit: Visit, kind: Kind, document: Any) -> str:
    day = visit.reader(document.currency_id).day
    due = document.requested_by
    if kind.name == "invoice" and document.is_open and due:
        return _("%(date)s · due on %(due)s") % {"date": day(document.date), "due": day(due)}
    if kind.name == "quote" and due:
        return _("%(date)s · valid until %(due)s") % {"date": day(document.date), "due": day(due)}
    return day(document.date)


def _segments(kind: Kind, chosen: str) -> list[Tab]:
    if not kind.filters:
        return []
    tabs = [Tab(pgettext("documents", "All"), kind.list_url, active=not chosen)]
    return tabs + [
        Tab(str(label), f"{kind.list_url}?status={key}", active=key == chosen)
        for key, label, _narrow in kind.filters
    ]


def paged(visit: Visit, rows: Any) -> Page[Any]:
    """The page of a list that the address asks for; the nearest one for a number that there is not."""
    return Paginator(rows, PAGE).get_page(visit.request.GET.get("page"))


def paging(visit: Visit, found: Page[Any]) -> dict[str, str]:
    """The links to the pages before and after, and where one is."""
    if found.paginator.num_pages < 2:
        return {}
    kept = {name: str(value) for name, value in visit.request.GET.items() if name not in ("page", "done")}
    return {
        "here": _("Page %(page)s of %(pages)s") % {"page": found.number, "pages": found.paginator.num_pages},
        "before": _page_url(kept, found.number - 1) if found.has_previous() else "",
        "after": _page_url(kept, found.number + 1) if found.has_next() else "",
    }


def _page_url(kept: dict[str, str], number: int) -> str:
    return "?" + urlencode({**kept, "page": str(number)})
