"""The first page: what is due, what waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.delivery.pdf.prose import prose
from comptoir.payments.models import Payment
from comptoir.portal import payments
from comptoir.portal.documents import listing
from comptoir.portal.documents.kinds import INVOICES, QUOTES
from comptoir.portal.invoices import due_invoices
from comptoir.portal.pages import page
from comptoir.portal.paying.advance import is_offered
from comptoir.portal.visits import Visit, visit
from comptoir.sales.invoices.models import Invoice

_FEW: Final = 5


@require_safe
@visit()
def home(there: Visit) -> HttpResponse:
    """What is due; where the company wishes an overview, the latest invoices and payments too."""
    due = due_invoices(there)
    waiting = QUOTES.visible(there.client).awaiting(there.on).order_by("due_date", "pk")
    overview = bool(there.preferences.enable_client_portal_dashboard)
    context = {
        "dues": [_due(there, code, due) for code in dict.fromkeys(one.currency_id for one in due)],
        "pay_url": _pay_url(due),
        "message": prose(str(there.preferences.custom_message_dashboard), _values(there)),
        "invoices": listing.entries(there, INVOICES, due[:_FEW]),
        "more_invoices_url": f"{INVOICES.list_url}?status=open" if len(due) > _FEW else "",
        "quotes": listing.entries(there, QUOTES, waiting[:_FEW]) if QUOTES.is_on(there.company) else [],
        "latest": _latest(there) if overview or not due else [],
        "received": _received(there) if overview else [],
        "credit": _credit(there),
        "advance_url": reverse("portal:pay-in-advance") if is_offered(there) else "",
    }
    return page(there, "home.html", context)


def _due(there: Visit, currency_id: str, due: Sequence[Invoice]) -> dict[str, Any]:
    """What is to be paid in one currency, and how much of it is late."""
    some = [one for one in due if one.currency_id == currency_id]
    late = [one for one in some if one.is_overdue(there.on)]
    reader = there.reader(currency_id)
    return {
        "count": len(some),
        "amount": reader.money(_sum(some)),
        "late": reader.money(_sum(late)) if late and len(late) < len(some) else "",
        "is_late": bool(late),
        "since": reader.day(min(_days(late), default=None)),
        "next": reader.day(some[0].requested_by),
    }


def _days(invoices: Sequence[Any]) -> list[date]:
    return [day for day in (one.requested_by for one in invoices) if day is not None]


def _sum(invoices: Sequence[Invoice]) -> Decimal:
    return sum((one.requested for one in invoices), Decimal(0))


def _pay_url(due: Sequence[Invoice]) -> str:
    if len(due) == 1:
        return INVOICES.url(due[0]) + "#pay"
    return reverse("portal:pay") if due else ""


def _latest(there: Visit) -> list[listing.Entry]:
    rows = INVOICES.visible(there.client).order_by("-date", "-pk")[:_FEW]
    return listing.entries(there, INVOICES, rows)


def _received(there: Visit) -> list[listing.Entry]:
    rows = Payment.objects.live().filter(client=there.client).order_by("-date", "-pk")[:_FEW]
    return [payments.entry(there, one) for one in rows]


def _credit(there: Visit) -> str:
    """What the client has with the company: open credit notes and money that no invoice claims."""
    amount = there.client.credit_balance + there.client.payment_balance
    return there.reader(there.client.currency_id).money(amount) if amount > 0 else ""


def _values(there: Visit) -> dict[str, str]:
    return {
        "client.name": there.client.display_name,
        "client": there.client.display_name,
        "contact.first_name": there.contact.first_name,
        "contact.last_name": there.contact.last_name,
        "company.name": there.company.name,
    }
