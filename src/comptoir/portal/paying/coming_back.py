"""Back from the provider's page: what became of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comptoir.collecting.models import Attempt, Kind, State
from comptoir.collecting.settling import follow
from comptoir.gateways.interface import GatewayFault
from comptoir.kernel import ids
from comptoir.portal.pages import page, to
from comptoir.portal.visits import MoreNeeded, Visit, visit


@require_safe
@visit(part=True)
def outcome(there: Visit, key: str) -> HttpResponse:
    """What became of it: asked of the provider, whoever comes here and however often."""
    attempt = _own(there, key)
    with suppress(GatewayFault):  # it is asked again by the clock; the page says that we wait
        attempt = follow(attempt)
    if attempt.kind == Kind.STORE:
        return to("portal:payment-methods", done="stored" if attempt.state == State.PAID else "not_stored")
    return page(there, "paying/outcome.html", _told(there, attempt))


def _told(there: Visit, attempt: Attempt) -> dict[str, Any]:
    reader = there.reader(attempt.currency_id)
    payment = attempt.payment
    invoices = [ids.encode(pk) for pk in attempt.invoice_ids]
    return {
        "state": _state(attempt),
        "amount": reader.money(attempt.amount),
        "why": attempt.said if attempt.state == State.FAILED else "",
        "again_url": _again(attempt),
        "in_advance": not invoices,
        "payment_url": reverse("portal:payment", args=[ids.encode(payment.pk)])
        if payment and there.is_whole
        else "",
        "invoice_url": reverse("portal:invoice", args=invoices) if len(invoices) == 1 else "",
        "list_url": reverse("portal:home") if there.is_whole else "",
        "receipt_to": there.contact.email if there.preferences.client_online_payment_notification else "",
    }


def _again(attempt: Attempt) -> str:
    if not attempt.invoice_ids:
        return reverse("portal:pay-in-advance")
    named = urlencode([("invoice", ids.encode(pk)) for pk in attempt.invoice_ids])
    return f"{reverse('portal:pay')}?{named}"


def _state(attempt: Attempt) -> str:
    """The word of the page: a page that was left is not a payment that failed."""
    if attempt.state == State.STARTED:
        return "waiting" if attempt.kind == Kind.CHARGE else "left"
    return str(attempt.state)


def _own(there: Visit, key: str) -> Attempt:
    """The client's own try, of documents that this visit opens. Raises Http404 and MoreNeeded."""
    found = Attempt.objects.filter(client=there.client, key=key).select_related("gateway").first()
    if found is None:
        raise Http404
    if not found.invoice_ids and not there.is_whole:
        raise MoreNeeded
    for pk in found.invoice_ids:
        there.need("invoice", pk)
    found.client, found.company = there.client, there.company
    return found
