"""Everything that can be done to a company's gateways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.sealing import Unreadable

from . import config, facts, fees, rules
from .models import CompanyGateway

EDITABLE: Final = frozenset(
    {
        "accepted_credit_cards", "always_show_required_fields", "custom_value1", "custom_value2",
        "custom_value3", "custom_value4", "label", "require_billing_address", "require_client_name",
        "require_client_phone", "require_contact_email", "require_contact_name", "require_custom_value1",
        "require_custom_value2", "require_custom_value3", "require_custom_value4", "require_cvv",
        "require_postal_code", "require_shipping_address", "token_billing", "update_details",
    }
)  # fmt: skip


@operation
def add_gateway(fields: Mapping[str, Any], *, by: Actor, on: date) -> CompanyGateway:
    """Add a provider. ``config`` is its credentials, a JSON text or an object; it is kept sealed.

    Raises Refused at gateway_key, config, token_billing or ``fees_and_limits.<type>.<key>``.
    """
    row = CompanyGateway(gateway_key=str(fields.get("gateway_key") or ""), company_id=current_company_id())
    rules.refuse_unknown_provider(row.gateway_key)
    _put(row, fields, {})
    row.save(force_insert=True)
    tell(facts.GatewayAdded(row, actor=by))
    return row


@operation
def update_gateway(row: CompanyGateway, fields: Mapping[str, Any], *, by: Actor, on: date) -> CompanyGateway:
    """Change it; credentials sent as asterisks stay. What was changed is told, never a credential."""
    lock(row)
    shelving.refuse_deleted(row)
    rules.refuse_other_provider(row.gateway_key, fields)
    changes = _put(row, fields, _kept(row))
    row.save()
    tell(facts.GatewayUpdated(row, actor=by, changes=changes))
    return row


@operation
def archive_gateway(row: CompanyGateway, *, by: Actor, on: date) -> CompanyGateway:
    """Offered to nobody any more; payments under way still arrive."""
    shelving.archive(row)
    tell(facts.GatewayArchived(row, actor=by))
    return row


@operation
def delete_gateway(row: CompanyGateway, *, by: Actor, on: date) -> CompanyGateway:
    """Offered to nobody any more. Its credentials stay sealed until it is gone for refunds, too."""
    shelving.delete(row)
    tell(facts.GatewayDeleted(row, actor=by))
    return row


@operation
def restore_gateway(row: CompanyGateway, *, by: Actor, on: date) -> CompanyGateway:
    shelving.restore(row)
    tell(facts.GatewayRestored(row, actor=by))
    return row


def _put(row: CompanyGateway, fields: Mapping[str, Any], kept: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    said = {name: fields[name] for name in EDITABLE if fields.get(name) is not None}
    rules.refuse_odd_billing(said.get("token_billing", row.token_billing))
    if "fees_and_limits" in fields:
        said["fees_and_limits"] = fees.clean(fields["fees_and_limits"])
    changes = changed(row, said)
    if "config" in fields:
        new = config.merged(row.gateway_key, kept, fields["config"])
        if new != kept:
            row.keep(new)
            changes["config"] = ("", config.MASK)
    return changes


def _kept(row: CompanyGateway) -> dict[str, Any]:
    """The credentials; those that cannot be read any more are entered anew."""
    try:
        return row.config
    except Unreadable:
        return {}
