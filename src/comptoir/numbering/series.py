"""Which counter a series uses."""

from __future__ import annotations

from typing import Final

from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue.numbers import SERIES
from comptoir.preferences.catalogue.setting import COMPANY_ONLY

from .patterns import Context, level
from .rules import is_gap_free

_SHARED: Final = {"quote": "shared_invoice_quote_counter", "credit": "shared_invoice_credit_counter"}


def counted_as(series: str, preferences: Preferences) -> str:
    """The series whose counter is used: quotes and credits may share the invoices'.

    Not quotes where invoices must have no gaps: a quote would make one.
    """
    switch = _SHARED.get(series)
    if not switch or not preferences[switch]:
        return series
    return series if is_gap_free("invoice") and not is_gap_free(series) else "invoice"


def scope_of(series: str, pattern: str, context: Context) -> str:
    """ "" for the company's counter, "client:12" or "group:3" where the pattern asks for one.

    Without a client or group, and for series of the company alone, it is the company's.
    """
    _, levels = SERIES[series]
    owner = "company" if levels == COMPANY_ONLY else level(pattern)
    if owner == "client" and context.client is not None:
        return client_scope(context.client.pk)
    if owner == "group" and context.group_id is not None:
        return group_scope(context.group_id)
    return ""


def client_scope(client_id: int) -> str:
    return f"client:{client_id}"


def group_scope(group_id: int) -> str:
    return f"group:{group_id}"
