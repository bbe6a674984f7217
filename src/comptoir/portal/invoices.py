"""Invoices: what is to be paid, and how."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.kernel import ids
from comptoir.payments.models import Allocation
from comptoir.portal.documents import listing, showing
from comptoir.portal.documents.kinds import INVOICES
from comptoir.portal.pages import page
from comptoir.portal.transfers import transfer
from comptoir.portal.visits import Visit, visit
from comptoir.sales.invoices.models import Invoice


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    return listing.listing(there, INVOICES)


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
        "message": seen.message(
            "custom_message_unpaid_invoice" if asked > 0 else "custom_message_paid_invoice"
        ),
    }
    return page(there, "documents/invoice.html", context)


@require_safe
@visit(part=True)
def pdf(there: Visit, key: str) -> HttpResponse:
    return showing.pdf(there, INVOICES, key)


@require_http_methods(["GET", "HEAD", "POST"])
@visit()
def pay(there: Visit) -> HttpResponse:
    """Several invoices by one transfer; those of another currency are paid apart."""
    due = list(due_invoices(there))
    sent = there.request.GET if there.request.method != "POST" else there.request.POST
    chosen = set(sent.getlist("invoice"))
    wanted = [one for one in due if ids.encode(one.pk) in chosen] or due
    context = {
        "choices": [_choice(there, one, one in wanted) for one in due],
        "transfers": [
            _together(there, code, wanted) for code in dict.fromkeys(one.currency_id for one in wanted)
        ],
        "has_account": bool(there.company.switch("iban")),
    }
    return page(there, "pay.html", context)


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


def _choice(there: Visit, invoice: Invoice, chosen: bool) -> dict[str, Any]:
    row = listing.entries(there, INVOICES, [invoice])[0]
    reader = there.reader(invoice.currency_id)
    return {
        "row": row,
        "key": ids.encode(invoice.pk),
        "chosen": chosen,
        "asked": reader.money(invoice.requested),
    }


def _together(there: Visit, currency_id: str, wanted: list[Invoice]) -> dict[str, Any]:
    """One transfer for all of a currency: the numbers tell what it is for."""
    some = [one for one in wanted if one.currency_id == currency_id]
    amount = sum((one.requested for one in some), Decimal(0))
    reader = there.reader(currency_id)
    reference = " ".join(one.number for one in some)[:140]
    return {"amount": reader.money(amount), "transfer": transfer(there.company, reader, amount, reference)}
