"""Products on the wire (contract schemas.json product)."""

from __future__ import annotations

from typing import Any

from comptoir.api.resources import printing
from comptoir.api.resources.tags import Tagged, tagged, with_tags
from comptoir.api.resources.wire import CustomValues, Dated, Owned, documents_of, matching
from comptoir.catalogue import operations
from comptoir.catalogue.models import Product
from comptoir.contract.actions import Action
from comptoir.contract.fields import Amount, Code, Flag, Key, Rate, Text, Whole
from comptoir.contract.filters import exact
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.kernel import ids


class Products(Owned, Dated, CustomValues, Tagged, Resource):
    path, entity, model = "products", "product", Product
    strict_ids = True

    id = Key("pk", writable=False)
    product_key = Text()
    notes = Text()
    cost = Amount()
    price = Amount()
    quantity = Amount(default=1)
    tax_name1 = Text()
    tax_rate1 = Rate()
    tax_name2 = Text()
    tax_rate2 = Rate()
    tax_name3 = Text()
    tax_rate3 = Rate()
    in_stock_quantity = Whole()
    stock_notification = Flag()
    stock_notification_threshold = Whole()
    max_quantity = Whole()
    product_image = Text()
    tax_id = Code(default="1", convert=lambda code: code or "1")
    unit_code = Text(default="C62")

    includes = {"documents": documents_of("product")}
    default_includes = ("documents",)
    also_known = ("company", "user")
    search = matching
    filters = {"product_key": exact("product_key"), "tag_ids": with_tags}
    create, update = tagged(operations.create_product), tagged(operations.update_product)
    actions = {
        "archive": operations.archive,
        "restore": operations.restore,
        "delete": operations.delete,
        "set_tax_id": Action(operations.set_tax_category, params={"tax_id": Code()}),
    }
    uploads = {"documents": printing.attach}

    @classmethod
    def pinned(cls, value: str) -> list[int]:
        """``with=`` names a product by its id or by its key (contract rules 7)."""
        by_key = Product.objects.filter(product_key=value).values_list("pk", flat=True)
        return [*super().pinned(value), *by_key[:1]]

    @classmethod
    def blank(cls, row: Row, view: Any) -> None:
        row["user_id"] = ids.encode(view.who.actor.user_id) if view.who.actor.user_id else ""
