"""How an amount can be paid: stored methods, ways of paying online, and the company's own instructions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comptoir.collecting import charging, starting
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.gateways.offers import Offer, offers, stored_methods
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.payments.parts import Part
from comptoir.portal.invoices import instructed
from comptoir.portal.visits import Visit

STORED = "stored-"
"""In front of a stored method's id, where a form names a way."""


@dataclass(frozen=True)
class WayOfPaying:
    """One radio button: ``value`` is sent, with the fee that is shown under ``fee.<value>``."""

    value: str
    label: str
    note: str
    icon: str
    fee: Decimal
    total: str
    may_keep: bool = False


def online(there: Visit, parts: Sequence[Part], amount: Decimal) -> list[WayOfPaying]:
    """What stored methods and gateways take by themselves, the stored ones first.

    ``amount`` is all that is to be collected, for ``parts`` or in advance.
    """
    if amount <= 0:
        return []
    stored = [_stored(there, method, parts, amount) for method in methods(there)]
    found = [_offered(there, offer, parts, amount) for offer in _online(there, amount)]
    return [*(one for one in stored if one is not None), *found]


def methods(there: Visit) -> list[StoredMethod]:
    """What the client stored; a visit that opens one document alone does not see it."""
    return stored_methods(there.client) if there.is_whole else []


def gateways(there: Visit, amount: Decimal) -> list[CompanyGateway]:
    """Those that can take an amount by themselves, each once."""
    return list({one.gateway.pk: one.gateway for one in _online(there, amount)}.values())


def gateway_named(there: Visit, way: str, amount: Decimal) -> CompanyGateway | None:
    """The gateway behind a way that a form names; none for one that is not offered."""
    method = method_named(there, way)
    if method is not None:
        return method.gateway
    return next((one.gateway for one in _online(there, amount) if one.key == way), None)


def instructions(there: Visit, amount: Decimal, values: dict[str, str]) -> list[dict[str, Any]]:
    """The company's own ways for an amount."""
    return instructed(offers(there.client, amount, there.client.currency_id), values)


def method_named(there: Visit, way: str) -> StoredMethod | None:
    """The stored method that a form names. Raises Refused at way for one that is not the client's."""
    if not way.startswith(STORED):
        return None
    key = ids.decode(way.removeprefix(STORED))
    for method in methods(there):
        if method.pk == key:
            return method
    raise Refused("way", _("Choose how you would like to pay."))


def _online(there: Visit, amount: Decimal) -> list[Offer]:
    client = there.client
    return [one for one in offers(client, amount, client.currency_id) if one.is_online]


def _offered(there: Visit, offer: Offer, parts: Sequence[Part], amount: Decimal) -> WayOfPaying:
    notes = []
    if offer.way.delayed:
        notes.append(_("It takes a few days."))
    way = _way(there, offer, parts, amount, offer.key, offer.label, notes)
    return replace(way, may_keep=offer.may_keep and there.is_whole and not offer.always_keeps)


def _stored(there: Visit, method: StoredMethod, parts: Sequence[Part], amount: Decimal) -> WayOfPaying | None:
    method.client = there.client
    try:
        offer = charging.offer_of(method, amount)
    except Refused:
        return None
    label = str(method) or offer.label
    notes = [expiry(method)] if expiry(method) else []
    return _way(there, offer, parts, amount, f"{STORED}{ids.encode(method.pk)}", label, notes)


def _way(
    there: Visit,
    offer: Offer,
    parts: Sequence[Part],
    amount: Decimal,
    value: str,
    label: str,
    notes: list[str],
) -> WayOfPaying:
    fee, _line = starting.fee_for(offer, parts, there.on)
    reader = there.reader(there.client.currency_id)
    if fee:
        notes = [*notes, _("Plus a fee of %(fee)s.") % {"fee": reader.money(fee)}]
    return WayOfPaying(
        value=value,
        label=label,
        note=" ".join(notes),
        icon="credit-card" if offer.way_id == "1" else "building-bank",
        fee=fee,
        total=reader.money(amount + fee),
    )


def expiry(method: StoredMethod) -> str:
    """Until when a card holds, as it is printed on it."""
    month, year = str(method.meta.get("exp_month") or ""), str(method.meta.get("exp_year") or "")
    if not month or not year:
        return ""
    return _("Until %(month)s/%(year)s.") % {"month": month.zfill(2), "year": year[-2:]}
