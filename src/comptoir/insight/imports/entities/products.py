"""Products: one row each, known by their name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_products, update_product
from comptoir.clients.columns import too_long
from comptoir.insight.imports import cells
from comptoir.insight.imports.cells import Notation
from comptoir.insight.imports.declaring import Column, Line, Order, Outcome, Result, Session, Unit
from comptoir.kernel.folding import folded
from comptoir.kernel.refused import Refused
from comptoir.preferences.custom_fields import custom_fields
from comptoir.tenancy.scope import current_company

from . import choices

_RENAMED: Final = {"image_url": "product_image", "tax_category": "tax_id"}
_TAX: Final = ("Tax", "Tax name", "Taxe", "Nom de la taxe")
_RATE: Final = ("Tax rate", "VAT", "TVA", "Taux", "Taux de TVA", "Taux de taxe")
_STOCK: Final = ("Stock", "En stock")
_MOST_STOCK: Final = 2_147_483_647


class Products:
    """The wire's columns in its order."""

    key = "product"
    permission = "product"
    title = gettext_lazy("Products")
    batch = 500
    updates = True
    keys: Mapping[str, Any] = {"product_key": gettext_lazy("Name")}

    def columns(self) -> Sequence[Column]:
        return list(_columns())

    def lacking(self, mapping: Mapping[int, str]) -> str:
        return "" if "product.product_key" in mapping.values() else _("Say which column names the product.")

    def session(self, order: Order) -> Session:
        return ProductRows(order)

    def records(self, ids: Sequence[int]) -> dict[int, str]:
        return dict(Product.objects.filter(pk__in=ids).values_list("pk", "product_key"))


class ProductRows:
    """One run of an import of products."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def gather(self, lines: Sequence[Line]) -> list[list[Unit]]:
        """Each row for itself; one that names a product a second time is refused."""
        seen: set[str] = set()
        for line in lines:
            name = folded(str(line.first("product.product_key") or ""))
            if not name:
                line.faults.append(("product.product_key", _("This row names no product.")))
            elif name in seen:
                line.faults.append(("product.product_key", _("An earlier row has this product.")))
            seen.add(name)
            line.faults += [(f"product.{at}", str(why)) for at, why in too_long(Product, _fields(line))]
        return [[Unit([line]) for line in lines]]

    def write(self, units: Sequence[Unit]) -> list[Result]:
        """Known ones as was ordered, new ones all at once."""
        known = self._known(units)
        results: list[Result | None] = [None] * len(units)
        new: list[int] = []
        for place, unit in enumerate(units):
            found = known.get(_name(unit), [])
            if unit.faults:
                results[place] = Result.refused(unit.faults)
            elif found:
                results[place] = self._again(unit, found)
            else:
                new.append(place)
        if new:
            fields = [_fields(units[place].lines[0]) for place in new]
            made = create_products(fields, by=self.order.by, on=self.order.on)
            for place, product in zip(new, made, strict=True):
                results[place] = Result(Outcome.MADE, record_id=product.pk)
        return [result for result in results if result is not None]

    def _known(self, units: Sequence[Unit]) -> dict[str, list[Product]]:
        """The products of these names, whatever their case; those that this import made do not count."""
        if self.order.duplicates == "create" or "product_key" not in self.order.matched_by:
            return {}
        names = {str(unit.lines[0].first("product.product_key") or "") for unit in units}
        spelled = {form for name in names for form in (name, name.lower(), name.upper(), name.capitalize())}
        rows = list(Product.objects.live().filter(product_key__in=spelled).order_by("pk"))
        own = self.order.own([row.pk for row in rows])
        found: dict[str, list[Product]] = {}
        for row in rows:
            if row.pk not in own:
                found.setdefault(folded(row.product_key), []).append(row)
        return found

    def _again(self, unit: Unit, found: list[Product]) -> Result:
        at = "product.product_key"
        if self.order.duplicates != "update":
            said = _("There is such a product already: %(product)s.") % {"product": found[0]}
            return Result(Outcome.SKIPPED, record_id=found[0].pk, reasons=[(at, said)])
        if len(found) > 1:
            n = len(found)
            many = ngettext("%(n)s product has this name.", "%(n)s products have this name.", n) % {"n": n}
            return Result.refused([(at, many)])
        if not self.order.may_edit(found[0]):
            return Result.refused([("", _("You may not change this product."))])
        try:
            update_product(found[0], _fields(unit.lines[0]), by=self.order.by, on=self.order.on)
        except Refused as refusal:
            return Result.refused([("", str(refusal.sentence))])
        return Result(Outcome.UPDATED, record_id=found[0].pk)


def _columns() -> Iterator[Column]:
    named = {field.place: field for field in custom_fields(current_company().custom_fields, "product")}
    column = partial(Column, section=gettext_lazy("Product"), read=cells.text)
    tax = partial(Column, section=gettext_lazy("Taxes"), read=cells.text)
    yield column(
        "product.product_key",
        gettext_lazy("Product"),
        names=("Item", "Name", "SKU", "Reference", "Article", "Produit", "Nom", "Référence", "Code article"),
    )
    yield column("product.notes", gettext_lazy("Description"), names=("Notes", "Désignation", "Libellé"))
    yield column("product.cost", gettext_lazy("Cost"), read=cells.amount, names=("Coût", "Prix d’achat"))
    yield column(
        "product.price",
        gettext_lazy("Price"),
        read=cells.amount,
        names=("Unit price", "Prix", "Prix unitaire", "Prix de vente", "PU", "PU HT", "Prix HT"),
    )
    yield column("product.quantity", gettext_lazy("Quantity"), read=cells.amount, names=("Qté", "Qty"))
    for n in (1, 2, 3):
        names = (
            (("Tax", "Tax name", "Taxe"), ("Tax rate", "TVA", "VAT", "Taux", "Taux de TVA"))
            if n == 1
            else ((), ())
        )
        yield tax(f"product.tax_name{n}", _numbered(_("Tax name"), n), names=names[0])
        yield tax(f"product.tax_rate{n}", _numbered(_("Tax rate"), n), read=choices.rate, names=names[1])
    for place in range(1, 5):
        yield Column(
            f"product.custom_value{place}",
            named[place].label if place in named else _numbered(gettext_lazy("Product field"), place),
            cells.custom(named[place]) if place in named else cells.text,
            gettext_lazy("Custom fields"),
            shown=place in named,
        )
    yield column("product.image_url", gettext_lazy("Picture’s address"), names=("Image", "Image URL"))
    yield column(
        "product.in_stock_quantity", gettext_lazy("In stock"), read=_whole, names=("Stock", "En stock")
    )
    yield tax("product.tax_category", gettext_lazy("Tax category"), read=choices.tax_category())
    yield column("product.max_quantity", gettext_lazy("Largest quantity"), read=_whole)


def _numbered(label: Any, n: int) -> Any:
    return format_lazy("{label} {n}", label=label, n=n)


def _whole(cell: str, notation: Notation) -> int:
    found = cells.amount(cell, notation)
    if found != int(found) or abs(found) > _MOST_STOCK:
        raise ValueError(_("“%(cell)s” is not a whole number.") % {"cell": cell[:60]})
    return int(found)


def _fields(line: Line) -> dict[str, Any]:
    """What the operation takes; a cell that is empty says nothing."""
    values = ((name.partition(".")[2], value) for name, value in line.values[0].items())
    return {_RENAMED.get(name, name): value for name, value in values}


def _name(unit: Unit) -> str:
    return folded(str(unit.lines[0].first("product.product_key") or ""))
