"""Quotes: read, approve, turn down."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.portal import sessions
from comptoir.portal.answers import accept_quote
from comptoir.portal.documents import archive as archiving
from comptoir.portal.documents import listing, showing
from comptoir.portal.documents.kinds import INVOICES, QUOTES
from comptoir.portal.pages import page, to
from comptoir.portal.signatures import signed
from comptoir.portal.visits import Visit, visit
from comptoir.sales.quotes.models import Quote, Status
from comptoir.sales.quotes.operations import reject_quote
from comptoir.ui.forms import Form


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    return listing.listing(there, QUOTES, archive_url=reverse("portal:quotes-archive"))


@require_POST
@visit()
def archive(there: Visit) -> HttpResponse:
    """The PDFs of several."""
    return archiving.download(there, QUOTES)


@require_safe
@visit(part=True)
def show(there: Visit, key: str) -> HttpResponse:
    return _shown(there, key, Form())


@require_safe
@visit(part=True)
def pdf(there: Visit, key: str) -> HttpResponse:
    return showing.pdf(there, QUOTES, key)


@require_POST
@visit(part=True)
def approve(there: Visit, key: str) -> HttpResponse:
    """Accept it, with what the company asks for: a tick, a signature, an order number."""
    quote: Quote = showing.find(there, QUOTES, key)
    sent = there.request.POST
    try:
        proof = _proof(there, sent)
        po_number = sent.get("po_number", "")[:190].strip() if _asks(there)["po_number"] else ""
        invoice = accept_quote(quote, proof, po_number, by=there.actor, on=there.on)
    except Refused as refused:
        return _shown(there, key, Form(sent, refused.errors), status=422)
    if invoice is None:
        return to("portal:quote", key, done="approved")
    sessions.allow(there.session, INVOICES.name, invoice.pk)
    return to("portal:invoice", ids.encode(invoice.pk), done="invoiced")


@require_POST
@visit(part=True)
def reject(there: Visit, key: str) -> HttpResponse:
    """Turn it down, with a reason if there is one to give."""
    quote: Quote = showing.find(there, QUOTES, key)
    reason = there.request.POST.get("reason", "").strip()[:2000]
    try:
        reject_quote(quote, by=there.actor, on=there.on, reason=reason)
    except Refused as refused:
        return _shown(there, key, Form(there.request.POST, refused.errors), status=422)
    return to("portal:quote", key, done="rejected")


def _proof(there: Visit, sent: Any) -> dict[str, Any]:
    asks = _asks(there)
    if asks["terms"] and not sent.get("terms"):
        raise Refused("terms", _("Please accept the terms."))
    proof = signed(sent.get("signature", ""), sent.get("drawing", ""), required=asks["signature"])
    return {**proof, "accepted_terms": True} if asks["terms"] else proof


def _asks(there: Visit) -> dict[str, bool]:
    chosen = there.preferences
    return {
        "terms": bool(chosen.show_accept_quote_terms),
        "signature": bool(chosen.require_quote_signature),
        "po_number": bool(chosen.accept_client_input_quote_approval),
    }


def _shown(there: Visit, key: str, form: Form, *, status: int = 200) -> HttpResponse:
    seen = showing.shown(there, QUOTES, key)
    quote: Quote = seen.document
    reader = there.reader(quote.currency_id)
    waits = quote.status_id == Status.SENT and not quote.is_expired(there.on)
    context = {
        **seen.context,
        "total": reader.money(quote.amount),
        "due": reader.day(quote.due_date),
        "waits": waits,
        "asks": _asks(there),
        "form": form,
        "faults": [text for name in ("", "status", "quote") for text in form.faults(name)],
        "approve_url": QUOTES.url(quote, "approval"),
        "reject_url": QUOTES.url(quote, "refusal"),
        "answer": _answer(there, quote),
        "message": seen.message("custom_message_unapproved_quote") if waits else "",
    }
    return page(there, "documents/quote.html", context, status=status)


def _answer(there: Visit, quote: Quote) -> dict[str, Any]:
    """Who answered and when, and the invoice that it became."""
    invoice = quote.invoice
    known = invoice is not None and sessions.allows(there.session, INVOICES.name, invoice.pk)
    return {
        "by": quote.approval.get("name") or quote.approval.get("by", ""),
        "at": quote.approval.get("at", ""),
        "invoice": invoice.number if known and invoice is not None else "",
        "invoice_url": INVOICES.url(invoice) if known and invoice is not None else "",
    }
