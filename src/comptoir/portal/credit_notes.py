"""Credit notes: what the company owes the client."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.portal.documents import archive as archiving
from comptoir.portal.documents import listing, showing
from comptoir.portal.documents.kinds import CREDITS
from comptoir.portal.pages import page
from comptoir.portal.visits import Visit, visit


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    return listing.listing(there, CREDITS, archive_url=reverse("portal:credits-archive"))


@require_POST
@visit()
def archive(there: Visit) -> HttpResponse:
    """The PDFs of several."""
    return archiving.download(there, CREDITS)


@require_safe
@visit(part=True)
def show(there: Visit, key: str) -> HttpResponse:
    seen = showing.shown(there, CREDITS, key)
    reader = there.reader(seen.document.currency_id)
    context = {
        **seen.context,
        "total": reader.money(seen.document.amount),
        "left": reader.money(seen.document.balance),
        "due": reader.day(seen.document.due_date),
    }
    return page(there, "documents/credit.html", context)


@require_safe
@visit(part=True)
def pdf(there: Visit, key: str) -> HttpResponse:
    return showing.pdf(there, CREDITS, key)
