"""When a billing document may not be saved as sent."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from comptoir.clients.models import Client
from comptoir.kernel.money import LIMIT
from comptoir.kernel.refused import Refused

from .documents import BillingDocument


def refuse_missing_client(fields: Mapping[str, Any]) -> Client:
    """The client of a new document: it must be there and not deleted."""
    client = fields.get("client")
    if client is None:
        raise Refused("client_id", _("Choose a client."))
    if client.is_deleted:
        raise Refused("client_id", _("This client is deleted. Restore it first."))
    return client


def refuse_other_client(document: BillingDocument, fields: Mapping[str, Any]) -> None:
    """A document keeps its client for life."""
    client = fields.get("client", document.client)
    if client is None or client.pk != document.client_id:
        raise Refused("client_id", _("The client of a saved document cannot be changed."))


def refuse_crossed_dates(document: BillingDocument) -> None:
    """A deposit is due before the rest (contract schemas: partial_due_date before due_date)."""
    first, last = document.partial_due_date, document.due_date
    if document.partial <= 0 or first is None:
        return
    if last is None:
        raise Refused("due_date", _("Say when the rest is due, after the deposit."))
    if first >= last:
        raise Refused("partial_due_date", _("The deposit must be due before the rest."))


def refuse_crossed_period(document: BillingDocument) -> None:
    """A period ends on or after the day it begins; one side alone says nothing (EN 16931 BR-29, BG-14)."""
    start, end = document.period_start, document.period_end
    if start is not None and end is not None and end < start:
        raise Refused("period_end", _("The period must end after it begins."))


def refuse_too_much(document: BillingDocument) -> None:
    """More than a column holds is refused in words (docs/money.md)."""
    for figure in (document.amount, document.total_taxes):
        if abs(figure) > LIMIT:
            raise Refused("line_items", _("These lines come to more than can be counted."))


def refuse_negative_partial(document: BillingDocument) -> None:
    if document.partial < 0:
        raise Refused("partial", _("A deposit cannot be negative."))


def refuse_negative_rate(document: BillingDocument) -> None:
    if document.exchange_rate < 0:
        raise Refused("exchange_rate", _("A rate of exchange cannot be negative."))


def clamp_partial(document: BillingDocument) -> None:
    """A deposit is never more than the document asks for (decision M7)."""
    limit = document.balance if document.balance > 0 else document.amount
    document.partial = max(Decimal(0), min(document.partial, limit))


def month_is_over(day: date, on: date) -> bool:
    """Whether the month of ``day`` has ended by ``on`` (its last day counts as ended)."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) <= on
