"""Payment methods that clients stored with a gateway (contract schemas.json client_gateway_token)."""

from __future__ import annotations

from comptoir.api.resources.wire import Dated
from comptoir.clients.models import Client
from comptoir.contract.fields import Code, Flag, Json, Key, Secret, Text
from comptoir.contract.filters import key
from comptoir.contract.resources import Resource
from comptoir.gateways import storing
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.reference import gateway_type


class ClientGatewayTokens(Dated, Resource):
    path, entity, model = "client_gateway_tokens", "client_gateway_token", StoredMethod

    id = Key("pk", writable=False)
    token = Text()
    gateway_customer_reference = Text()
    gateway_type_id = Code(known=gateway_type, required=True)
    company_gateway_id = Key("gateway", to=CompanyGateway, required=True, fixed=True)
    client_id = Key(to=Client, live=True, required=True, fixed=True)
    routing_number = Secret()
    is_default = Flag(writable=False)
    meta = Json()

    filters = {"client_id": key("client_id")}
    create, update = storing.add_method, storing.update_method
    actions = {
        "archive": storing.archive_method,
        "restore": storing.restore_method,
        "delete": storing.remove_method,
    }
