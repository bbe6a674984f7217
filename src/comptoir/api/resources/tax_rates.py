"""Tax rates on the wire (contract schemas.json tax_rate)."""

from __future__ import annotations

from comptoir.api.resources.wire import Dated
from comptoir.catalogue import operations
from comptoir.catalogue.models import TaxRate
from comptoir.contract.fields import Key, Rate, Text
from comptoir.contract.resources import Resource


class TaxRates(Dated, Resource):
    path, entity, model = "tax_rates", "tax_rate", TaxRate

    id = Key("pk", writable=False)
    name = Text(required=True)
    rate = Rate()
    category = Text(default="S", convert=lambda code: code or "S")
    exemption_code = Text()

    search = ("name",)
    create, update = operations.create_tax_rate, operations.update_tax_rate
    actions = {"archive": operations.archive, "restore": operations.restore, "delete": operations.delete}
