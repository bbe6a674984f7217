"""A provider's notification: it only makes us ask the provider, and is answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.core.cache import cache

from comptoir.activity.outbox import queue
from comptoir.gateways.interface import GatewayFault, NotSigned
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import gateway_of
from comptoir.kernel import ids
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from . import log
from .models import Attempt

FOLLOW: Final = "collecting.follow"
RETURNS: Final = "collecting.returns"
"""The job that looks for what went back of some money, given by ``gateway`` and ``reference``."""

A_WHILE: Final = 600
"""Seconds between two notes of forged notifications."""

LARGEST: Final = 512 * 1024
"""Bytes of a notification that we read."""


class Unknown(Exception):
    """Nobody is at this address."""


def hear(company_key: str, gateway_key: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Take a notification: verified, then left to the worker. Raises Unknown, NotSigned."""
    company = Company.objects.filter(company_key=company_key, deleted_at=None).first()
    if company is None:
        raise Unknown
    with acting_for(company):
        row = CompanyGateway.objects.filter(pk=ids.decode(gateway_key) or 0).first()
        if row is None:
            raise Unknown
        try:
            heard = gateway_of(row).heard(body, headers)
        except NotSigned as fault:
            _note(row, str(fault) or "not signed")
            raise
        except GatewayFault as fault:
            raise NotSigned(str(fault)) from fault
        if heard.money:
            told = {"gateway": row.pk, "reference": heard.money}
            queue(RETURNS, told, key=f"heard:{row.pk}:{heard.id}"[:190])
            return
        attempt = _about(row, heard.key, heard.reference)
        if attempt is not None:
            told = {"attempt": attempt.pk, "reference": heard.reference}
            queue(FOLLOW, told, key=f"heard:{row.pk}:{heard.id}"[:190])


def _note(row: CompanyGateway, said: str) -> None:
    """On record, but not once for each forged notification: anybody can send those."""
    if cache.add(f"not-signed:{row.pk}", 1, timeout=A_WHILE):
        log.error(row, said)


def _about(row: CompanyGateway, key: str, reference: str) -> Attempt | None:
    """The try that it is about, if it is one of ours at this gateway."""
    rows = Attempt.objects.filter(gateway=row)
    found = rows.filter(key=key).first() if key else None
    return found or (rows.filter(reference=reference).first() if reference else None)
