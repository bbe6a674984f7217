"""The payment methods that the client stored: seen, added, preferred, removed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.collecting import starting
from comptoir.gateways import storing
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.offers import Offer, offers, stored_methods
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.portal.pages import page, to
from comptoir.portal.paying import going, ways
from comptoir.portal.visits import Visit, visit
from comptoir.reference import gateway_type
from comptoir.reference.names import name_in
from comptoir.sales.invoices.models import Invoice


@require_safe
@visit()
def index(there: Visit) -> HttpResponse:
    return _drawn(there)


@require_POST
@visit()
def add(there: Visit) -> HttpResponse:
    """Off to the provider's page, where nothing is paid."""
    way = there.request.POST.get("way", "")
    offer = next((one for one in kept_ways(there) if one.key == way), None)
    if offer is None:
        raise Http404
    try:
        wish = going.wish_of(there, way, parts=[])
        _attempt, url = starting.begin_storing(wish, offer, by=there.actor, on=there.on)
    except Refused as refused:
        return _drawn(there, faults=[refused.sentence], status=422)
    return going.leave(there, url)


@require_POST
@visit()
def prefer(there: Visit, key: str) -> HttpResponse:
    storing.prefer_method(_own(there, key), by=there.actor, on=there.on)
    return to("portal:payment-methods", done="preferred")


@require_POST
@visit()
def remove(there: Visit, key: str) -> HttpResponse:
    storing.remove_method(_own(there, key), by=there.actor, on=there.on)
    return to("portal:payment-methods", done="removed")


def kept_ways(there: Visit) -> list[Offer]:
    """What can be stored with a gateway of the client's."""
    client = there.client
    found = offers(client, Decimal(1), client.currency_id)
    wide = found or offers(client, Decimal(1000), client.currency_id)
    return [one for one in wide if one.is_online and one.may_keep]


def is_offered(there: Visit) -> bool:
    """Whether the page has anything to show or to do."""
    return bool(stored_methods(there.client) or kept_ways(there))


def _drawn(there: Visit, *, faults: list[Any] | None = None, status: int = 200) -> HttpResponse:
    context = {
        "methods": [_shown(there, one) for one in stored_methods(there.client)],
        "adds": kept_ways(there),
        "faults": faults or [],
        "charges": Invoice.objects.filter(client=there.client, auto_bill_enabled=True).exists(),
    }
    return page(there, "paying/stored.html", context, status=status)


def _shown(there: Visit, method: StoredMethod) -> dict[str, Any]:
    kind = gateway_type(method.gateway_type_id)
    key = ids.encode(method.pk)
    return {
        "label": str(method) or (name_in(kind, there.locale) if kind else method.gateway.name),
        "kind": name_in(kind, there.locale) if kind else "",
        "expiry": ways.expiry(method),
        "is_default": method.is_default,
        "prefer_url": reverse("portal:payment-method-prefer", args=[key]),
        "remove_url": reverse("portal:payment-method-remove", args=[key]),
    }


def _own(there: Visit, key: str) -> StoredMethod:
    pk = ids.decode(key)
    found = next((one for one in stored_methods(there.client) if one.pk == pk), None)
    if found is None:
        raise Http404
    found.client = there.client
    return found
