"""What invoices take from stock, where the company counts it (contract rules 11, switch track_inventory)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from django.db.models import F

from comptoir.activity.actors import Actor
from comptoir.activity.operations import tell
from comptoir.catalogue.facts import ProductRanLow
from comptoir.catalogue.models import Product
from comptoir.kernel.money import ZERO

from . import lines
from .documents import BillingDocument

Counted = Mapping[str, int]


def counted(document: BillingDocument) -> Counted:
    """Pieces by product key on the lines of goods; a part of a piece is none (stock is whole).

    Nothing where the company does not count.
    """
    if not document.company.switch("track_inventory"):
        return {}
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in document.lines:
        if line.type_id == lines.PRODUCT and line.product_key:
            found[line.product_key] += line.quantity
    return {key: int(quantity.to_integral_value(ROUND_FLOOR)) for key, quantity in found.items()}


def follow(document: BillingDocument, before: Counted, after: Counted, *, by: Actor) -> None:
    """Move the stock of the products named by the difference, in the caller's transaction.

    A product that falls to its threshold tells so once.
    """
    taken = {key: after.get(key, 0) - before.get(key, 0) for key in {*before, *after}}
    taken = {key: pieces for key, pieces in taken.items() if pieces}
    if not taken:
        return
    seen: set[str] = set()
    for product in Product.objects.filter(product_key__in=taken, deleted_at=None).order_by("pk"):
        if product.product_key not in seen:  # of several with one key, the first, as apps choose
            seen.add(product.product_key)
            _take(product, taken[product.product_key], by)


def _take(product: Product, pieces: int, by: Actor) -> None:
    Product.objects.filter(pk=product.pk).update(in_stock_quantity=F("in_stock_quantity") - pieces)
    product.refresh_from_db(fields=["in_stock_quantity"])
    threshold = _threshold(product)
    if pieces > 0 and product.in_stock_quantity <= threshold < product.in_stock_quantity + pieces:
        tell(ProductRanLow(product, actor=by, notes=str(product.in_stock_quantity)))


def _threshold(product: Product) -> int:
    """The product's own, else the company's; far below zero where nobody wants to hear of it."""
    if not (product.stock_notification and product.company.switch("stock_notification")):
        return -(2**31)
    return product.stock_notification_threshold or int(
        product.company.switch("inventory_notification_threshold") or 0
    )
