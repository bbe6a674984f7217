"""What follows for quotes when an invoice goes away."""

from __future__ import annotations

from comptoir.activity.operations import tell
from comptoir.sales.invoices.facts import InvoiceDeleted
from comptoir.tenancy.locking import lock

from .facts import QuoteReopened
from .models import Quote, Status


def reopen_quotes(fact: InvoiceDeleted) -> None:
    """The quote that a deleted invoice came from is open again (contract rules 13)."""
    for quote in Quote.objects.filter(invoice=fact.subject):
        lock(quote)
        quote.invoice, quote.status_id = None, Status.SENT
        quote.save()
        tell(QuoteReopened(quote, actor=fact.actor, refs={"invoice": fact.subject}))
