"""What a client answers to a quote. Everything of one answer happens, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import mark_sent as issue_invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.operations import approve_quote, convert_quote, update_quote
from comptoir.tenancy.locking import lock


@operation
def accept_quote(
    quote: Quote, proof: Mapping[str, Any], po_number: str = "", *, by: Actor, on: date
) -> Invoice | None:
    """Approve it; where the company says so it becomes an invoice that is issued at once (decision R4).

    ``proof`` is what was signed. The invoice belongs to whoever the quote belongs to. Raises WrongState.
    """
    lock(quote, quote.client)
    approve_quote(quote, by=by, on=on, proof=proof)
    if po_number:
        update_quote(quote, {"po_number": po_number}, by=by, on=on)
    if not quote.client.preferences.auto_convert_quote or quote.invoice_id is not None:
        return None
    invoice = convert_quote(quote, by=by, on=on)
    invoice.user_id, invoice.assigned_user_id = quote.user_id, quote.assigned_user_id
    invoice.save(update_fields=["user", "assigned_user", "updated_at"])
    return issue_invoice(invoice, by=by, on=on)
