"""What a line of a document suggests while somebody types."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse, JsonResponse

from comptoir.billing.destination import BY_HAND
from comptoir.catalogue.models import Product
from comptoir.clients.models import Client
from comptoir.exchange import rates
from comptoir.kernel import formats, ids
from comptoir.kernel.money import round_half_up
from comptoir.office import owned
from comptoir.office.desk import Desk
from comptoir.office.documents.taxes import AUTO, is_computing, tax_choice
from comptoir.reference import currency
from comptoir.ui.arithmetic import calculate
from comptoir.ui.boxes import plain
from comptoir.ui.tags.figures import locale
from comptoir.ui.tags.inputs import localised

MOST = 12


def suggest(place: Desk) -> HttpResponse:
    """The products that fit what is typed, and what picking one fills in."""
    text = place.request.GET.get("q", "").strip()
    rows = place.seen(Product.objects.active(), "product")
    rows = rows.matching(text) if text else rows
    fills = bool(place.company.switch("fill_products"))
    computing = is_computing(place)
    unit, rate = _money(place)
    found = [
        {
            "value": product.product_key,
            "label": product.product_key,
            "hint": product.notes[:80],
            "end": formats.money(price, unit, locale()) if unit else "",
            "fill": _fill(product, price, computing=computing, priced=rate is not None) if fills else {},
        }
        for product in rows.order_by("product_key", "pk")[:MOST]
        for price in (_converted(product.price, rate, unit),)
    ]
    return JsonResponse(found, safe=False)


def _money(place: Desk) -> tuple[Any, Decimal | None]:
    """The currency that prices are filled in in, and how many of it one unit of the company's is.

    The client's where the company has prices converted; else the company's own. Without a rate, which is
    None then, a price stands there in the company's currency, and is not filled in.
    """
    own = currency(str(place.preferences.currency_id))
    if not place.company.switch("convert_products") and not place.preferences.convert_products:
        return own, Decimal(1)
    key = ids.decode(place.request.GET.get("client_id", ""))
    clients = place.seen(Client.objects.live().select_related("group"), "client")
    client = clients.filter(pk=key).first() if key is not None else None
    if client is None:
        return own, Decimal(1)
    client.company = place.company
    rate = _said(place) or rates.rate(place.company, client.currency_id, on=place.on)
    if not rates.Converter(place.company).knows(client.currency_id, rate):
        return own, None
    return currency(client.currency_id), rate


def _said(place: Desk) -> Decimal | None:
    """The rate that stands in the form, if one does."""
    try:
        typed = calculate(place.request.GET.get("exchange_rate", ""))
    except ValueError:
        return None
    return typed if typed > 0 else None


def _converted(price: Decimal, rate: Decimal | None, unit: Any) -> Decimal:
    """A price at a rate, to the decimals of the currency; one that needs no converting stays exact."""
    return price if rate in (None, 1) or unit is None else round_half_up(price * rate, unit.precision)


def _fill(product: Product, price: Decimal, *, computing: bool, priced: bool) -> dict[str, Any]:
    by_destination = computing and product.tax_id != BY_HAND
    own = tax_choice(product.tax_name1, product.tax_rate1)
    return {
        "notes": product.notes,
        **({"cost": plain(localised(price))} if priced else {}),
        "quantity": plain(localised(product.quantity)),
        "tax1": AUTO + product.tax_id if by_destination else own,
        "tax_id": product.tax_id,
        "unit_code": product.unit_code,
        **owned.values(product),
    }
