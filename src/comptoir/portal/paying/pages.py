"""The page to pay on: what, how much, how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comptoir.collecting.models import fresh_key
from comptoir.gateways.offers import gateways_for
from comptoir.payments.parts import Part, total
from comptoir.portal.invoices import due_invoices
from comptoir.portal.pages import page
from comptoir.portal.paying import choosing, details, proofs, wallet, ways
from comptoir.portal.transfers import transfer
from comptoir.portal.visits import Visit, visit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.auto_billing import may_choose
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.ui.forms import Form

AT_INPUTS = ("amounts.", "details.", "terms", "signature")
"""Faults that stand at their input, and not at the head of the page."""


@require_http_methods(["GET", "HEAD", "POST"])
@visit(part=True)
def pay(there: Visit) -> HttpResponse:
    """Choose invoices, amounts and a way; a POST only counts anew, and is never kept."""
    sent = there.request.GET if there.request.method != "POST" else there.request.POST
    chosen = choosing.choice(there, list(due_invoices(there)), sent)
    return drawn(there, chosen, sent=sent)


def drawn(
    there: Visit,
    chosen: choosing.Choice,
    *,
    sent: QueryDict,
    errors: Mapping[str, Sequence[Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page for a choice, with what is wrong with it."""
    parts = chosen.parts(there.client.currency_id)
    own = wallet.opened(there, parts, sent)
    reader = there.reader(there.client.currency_id)
    values = {"number": " ".join(part.invoice.number for part in parts), "amount": reader.money(total(parts))}
    transfers = [
        _together(there, code, chosen) for code in dict.fromkeys(one.currency_id for one in chosen.wanted)
    ]
    context = {
        **how(there, own.plan.parts, own.plan.left, sent=sent, errors=errors or {}),
        "choices": choosing.rows(there, chosen),
        "own": own,
        "own_shown": own.shown,
        "is_covered": total(parts) > 0 and own.plan.left <= 0,
        "whole": reader.money(total(parts)),
        "auto_bill": there.is_whole and _can_be_automatic(there, chosen.wanted),
        "terms": proofs.terms(there, chosen.wanted),
        "wants_signature": proofs.wants_signature(there),
        "instructions": ways.instructions(there, total(parts), values),
        "transfers": transfers,
        "has_account": bool(there.company.switch("iban")),
        "start_url": reverse("portal:payment-start"),
        "pay_url": reverse("portal:pay"),
        "back_url": reverse("portal:home") if there.is_whole else "",
    }
    return page(there, "pay.html", context, status=status)


def how(
    there: Visit,
    parts: Sequence[Part],
    amount: Decimal,
    *,
    sent: QueryDict,
    errors: Mapping[str, Sequence[Any]],
) -> dict[str, Any]:
    """The ways to pay an amount, what their gateways want to know, and what is wrong."""
    found = ways.online(there, parts, amount)
    way = sent.get("way", "")
    asked = details.wanted(there, ways.gateways(there, amount)) if found else []
    typed = {name: value for name, value in sent.items() if name.startswith(details.PREFIX)}
    others = {name: sent[name] for name in ("terms", "signature") if name in sent}
    return {
        "ways": found,
        "picked": way if way in {one.value for one in found} else found[0].value if found else "",
        "once": fresh_key(),
        "may_keep": any(one.may_keep for one in found),
        "keeps": sent.get("keep", "") if there.request.method == "POST" else _keeps(there),
        "details": details.inputs(asked),
        "ships": [one for one in asked if one.of == "shipping"],
        "same_address": bool(sent.get(details.SAME)) if there.request.method == "POST" else True,
        "form": Form({**details.values(there, asked), **typed, **others}, errors),
        "total": there.reader(there.client.currency_id).money(amount),
        "faults": [
            text for name, texts in errors.items() if not name.startswith(AT_INPUTS) for text in texts
        ],
        "marked": any(name.startswith(AT_INPUTS) for name in errors),
    }


def _keeps(there: Visit) -> str:
    """Ticked to begin with where the company keeps methods unless the client says no."""
    return "1" if any(one.keeping == "optout" for one in gateways_for(there.preferences)) else ""


def _can_be_automatic(there: Visit, invoices: Sequence[Invoice]) -> bool:
    """Whether one of them is of a schedule whose automatic payment the client may turn on."""
    keys = {one.recurring_id for one in invoices if one.recurring_id}
    if not keys:
        return False
    rows = RecurringInvoice.objects.live().filter(pk__in=keys, client=there.client, auto_bill_enabled=False)
    return any(map(may_choose, rows))


def _together(there: Visit, currency_id: str, chosen: choosing.Choice) -> dict[str, Any]:
    """One transfer for all of a currency: the numbers tell what it is for.

    It asks for the whole, like the code on the invoice: a transfer takes nothing of what the client has.
    """
    asked = {one: chosen.amount(one) for one in chosen.wanted}
    some = {one: owed for one, owed in asked.items() if one.currency_id == currency_id and owed > 0}
    amount = sum(some.values(), Decimal(0))
    reader = there.reader(currency_id)
    reference = " ".join(one.number for one in some)[:140]
    return {"amount": reader.money(amount), "transfer": transfer(there.company, reader, amount, reference)}
