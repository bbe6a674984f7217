"""By which gateways and ways a client can pay an amount, in the order that the settings say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.preferences.cascade import Preferences
from comptoir.reference import currency, gateway_type, name_in

from . import fees
from .interface import Way
from .models import CompanyGateway, StoredMethod
from .registry import is_spoken, provider

NOBODY: Final = "0"
"""The setting's word for: no gateway at all."""


@dataclass(frozen=True)
class Offer:
    """One way of paying at one gateway; ``label`` as the client reads it."""

    gateway: CompanyGateway
    way_id: str
    way: Way
    terms: fees.Terms
    is_online: bool

    @property
    def key(self) -> str:
        """Its word in a form."""
        return f"{ids.encode(self.gateway.pk)}-{self.way_id}"

    @property
    def label(self) -> str:
        if not self.is_online:
            return self.gateway.label or str(self.gateway.config.get("name") or "") or self.gateway.name
        kind = gateway_type(self.way_id)
        return name_in(kind, get_language() or "en") if kind else self.gateway.name

    @property
    def may_keep(self) -> bool:
        """Whether the method can be kept for later, by the provider and by the company's wish."""
        return self.way.keeps and self.gateway.keeping != "off"

    @property
    def always_keeps(self) -> bool:
        """Kept without asking."""
        return self.may_keep and self.gateway.keeping == "always"


def gateways_for(preferences: Preferences) -> list[CompanyGateway]:
    """The gateways in use, those that the client's settings name, in their order."""
    chosen = [one.strip() for one in str(preferences.company_gateway_ids).split(",") if one.strip()]
    if NOBODY in chosen:
        return []
    rows = [row for row in CompanyGateway.objects.active().order_by("pk") if is_spoken(row.gateway_key)]
    if not chosen:
        return rows
    places = {ids.decode(key): place for place, key in enumerate(chosen)}
    return sorted((row for row in rows if row.pk in places), key=lambda row: places[row.pk])


def ways_of(row: CompanyGateway) -> Iterator[tuple[str, Way, fees.Terms]]:
    """The ways of paying that the company turned on; before it chose any, the provider's first."""
    known = provider(row.gateway_key).ways
    chosen = row.fees_and_limits or {next(iter(known)): None}
    for way_id, way in known.items():
        if way_id not in chosen:
            continue
        terms = fees.terms(chosen[way_id])
        if terms.is_enabled:
            yield way_id, way, terms


def offers(client: Client, amount: Decimal, currency_id: str) -> list[Offer]:
    """What a client is offered for an amount, in units of the currency."""
    return [one for one in _all(gateways_for(client.preferences), currency_id) if one.terms.takes(amount)]


def _all(rows: Sequence[CompanyGateway], currency_id: str) -> Iterator[Offer]:
    money = currency(currency_id)
    code = money.code if money else ""
    for row in rows:
        online = provider(row.gateway_key).takes_online
        for way_id, way, terms in ways_of(row):
            if not way.currencies or code in way.currencies:
                yield Offer(row, way_id, way, terms, online)


def can_take(client: Client, amount: Decimal, currency_id: str) -> bool:
    """Whether a gateway can take the payment by itself: only then a document bears a payment link."""
    return amount > 0 and any(one.is_online for one in offers(client, amount, currency_id))


def can_keep(client: Client) -> bool:
    """Whether a gateway of the client's keeps methods for later."""
    return any(
        row.keeping != "off" and any(way.keeps for _id, way, _terms in ways_of(row))
        for row in gateways_for(client.preferences)
    )


def stored_methods(client: Client) -> list[StoredMethod]:
    """What the client stored and may be charged, the preferred one first."""
    return stored_by([client.pk]).get(client.pk, [])


def stored_by(clients: Iterable[int]) -> dict[int, list[StoredMethod]]:
    """The same for many clients at once, by their ids; who has none is left out."""
    rows = StoredMethod.objects.usable().filter(client__in=set(clients), gateway__archived_at=None)
    found: dict[int, list[StoredMethod]] = {}
    for row in rows.select_related("gateway").order_by("-is_default", "-pk"):
        found.setdefault(row.client_id, []).append(row)
    return found
