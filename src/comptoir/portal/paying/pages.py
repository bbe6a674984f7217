"""The page to pay on: what, how much, how."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comptoir.gateways.offers import gateways_for
from comptoir.payments.parts import total
from comptoir.portal.invoices import due_invoices
from comptoir.portal.pages import page
from comptoir.portal.paying import choosing, ways
from comptoir.portal.transfers import transfer
from comptoir.portal.visits import Visit, visit
from comptoir.sales.invoices.models import Invoice


@require_http_methods(["GET", "HEAD", "POST"])
@visit(part=True)
def pay(there: Visit) -> HttpResponse:
    """Choose invoices, amounts and a way; a POST only counts anew, and is never kept."""
    sent = there.request.GET if there.request.method != "POST" else there.request.POST
    chosen = choosing.choice(there, list(due_invoices(there)), sent)
    return drawn(there, chosen, way=sent.get("way", ""))


def drawn(
    there: Visit,
    chosen: choosing.Choice,
    *,
    way: str = "",
    faults: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page for a choice, with what is wrong with it."""
    parts = chosen.parts(there.client.currency_id)
    found = ways.online(there, parts) if total(parts) > 0 else []
    reader = there.reader(there.client.currency_id)
    values = {"number": " ".join(part.invoice.number for part in parts), "amount": reader.money(total(parts))}
    transfers = [
        _together(there, code, chosen) for code in dict.fromkeys(one.currency_id for one in chosen.wanted)
    ]
    picked = way if way in {one.value for one in found} else found[0].value if found else ""
    context = {
        "choices": choosing.rows(there, chosen),
        "ways": found,
        "picked": picked,
        "may_keep": any(one.may_keep for one in found),
        "keeps": there.request.POST.get("keep", "") if there.request.method == "POST" else _keeps(there),
        "terms": _terms(there),
        "total": reader.money(total(parts)),
        "faults": faults or [],
        "instructions": ways.instructions(there, total(parts), values),
        "transfers": transfers,
        "has_account": bool(there.company.switch("iban")),
        "start_url": reverse("portal:payment-start"),
        "pay_url": reverse("portal:pay"),
        "back_url": reverse("portal:home") if there.is_whole else "",
    }
    return page(there, "pay.html", context, status=status)


def _keeps(there: Visit) -> str:
    """Ticked to begin with where the company keeps methods unless the client says no."""
    return "1" if any(one.keeping == "optout" for one in gateways_for(there.preferences)) else ""


def _terms(there: Visit) -> str:
    """The terms to accept before paying, where the company asks for it."""
    chosen = there.preferences
    return str(chosen.invoice_terms or chosen.client_portal_terms) if chosen.show_accept_invoice_terms else ""


def _together(there: Visit, currency_id: str, chosen: choosing.Choice) -> dict[str, Any]:
    """One transfer for all of a currency: the numbers tell what it is for."""
    some: list[Invoice] = [one for one in chosen.wanted if one.currency_id == currency_id]
    amount = sum((chosen.amount(one) for one in some), Decimal(0))
    reader = there.reader(currency_id)
    reference = " ".join(one.number for one in some)[:140]
    return {"amount": reader.money(amount), "transfer": transfer(there.company, reader, amount, reference)}
