"""The list of products."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.catalogue.models import Product
from comptoir.kernel import ids
from comptoir.office import owned
from comptoir.office.desk import Desk
from comptoir.office.documents.taxes import percent
from comptoir.office.links import page_url
from comptoir.office.lists import ListColumn, ListPage
from comptoir.office.pages import page
from comptoir.office.products import url
from comptoir.office.tags.bearing import Tags
from comptoir.reference import currency
from comptoir.ui import cells
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action


def show(place: Desk) -> HttpResponseBase:
    """The list, or a file of what it shows."""
    rows = place.seen(Product.objects.all(), "product")
    declared = list_page(place)
    if file := declared.export(place, rows):
        return file
    context = {"list": declared.listing(place, rows), "may_create": place.may("create", "product")}
    return page(place, "products/list.html", context, module="products")


def list_page(place: Desk) -> ListPage:
    """The declaration of the list."""
    at = page_url("products") + "/{id}"
    new = [Action(_("New product"), url("new"), "plus")] if place.may("create", "product") else []
    tags = Tags("product")
    return ListPage(
        name="products",
        url=page_url("products"),
        columns=[
            ListColumn(
                "product_key", _("Product"), _name, "product_key", strong=True, wide=True, phone="main"
            ),
            ListColumn("notes", _("Description"), lambda row: row.notes[:120], quiet=True, phone="sub"),
            ListColumn("tax", _("Tax"), _tax, quiet=True),
            _sum(place, "price", _("Price"), strong=True, phone="end"),
            _sum(place, "cost", _("Cost"), shown=False),
            *_stock(place),
            *tags.columns(),
            *owned.columns(place, "product"),
        ],
        row=lambda product, shown: _row(place, product, shown),
        placeholder=_("Product, description…"),
        order=("product_key", "pk"),
        filters=[*tags.filters(), *owned.filters(place, "product")],
        actions=[
            Action(_("Edit"), f"{at}/edit", "pencil", key="edit"),
            Action(_("Archive"), f"{at}/archive", "archive", "post", key="archive", divided=True),
            Action(_("Restore"), f"{at}/restore", "archive-off", "post", key="restore", divided=True),
            Action(_("Delete"), f"{at}/delete", "trash", "post", key="delete", danger=True),
        ],
        bulk=[
            *tags.bulk(),
            Action(_("Export"), page_url("export-product"), "download", "dialog", key="export"),
        ],
        ready=tags.ready(),
        export_url=page_url("export-product"),
        empty_title=_("No product here"),
        empty_text=_("Keep what you sell often: a line of an invoice is filled in one word."),
        empty_icon="package",
        empty_actions=new,
    )


def _name(product: Product) -> Any:
    return cells.link(product.product_key or product.notes[:40] or "—", url("edit", product))


def _tax(product: Product) -> str:
    return f"{product.tax_name1} {percent(product.tax_rate1)}" if product.tax_name1 else ""


def _stock(place: Desk) -> list[ListColumn]:
    if not place.company.switch("track_inventory"):
        return []
    name = "in_stock_quantity"
    return [ListColumn(name, _("In stock"), attrgetter(name), name, end=True, plain=attrgetter(name))]


def _sum(place: Desk, name: str, label: str, **more: Any) -> ListColumn:
    unit = currency(str(place.preferences.currency_id))
    plain = attrgetter(name)
    return ListColumn(
        name, label, lambda row: cells.money(plain(row), unit), name, end=True, plain=plain, **more
    )


def _row(place: Desk, product: Product, shown: list[Any]) -> Row:
    can = ["restore"] if product.archived_at else ["archive", "edit"]
    can += [] if product.is_deleted else ["delete", "tag"]
    here = url("edit", product)
    can = ["export", *(can if place.may("edit", "product", product) else [])]
    return Row(ids.encode(product.pk), product.product_key, shown, here, here, can=" ".join(can))
