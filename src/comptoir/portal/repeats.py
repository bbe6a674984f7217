"""Which recurring invoices a client may see."""

from __future__ import annotations

from typing import Any, Final

from comptoir.clients.models import Client
from comptoir.sales.recurring.models import RecurringInvoice, Status
from comptoir.tenancy.models import Company

_BIT: Final = 1
"""The module's bit in the company's mask (contract rules 27)."""


def is_on(company: Company) -> bool:
    """Whether the company uses them at all."""
    return bool(company.enabled_modules & _BIT)


def visible(client: Client) -> Any:
    """The client's, drafts and deleted ones left out."""
    return RecurringInvoice.objects.filter(client=client, deleted_at=None, status_id__gt=Status.DRAFT)
