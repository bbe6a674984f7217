"""Who writes to whom where there is no document: receipts, templates."""

from __future__ import annotations

from datetime import date, datetime

from comptoir.clients.models import Client
from comptoir.sales.invoices.models import Invoice


def letterhead(client: Client, *, on: date, moment: datetime, currency_id: str = "") -> Invoice:
    """An invoice of nothing: what it says of both parties, in which language and currency.

    ``moment`` is when what is written was last true.
    """
    blank = Invoice(company=client.company, client=client, date=on, number="")
    blank.currency_id, blank.updated_at = currency_id or client.currency_id, moment
    return blank
