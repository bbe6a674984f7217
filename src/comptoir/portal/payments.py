"""Payments: what the client paid, for what, and what went back."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from comptoir.delivery.documents.receipts import receipt_name, receipt_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.kernel import ids
from comptoir.payments.models import Payment, Status
from comptoir.portal.documents.kinds import DRAFT, INVOICES
from comptoir.portal.documents.listing import Entry, paged, paging
from comptoir.portal.pages import page
from comptoir.portal.paying.advance import is_offered
from comptoir.portal.visits import Visit, visit
from comptoir.reference import payment_type
from comptoir.reference.names import name_in
from comptoir.ui.parts import Detail

_WORDS: Final[dict[int, tuple[Any, str]]] = {
    Status.PENDING: (pgettext_lazy("payment", "Pending"), "pending"),
    Status.CANCELLED: (pgettext_lazy("payment", "Cancelled"), "cancelled"),
    Status.FAILED: (pgettext_lazy("payment", "Failed"), "failed"),
    Status.COMPLETED: (pgettext_lazy("payment", "Received"), "completed"),
    Status.PARTLY_REFUNDED: (pgettext_lazy("payment", "Partly refunded"), "partially_refunded"),
    Status.REFUNDED: (pgettext_lazy("payment", "Refunded"), "refunded"),
}


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    """All payments, newest first."""
    found = paged(there, _visible(there).order_by("-date", "-pk"))
    context = {
        "title": _("Payments"),
        "empty": _("No payment yet"),
        "segments": [],
        "entries": [entry(there, one) for one in found.object_list],
        "paging": paging(there, found),
        "advance_url": reverse("portal:pay-in-advance") if is_offered(there) else "",
    }
    return page(there, "list.html", context)


@require_safe
@visit()
def show(there: Visit, key: str) -> HttpResponse:
    """One payment."""
    payment = _visible(there).filter(pk=ids.decode(key)).first()
    if payment is None:
        raise Http404
    reader = there.reader(payment.currency_id)
    status, badge = _WORDS[payment.status_id]
    context = {
        "payment": payment,
        "title": _("Payment of %(date)s") % {"date": reader.day(payment.date)},
        "amount": reader.money(payment.amount),
        "status": status,
        "badge": badge,
        "receipt_url": reverse("portal:payment-receipt", args=[key]),
        "details": _details(there, payment),
        "parts": _parts(there, payment),
        "refunds": [
            {"on": reader.day(one.date), "amount": reader.money(one.amount)}
            for one in payment.refunds.standing().order_by("pk")
        ],
    }
    return page(there, "payment.html", context)


@require_safe
@visit()
def receipt(there: Visit, key: str) -> HttpResponse:
    """Its receipt, to keep."""
    payment = _visible(there).filter(pk=ids.decode(key)).first()
    if payment is None:
        raise Http404
    try:
        content = receipt_of(payment)
    except PdfFailed as failure:
        raise Http404(str(failure)) from failure
    response = HttpResponse(content, content_type="application/pdf")
    said = content_disposition_header(False, receipt_name(payment))
    response.headers["Content-Disposition"] = said or "inline"
    return response


def entry(there: Visit, payment: Payment) -> Entry:
    """A payment as a row."""
    reader = there.reader(payment.currency_id)
    status, badge = _WORDS[payment.status_id]
    kind = _kind(there, payment)
    return Entry(
        url=reverse("portal:payment", args=[ids.encode(payment.pk)]),
        title=kind or _("Payment"),
        sub=" · ".join(part for part in (reader.day(payment.date), payment.number) if part),
        amount=reader.money(payment.amount),
        status=str(status),
        badge=badge,
    )


def _visible(there: Visit) -> Any:
    return Payment.objects.live().filter(client=there.client)


def _kind(there: Visit, payment: Payment) -> str:
    known = payment_type(payment.type_id) if payment.type_id else None
    return name_in(known, there.locale) if known else ""


def _details(there: Visit, payment: Payment) -> list[Detail]:
    reader = there.reader(payment.currency_id)
    open_part = payment.unapplied if payment.status_id in (Status.COMPLETED, Status.PARTLY_REFUNDED) else 0
    return [
        Detail(_("Date"), reader.day(payment.date)),
        Detail(_("Number"), payment.number),
        Detail(_("Way"), _kind(there, payment)),
        Detail(_("Reference"), payment.transaction_reference),
        Detail(_("Not used yet"), reader.money(payment.unapplied) if open_part else ""),
    ]


def _parts(there: Visit, payment: Payment) -> list[dict[str, str]]:
    """The invoices that it paid."""
    rows = payment.allocations.live().filter(invoice__isnull=False).select_related("invoice")
    reader = there.reader(payment.currency_id)
    return [
        {
            "label": f"{INVOICES.one} {one.invoice.number}",
            "url": INVOICES.url(one.invoice),
            "amount": reader.money(one.amount),
        }
        for one in rows.order_by("pk")
        if one.invoice is not None and not one.invoice.is_deleted and one.invoice.status_id != DRAFT
    ]
