"""What follows for quotes when an invoice goes away, or their client becomes another or is erased."""

from __future__ import annotations

from comptoir.activity.operations import tell
from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows, repoint_contacts
from comptoir.sales.invoices.facts import InvoiceDeleted
from comptoir.tenancy.locking import lock

from .facts import QuoteReopened
from .models import Quote, QuoteInvitation, Status


def reopen_quotes(fact: InvoiceDeleted) -> None:
    """The quote that a deleted invoice came from is open again (contract rules 13)."""
    for quote in Quote.objects.filter(invoice=fact.subject):
        lock(quote)
        quote.invoice, quote.status_id = None, Status.SENT
        quote.save()
        tell(QuoteReopened(quote, actor=fact.actor, refs={"invoice": fact.subject}))


def move_quotes(fact: ClientMerged) -> None:
    move_rows(fact, Quote)
    repoint_contacts(fact, QuoteInvitation)


def erase_quotes(fact: ClientPurged) -> None:
    erase_rows(fact, Quote)
