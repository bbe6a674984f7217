"""Export products."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from comptoir.catalogue.models import Product
from comptoir.office.desk import Desk
from comptoir.office.exports import asking
from comptoir.office.products.listing import list_page


def export(place: Desk) -> HttpResponseBase:
    """The dialog and its file."""
    rows = place.seen(Product.objects.all(), "product")
    return asking.export(place, asking.Source("products", list_page(place), rows))
