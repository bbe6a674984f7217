"""Which providers this version speaks to; each is imported when it is first asked for."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.tenancy.sealing import Unreadable

from .interface import Gateway, Misconfigured
from .models import CompanyGateway

CUSTOM: Final = "54faab2ab6e3223dbe848b1686490baa"
STRIPE: Final = "d14dd26a37cecc30fdd65700bfb55b23"

_HOMES: Final = {CUSTOM: "comptoir.gateways.custom.gateway", STRIPE: "comptoir.gateways.stripe.gateway"}
"""Modules with a class ``Provider``, by the gateway's key in the statics."""


def is_spoken(key: str) -> bool:
    """Whether this version speaks to the provider; others are kept for other apps."""
    return key in _HOMES


@lru_cache(maxsize=8)
def provider(key: str) -> type[Gateway]:
    """The class of a provider. Raises Misconfigured for one that we do not speak to."""
    if key not in _HOMES:
        raise Misconfigured(key)
    found: type[Gateway] = import_module(_HOMES[key]).Provider
    return found


def gateway_of(row: CompanyGateway) -> Gateway:
    """Speak to a company's gateway, with its credentials. Raises Misconfigured."""
    try:
        return make(row.gateway_key, row.config)
    except Unreadable as error:
        raise Misconfigured(str(_("The credentials cannot be read any more. Enter them again."))) from error


def make(key: str, config: dict[str, Any]) -> Gateway:
    return provider(key)(config)  # type: ignore[call-arg]


def secrets_of(key: str) -> frozenset[str] | None:
    """The credentials never shown again; None: all, for a provider that we do not know."""
    return provider(key).secrets if is_spoken(key) else None


def refuse_unspoken(key: str) -> None:
    if not is_spoken(key):
        raise Refused("gateway_key", _("This version does not speak to this provider."))
