"""Invoices: what is to be paid, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.collecting.models import State
from comptoir.collecting.rules import is_owed, open_attempts
from comptoir.delivery.pdf.prose import prose
from comptoir.gateways.offers import Offer, offers
from comptoir.kernel import ids
from comptoir.payments.models import Allocation
from comptoir.portal.documents import archive as archiving
from comptoir.portal.documents import listing, showing
from comptoir.portal.documents.kinds import INVOICES
from comptoir.portal.pages import page
from comptoir.portal.transfers import transfer
from comptoir.portal.visits import Visit, visit
from comptoir.sales.invoices.models import Invoice


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    return listing.listing(there, INVOICES, archive_url=reverse("portal:invoices-archive"))


@require_POST
@visit()
def archive(there: Visit) -> HttpResponse:
    """The PDFs of several."""
    return archiving.download(there, INVOICES)


@require_safe
@visit(part=True)
def show(there: Visit, key: str) -> HttpResponse:
    """One invoice: what is due, how to pay it, what it says."""
    seen = showing.shown(there, INVOICES, key)
    invoice: Invoice = seen.document
    reader = there.reader(invoice.currency_id)
    asked = invoice.requested if invoice.is_open else Decimal(0)
    due = invoice.requested_by
    context = {
        **seen.context,
        "asked": reader.money(asked) if asked > 0 else "",
        "is_deposit": invoice.is_open and invoice.partial > 0,
        "total": reader.money(invoice.amount),
        "left": reader.money(invoice.balance),
        "due": reader.day(due),
        "is_late": invoice.is_overdue(there.on),
        "transfer": transfer(there.company, reader, asked, invoice.number),
        "payments": payments_of(there, invoice),
        **_online(there, invoice, asked),
        "message": seen.message(
            "custom_message_unpaid_invoice" if asked > 0 else "custom_message_paid_invoice"
        ),
    }
    return page(there, "documents/invoice.html", context)


@require_safe
@visit(part=True)
def pdf(there: Visit, key: str) -> HttpResponse:
    return showing.pdf(there, INVOICES, key)


def _online(there: Visit, invoice: Invoice, asked: Decimal) -> dict[str, Any]:
    """The way to the page to pay on, while nothing is under way; the company's own instructions."""
    if asked <= 0:
        return {}
    found = offers(there.client, asked, invoice.currency_id) if is_owed(invoice, there.client) else []
    under_way = any(
        one.state == State.PENDING and invoice.pk in one.invoice_ids for one in open_attempts(there.client)
    )
    online = [one.label for one in found if one.is_online]
    values = {"number": invoice.number, "amount": there.reader(invoice.currency_id).money(asked)}
    return {
        "online_url": f"{reverse('portal:pay')}?invoice={ids.encode(invoice.pk)}"
        if online and not under_way
        else "",
        "online_ways": online,
        "under_way": under_way,
        "instructions": instructed(found, values),
    }


def instructed(found: Sequence[Offer], values: Mapping[str, str]) -> list[dict[str, Any]]:
    """The company's own ways of paying: a name and what to do."""
    return [
        {"title": one.label, "text": prose(str(one.gateway.config.get("text") or ""), values, markdown=True)}
        for one in found
        if not one.is_online
    ]


def due_invoices(there: Visit) -> Any:
    """What is open, the most pressing first."""
    rows = Invoice.objects.filter(client=there.client).payable()
    return sorted(rows, key=lambda one: (one.requested_by or one.date, one.pk))


def payments_of(there: Visit, invoice: Invoice) -> list[dict[str, str]]:
    """What was paid on it, and when."""
    rows = Allocation.objects.live().filter(invoice=invoice, payment__deleted_at=None)
    reader = there.reader(invoice.currency_id)
    return [
        {
            "on": reader.day(one.payment.date),
            "amount": reader.money(one.net),
            "url": reverse("portal:payment", args=[ids.encode(one.payment_id)]) if there.is_whole else "",
        }
        for one in rows.select_related("payment").order_by("payment__date", "pk")
    ]
