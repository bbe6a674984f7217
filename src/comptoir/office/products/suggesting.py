"""What a line of a document suggests while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse

from comptoir.billing.destination import BY_HAND
from comptoir.catalogue.models import Product
from comptoir.kernel import formats
from comptoir.office import owned
from comptoir.office.desk import Desk
from comptoir.office.documents.taxes import AUTO, is_computing, tax_choice
from comptoir.reference import currency
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
    unit = currency(str(place.preferences.currency_id))
    found = [
        {
            "value": product.product_key,
            "label": product.product_key,
            "hint": product.notes[:80],
            "end": formats.money(product.price, unit, locale()) if unit else "",
            "fill": _fill(product, computing=computing) if fills else {},
        }
        for product in rows.order_by("product_key", "pk")[:MOST]
    ]
    return JsonResponse(found, safe=False)


def _fill(product: Product, *, computing: bool) -> dict[str, Any]:
    by_destination = computing and product.tax_id != BY_HAND
    own = tax_choice(product.tax_name1, product.tax_rate1)
    return {
        "notes": product.notes,
        "cost": plain(localised(product.price)),
        "quantity": plain(localised(product.quantity)),
        "tax1": AUTO + product.tax_id if by_destination else own,
        "tax_id": product.tax_id,
        "unit_code": product.unit_code,
        **owned.values(product),
    }
