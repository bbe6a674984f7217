"""Gateways in the system log (contract rules 18): what was asked and what was said, never a credential."""

from __future__ import annotations

from typing import Any, Final

from comptoir.activity import systemlog
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import CUSTOM, STRIPE

_TYPES: Final = {STRIPE: systemlog.Type.STRIPE, CUSTOM: systemlog.Type.CUSTOM_GATEWAY}


def record(
    gateway: CompanyGateway, event: systemlog.Event, said: str, *, client_id: int | None = None, **more: Any
) -> None:
    """One row; ``more`` are plain values beside what the provider said."""
    type_ = _TYPES.get(gateway.gateway_key, systemlog.Type.GENERIC)
    log = {"gateway": gateway.name, "said": said, **more}
    systemlog.record(systemlog.Category.GATEWAY, event, type_, client_id=client_id, log=log)


def success(gateway: CompanyGateway, said: str, **more: Any) -> None:
    record(gateway, systemlog.Event.GATEWAY_SUCCESS, said, **more)


def failure(gateway: CompanyGateway, said: str, **more: Any) -> None:
    """The bank or the provider said no."""
    record(gateway, systemlog.Event.GATEWAY_FAILURE, said, **more)


def error(gateway: CompanyGateway, said: str, **more: Any) -> None:
    """Something is not as it should be: a person looks at it."""
    record(gateway, systemlog.Event.GATEWAY_ERROR, said, **more)
