"""Products in the office, and what the lines of a document suggest."""

from __future__ import annotations

from comptoir.catalogue.models import Product
from comptoir.office.links import address, page_url


def url(name: str, product: Product | None = None, *more: str) -> str:
    """An address: ``url("edit", product)``."""
    return (
        address(f"{name}-product", product.pk, *more) if product is not None else page_url(f"{name}-product")
    )
