"""What differs between the documents that are sent: their operations and facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comptoir.activity.facts import Fact
from comptoir.billing.documents import BillingDocument, Invitation
from comptoir.sales.credits import facts as credits
from comptoir.sales.credits.models import Credit, CreditInvitation
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices import facts as invoices
from comptoir.sales.invoices.models import Invoice, InvoiceInvitation
from comptoir.sales.invoices.operations import mark_sent as issue_invoice
from comptoir.sales.quotes import facts as quotes
from comptoir.sales.quotes.models import Quote, QuoteInvitation
from comptoir.sales.quotes.operations import mark_sent as issue_quote


@dataclass(frozen=True)
class Sendable:
    """A kind of document: its tables, how it is issued, what is told when it is mailed or viewed."""

    model: type[BillingDocument]
    invitation: type[Invitation]
    issue: Callable[..., Any]
    emailed: type[Fact]
    viewed: type[Fact]


KINDS = {
    "invoice": Sendable(
        Invoice, InvoiceInvitation, issue_invoice, invoices.InvoiceEmailed, invoices.InvoiceViewed
    ),
    "quote": Sendable(Quote, QuoteInvitation, issue_quote, quotes.QuoteEmailed, quotes.QuoteViewed),
    "credit": Sendable(Credit, CreditInvitation, issue_credit, credits.CreditEmailed, credits.CreditViewed),
}


def kind_of(document: BillingDocument) -> Sendable:
    return KINDS[document._meta.model_name or ""]
