"""Saving a document saves its products, where the company wants that (contract rules 11, step 4).

Left to the worker: who saves a document does not wait for the catalogue.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.apps import apps
from django.utils import timezone

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.facts import Fact
from comptoir.activity.jobs import job
from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product, update_product
from comptoir.kernel.money import ZERO
from comptoir.preferences.cascade import Preferences

from . import lines
from .documents import BillingDocument

COPIED: Final = (
    "notes", "tax_id", "unit_code",
    *(f"tax_name{n}" for n in (1, 2, 3)), *(f"tax_rate{n}" for n in (1, 2, 3)),
    *(f"custom_value{n}" for n in (1, 2, 3, 4)),
)  # fmt: skip


MODELS: Final = {
    "invoice": "invoices.Invoice",
    "quote": "quotes.Quote",
    "credit": "credits.Credit",
    "recurringinvoice": "recurring.RecurringInvoice",
}
"""Documents of the rooms above, by the word of the outbox."""


def wants_products(fact: Fact) -> bool:
    """Whether a saved document names products and the company wants them kept."""
    document: Any = fact.subject
    return bool(document.company.switch("update_products")) and any(map(_is_product, document.lines))


def keep_products(document: BillingDocument, *, on: date, by: Actor = SYSTEM) -> None:
    """Create or update a product for each line that names one; the last line of a key counts.

    A document in another currency than the company's says nothing about the prices of the catalogue.
    """
    if document.currency_id != str(Preferences((document.company.settings,)).currency_id):
        return
    said = {line.product_key: _values(line) for line in document.lines if _is_product(line)}
    known: dict[str, Product] = {}
    for product in Product.objects.filter(product_key__in=said, deleted_at=None).order_by("-pk"):
        known[product.product_key] = product
    for key, values in said.items():
        product = known.get(key)
        if product is None:
            create_product({"product_key": key, **values}, by=by, on=on)
        elif any(getattr(product, name) != value for name, value in values.items()):
            update_product(product, values, by=by, on=on)


@job("billing.keep_products")
def after_saving(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Idempotent: what is there already and equal stays untouched."""
    found: Any = apps.get_model(MODELS[kind])._default_manager.filter(pk=id).first()
    if found is not None:
        keep_products(found, on=timezone.now().astimezone(found.company.zone).date())


def _is_product(line: lines.Line) -> bool:
    return line.type_id == lines.PRODUCT and bool(line.product_key.strip())


def _values(line: lines.Line) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(line, name) for name in COPIED}
    values["price"] = line.cost
    if line.product_cost != ZERO:
        values["cost"] = line.product_cost
    return values
