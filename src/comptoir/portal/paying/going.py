"""Off to the provider's page, and back from it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.collecting import charging, starting
from comptoir.collecting.models import Attempt, Kind, State
from comptoir.collecting.settling import follow
from comptoir.collecting.starting import Wish
from comptoir.gateways.interface import GatewayFault
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.portal.invoices import due_invoices
from comptoir.portal.pages import page, to
from comptoir.portal.paying import choosing, pages, ways
from comptoir.portal.visits import Visit, visit
from comptoir.ui.arithmetic import calculate


@require_POST
@visit(part=True)
def start(there: Visit) -> HttpResponse:
    """Begin to pay: charge what is stored, or go on to the provider's page."""
    sent = there.request.POST
    chosen = choosing.choice(there, list(due_invoices(there)), sent)
    way = sent.get("way", "")
    try:
        chosen.read_strictly()
        _refuse_unaccepted(there)
        wish = _wish(there, chosen, way)
        method = ways.method_named(there, way)
        if method is not None:
            attempt = charging.charge(wish, method, by=there.actor, on=there.on)
            return to("portal:payment-outcome", attempt.key)
        _attempt, url = starting.begin(wish, by=there.actor, on=there.on)
    except Refused as refused:
        chosen.errors = refused.errors
        faults = [text for name, texts in refused.errors.items() for text in texts if "amounts." not in name]
        return pages.drawn(there, chosen, way=way, faults=faults, status=422)
    return leave(there, url)


def leave(there: Visit, url: str) -> HttpResponse:
    """Send the client on; a page in between, so that no form of ours posts to another house."""
    return page(there, "paying/leave.html", {"next_url": url})


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
    again = urlencode([("invoice", ids.encode(pk)) for pk in attempt.invoice_ids])
    payment = attempt.payment
    invoices = [ids.encode(pk) for pk in attempt.invoice_ids]
    return {
        "state": _state(attempt),
        "amount": reader.money(attempt.amount),
        "why": attempt.said if attempt.state == State.FAILED else "",
        "again_url": f"{reverse('portal:pay')}?{again}",
        "payment_url": reverse("portal:payment", args=[ids.encode(payment.pk)])
        if payment and there.is_whole
        else "",
        "invoice_url": reverse("portal:invoice", args=invoices) if len(invoices) == 1 else "",
        "list_url": reverse("portal:home") if there.is_whole else "",
        "receipt_to": there.contact.email if there.preferences.client_online_payment_notification else "",
    }


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
    for pk in found.invoice_ids:
        there.need("invoice", pk)
    found.client, found.company = there.client, there.company
    return found


def _wish(there: Visit, chosen: choosing.Choice, way: str) -> Wish:
    sent = there.request.POST
    address = settings.BASE_URL + reverse("portal:payment-outcome", args=["KEY"]).replace("KEY", "{key}")
    try:
        shown = calculate(sent.get(f"fee.{way}", "0"))
    except ValueError:
        raise Refused("fee", _("The fee has changed. Please look at the new total.")) from None
    return Wish(
        client=there.client,
        contact=there.contact,
        parts=chosen.parts(there.client.currency_id),
        way=way,
        fee_shown=shown,
        keep=bool(sent.get("keep")) and there.is_whole,
        back=address,
        cancel=address,
        locale=there.locale.split("_")[0],
    )


def _refuse_unaccepted(there: Visit) -> None:
    if there.preferences.show_accept_invoice_terms and not there.request.POST.get("terms"):
        raise Refused("terms", _("Please accept the terms."))
