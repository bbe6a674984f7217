"""What a gateway and a stored method must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.reference import gateway_by_key, gateway_type

TOKEN_BILLING: Final = ("off", "always", "optin", "optout")


def refuse_unknown_provider(key: str) -> None:
    if gateway_by_key(key) is None:
        raise Refused("gateway_key", _("Choose a provider."))


def refuse_other_provider(kept: str, sent: Mapping[str, Any]) -> None:
    if sent.get("gateway_key", kept) not in ("", None, kept):
        raise Refused("gateway_key", _("The provider of a saved gateway cannot be changed. Add another one."))


def refuse_odd_billing(word: str) -> None:
    if word not in TOKEN_BILLING:
        raise Refused("token_billing", _("Choose when payment methods are kept."))


def refuse_incomplete_method(fields: Mapping[str, Any]) -> None:
    """A stored method is of a client, at a gateway, and of a kind."""
    faults: dict[str, list[Any]] = {}
    if fields.get("client") is None:
        faults["client_id"] = [_("Choose a client.")]
    if fields.get("gateway") is None:
        faults["company_gateway_id"] = [_("Choose a payment gateway.")]
    if gateway_type(str(fields.get("gateway_type_id") or "")) is None:
        faults["gateway_type_id"] = [_("Choose a way of paying.")]
    if faults:
        raise Refused.many(faults)
