"""Locations on the wire (contract schemas.json location; newer apps only)."""

from __future__ import annotations

from comptoir.api.resources.wire import CustomValues, Dated, Owned
from comptoir.clients import locations
from comptoir.clients.models import Client, Location
from comptoir.contract.fields import Code, Constant, Flag, Key, Text
from comptoir.contract.filters import contains
from comptoir.contract.relations import One
from comptoir.contract.resources import Resource
from comptoir.reference import country


class Locations(Owned, Dated, CustomValues, Resource):
    path, entity, model = "locations", "location", Location

    id = Key("pk", writable=False)
    client_id = Key(to=Client, live=True, required=True, fixed=True)
    vendor_id = Constant("")
    name = Text()
    address1 = Text()
    address2 = Text()
    city = Text()
    state = Text()
    postal_code = Text()
    country_id = Code(known=country)
    is_shipping_location = Flag()

    includes = {"client": One("clients", by="client")}
    search = ("name", "address1", "city", "postal_code")
    filters = {"name": contains("name")}
    create, update = locations.create_location, locations.update_location
    actions = {
        "archive": locations.archive_location,
        "restore": locations.restore_location,
        "delete": locations.delete_location,
    }
