"""Payment gateways (contract schemas.json company_gateway). Credentials are never shown again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.outbox import queue
from comptoir.api.resources.wire import CustomValues, Dated
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Derived, Field, Flag, Json, Key, Text, Whole
from comptoir.contract.fields.base import column_field
from comptoir.contract.problems import Problem
from comptoir.contract.reading import Reading
from comptoir.contract.relations import Made
from comptoir.contract.resources import Resource
from comptoir.gateways import config, operations
from comptoir.gateways.handlers import IMPORT_CUSTOMERS
from comptoir.gateways.interface import GatewayFault
from comptoir.gateways.models import PURPOSE, CompanyGateway
from comptoir.gateways.registry import gateway_of
from comptoir.gateways.rules import TOKEN_BILLING
from comptoir.reference import gateway_by_key
from comptoir.reference.static_lists import gateway_row
from comptoir.tenancy import sealing


def opened(sealed: str, company: int) -> dict[str, Any]:
    """The credentials of a database row; nothing where they cannot be read any more."""
    try:
        found = json.loads(sealing.unseal(sealed, PURPOSE, company) or "{}")
    except sealing.Unreadable:
        return {}
    return found if isinstance(found, dict) else {}


def masked(key: str, sealed: str, company: int) -> str:
    """``config`` as apps parse it: a JSON text, asterisks where a secret is set."""
    found = opened(sealed, company)
    return json.dumps(config.shown(key, found), ensure_ascii=False) if found else ""


def is_test(sealed: str, company: int) -> bool:
    """Whether the secret key is one for tests, by the way it is written."""
    return str(opened(sealed, company).get("apiKey") or "").startswith(("sk_test_", "rk_test_"))


class Credentials(Field):
    """``config``: taken as a JSON text or an object; asterisks sent back leave a secret as it is."""

    takes = ("string", "object", "null")

    def bind(self, model: type[models.Model]) -> None:
        self.attribute = "config"
        names = ("gateway_key", "sealed_config", "company")
        self.selected = [f't."{column_field(model, name).column}"' for name in names]

    @property
    def names(self) -> dict[str, Any]:
        return {"_masked": masked}

    def sources(self, vendor: str) -> list[str]:
        return self.selected

    def show(self, slot: str) -> str:
        return f"_masked({slot})"

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        return value


class CompanyGateways(Dated, CustomValues, Resource):
    path, entity, model = "company_gateways", "company_gateway", CompanyGateway

    id = Key("pk", writable=False)
    gateway_key = Text(required=True)
    accepted_credit_cards = Whole()
    require_cvv = Flag(default=True)
    require_billing_address = Flag(default=True)
    require_shipping_address = Flag(default=True)
    require_client_name = Flag()
    require_zip = Flag(sql="false")
    require_postal_code = Flag()
    require_client_phone = Flag()
    require_contact_name = Flag()
    require_contact_email = Flag()
    require_custom_value1 = Flag()
    require_custom_value2 = Flag()
    require_custom_value3 = Flag()
    require_custom_value4 = Flag()
    show_billing_address = Flag(sql="false")
    show_shipping_address = Flag(sql="false")
    update_details = Flag()
    config = Credentials()
    fees_and_limits = Json()
    label = Text()
    token_billing = Text(choices=TOKEN_BILLING, default="off")
    test_mode = Derived(is_test, "sealed_config", "company", kind="boolean", default=False)
    always_show_required_fields = Flag(default=True)

    includes = {
        "gateway": Made(make=lambda keys, view: providers(keys)),
        "system_logs": Made(otherwise=[]),
    }
    search = ("label",)
    create, update = operations.add_gateway, operations.update_gateway
    actions = {
        "archive": operations.archive_gateway,
        "restore": operations.restore_gateway,
        "delete": operations.delete_gateway,
    }
    removes = "archive"

    @route("POST", "{id}/test")
    def test(call: Call) -> HttpResponse:
        """Ask the provider whether it knows the credentials."""
        gateway = call.row("edit")
        try:
            gateway_of(gateway).check()
        except GatewayFault as fault:
            raise Problem(400, str(fault) or _("The gateway does not answer.")) from fault
        return call.message(_("The gateway knows these credentials."))

    @route("POST", "{id}/import_customers")
    def import_customers(call: Call) -> HttpResponse:
        """Make clients of the provider's customers; the worker does it."""
        queue(IMPORT_CUSTOMERS, {"gateway": call.row("edit").pk})
        return call.message(_("The customers are being imported."))


def providers(keys: Sequence[int]) -> Mapping[int, Any]:
    """The provider of each, as the statics show it."""
    rows = CompanyGateway.objects.filter(pk__in=keys).values_list("pk", "gateway_key")
    known = {pk: gateway_by_key(key) for pk, key in rows}
    return {pk: gateway_row(found) for pk, found in known.items() if found is not None}
