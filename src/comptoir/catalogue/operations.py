"""Everything that can be done to products, tax rates and payment terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import facts, rules
from .models import PaymentTerm, Product, TaxRate

Row = TypeVar("Row", Product, TaxRate, PaymentTerm)

FACTS = {
    Product: (facts.ProductArchived, facts.ProductDeleted, facts.ProductRestored),
    TaxRate: (facts.TaxRateArchived, facts.TaxRateDeleted, facts.TaxRateRestored),
    PaymentTerm: (facts.PaymentTermArchived, facts.PaymentTermDeleted, facts.PaymentTermRestored),
}


def create_product(fields: Mapping[str, Any], *, by: Actor, on: date) -> Product:
    return create_products([fields], by=by, on=on)[0]


@operation
def create_products(batch: Sequence[Mapping[str, Any]], *, by: Actor, on: date) -> list[Product]:
    """Add many products, all of them or none; ``batch`` holds the columns of each and is not empty."""
    products = []
    for fields in batch:
        product = Product(company=current_company(), user_id=by.user_id)
        changed(product, fields)
        products.append(product)
    insert(products)
    tell(*(facts.ProductCreated(product, actor=by) for product in products))
    return products


@operation
def update_product(product: Product, fields: Mapping[str, Any], *, by: Actor, on: date) -> Product:
    """Lines that were filled from it before stay as they are."""
    lock(product)
    shelving.refuse_deleted(product)
    changes = changed(product, fields)
    product.save()
    tell(facts.ProductUpdated(product, actor=by, changes=changes))
    return product


@operation
def create_tax_rate(fields: Mapping[str, Any], *, by: Actor, on: date) -> TaxRate:
    """Raises Refused at name or rate."""
    rules.refuse_missing_rate(fields)
    rate = TaxRate()
    changed(rate, fields)
    rules.refuse_nameless_tax(rate)
    rate.save(force_insert=True)
    tell(facts.TaxRateCreated(rate, actor=by))
    return rate


@operation
def update_tax_rate(rate: TaxRate, fields: Mapping[str, Any], *, by: Actor, on: date) -> TaxRate:
    """Documents keep the name and the rate that they were made with."""
    lock(rate)
    shelving.refuse_deleted(rate)
    changes = changed(rate, fields)
    rules.refuse_nameless_tax(rate)
    rules.refuse_odd_rate(rate.rate)
    rate.save()
    tell(facts.TaxRateUpdated(rate, actor=by, changes=changes))
    return rate


@operation
def create_payment_term(fields: Mapping[str, Any], *, by: Actor, on: date) -> PaymentTerm:
    term = PaymentTerm()
    changed(term, fields)
    rules.refuse_odd_term(term.num_days)
    term.save(force_insert=True)
    tell(facts.PaymentTermCreated(term, actor=by))
    return term


@operation
def update_payment_term(term: PaymentTerm, fields: Mapping[str, Any], *, by: Actor, on: date) -> PaymentTerm:
    lock(term)
    shelving.refuse_deleted(term)
    changes = changed(term, fields)
    rules.refuse_odd_term(term.num_days)
    term.save()
    tell(facts.PaymentTermUpdated(term, actor=by, changes=changes))
    return term


@operation
def archive(row: Row, *, by: Actor, on: date) -> Row:
    shelving.archive(row)
    tell(FACTS[type(row)][0](row, actor=by))
    return row


@operation
def delete(row: Row, *, by: Actor, on: date) -> Row:
    shelving.delete(row)
    tell(FACTS[type(row)][1](row, actor=by))
    return row


@operation
def restore(row: Row, *, by: Actor, on: date) -> Row:
    shelving.restore(row)
    tell(FACTS[type(row)][2](row, actor=by))
    return row


@operation
def set_tax_category(product: Product, *, by: Actor, on: date, tax_id: str = "") -> Product:
    """Change the tax category alone (the wire's bulk action ``set_tax_id``)."""
    lock(product)
    shelving.refuse_deleted(product)
    changes = changed(product, {"tax_id": tax_id or "1"})
    product.save()
    tell(facts.ProductUpdated(product, actor=by, changes=changes))
    return product
