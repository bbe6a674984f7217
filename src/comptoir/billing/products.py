"""Saving a document saves its products, where the company wants that (contract rules 11, step 4).

Left to the worker: who saves a document does not wait for the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from comptoir.activity import kinds
from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.facts import Fact
from comptoir.activity.jobs import job
from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product, update_product
from comptoir.kernel.money import ZERO
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.reading import read
from comptoir.tenancy.statements import KEYS, run

from . import destined, lines
from .documents import BillingDocument

COPIED: Final = (
    "notes", "tax_id", "unit_code",
    *(f"tax_name{n}" for n in (1, 2, 3)), *(f"tax_rate{n}" for n in (1, 2, 3)),
    *(f"custom_value{n}" for n in (1, 2, 3, 4)),
)  # fmt: skip

_OWN: Final = tuple(name for name in COPIED if not name.startswith("tax_"))
"""Without taxes: those that follow from where a document went say nothing of the product."""

_OLDEST: Final = """
SELECT min(id) FROM catalogue_product
WHERE company_id = %s AND deleted_at IS NULL AND product_key {keys} GROUP BY product_key
"""


def wants_products(fact: Fact) -> bool:
    """Whether a saved document says something new of products, and the company wants it kept."""
    document: Any = fact.subject
    return bool(document.company.switch("update_products")) and bool(_news(document))


def keep_products(document: BillingDocument, *, on: date, by: Actor = SYSTEM) -> None:
    """Create or update a product for each line that names one; the last line of a key counts."""
    for key, product, values in _news(document):
        if product is None:
            create_product({"product_key": key, **values}, by=by, on=on)
        else:
            update_product(product, values, by=by, on=on)


def _news(document: BillingDocument) -> list[tuple[str, Product | None, dict[str, Any]]]:
    """The products that the lines would make or change; asked at every saving, hence prepared statements.

    A document in another currency than the company's says nothing about the prices of the catalogue.
    """
    copied = _OWN if destined.is_wanted(document.company) else COPIED
    said = {line.product_key: _values(line, copied) for line in document.lines if _is_product(line)}
    if not said or document.currency_id != str(Preferences((document.company.settings,)).currency_id):
        return []
    keys = json.dumps([*said]) if connection.vendor == "sqlite" else [*said]
    found = run(_OLDEST.format(keys=KEYS[connection.vendor]), (document.company_id, keys))
    known = {one.product_key: one for one in read(Product, [key for (key,) in found]).values()}
    return [
        (key, product, values)
        for key, values in said.items()
        if (product := known.get(key)) is None
        or any(getattr(product, name) != value for name, value in values.items())
    ]


@job("billing.keep_products")
def after_saving(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Idempotent: what is there already and equal stays untouched."""
    found: Any = kinds.named(kind).model.objects.filter(pk=id).first()
    if found is not None:
        keep_products(found, on=timezone.now().astimezone(found.company.zone).date())


def _is_product(line: lines.Line) -> bool:
    return line.type_id == lines.PRODUCT and bool(line.product_key.strip())


def _values(line: lines.Line, copied: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(line, name) for name in copied}
    values["price"] = line.cost
    if line.product_cost != ZERO:
        values["cost"] = line.product_cost
    return values
