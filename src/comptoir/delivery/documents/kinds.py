"""What differs between the documents that are sent: their operations and facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from comptoir.activity.facts import Fact
from comptoir.billing.documents import BillingDocument, Invitation
from comptoir.sales.credits import facts as credits
from comptoir.sales.credits.models import Credit, CreditInvitation
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices import facts as invoices
from comptoir.sales.invoices import instalments
from comptoir.sales.invoices import reminders as invoice_reminders
from comptoir.sales.invoices.models import Invoice, InvoiceInvitation
from comptoir.sales.invoices.operations import mark_sent as issue_invoice
from comptoir.sales.quotes import facts as quotes
from comptoir.sales.quotes import reminders as quote_reminders
from comptoir.sales.quotes.models import Quote, QuoteInvitation
from comptoir.sales.quotes.operations import mark_sent as issue_quote
from comptoir.sales.recurring import facts as recurring
from comptoir.sales.recurring.models import RecurringInvitation, RecurringInvoice
from comptoir.sales.recurring.operations import start


@dataclass(frozen=True)
class Sendable:
    """A kind of document: its tables, how it is issued, what is told when it is mailed or viewed.

    ``owner`` is what an invitation calls its document.
    """

    model: type[BillingDocument]
    invitation: type[Invitation]
    issue: Callable[..., Any]
    emailed: type[Fact]
    viewed: type[Fact]
    owner: str
    reminded: Mapping[str, type[Fact]] = field(default_factory=dict)
    """By the template of a reminder: what is told instead."""
    call: Callable[[Any, date], object] | None = None
    """Marks the instalments that are due on a day as asked for: the mail asks for them."""
    remember: Callable[..., None] | None = None
    """Writes down that a person sent a reminder: ``remember(document, stage, on, by=)``."""


KINDS = {
    "invoice": Sendable(
        Invoice,
        InvoiceInvitation,
        issue_invoice,
        invoices.InvoiceEmailed,
        invoices.InvoiceViewed,
        "invoice",
        {
            "reminder1": invoices.FirstReminderEmailed,
            "reminder2": invoices.SecondReminderEmailed,
            "reminder3": invoices.ThirdReminderEmailed,
            "reminder_endless": invoices.EndlessReminderEmailed,
        },
        instalments.call,
        invoice_reminders.remember_by_hand,
    ),
    "quote": Sendable(
        Quote,
        QuoteInvitation,
        issue_quote,
        quotes.QuoteEmailed,
        quotes.QuoteViewed,
        "quote",
        {"quote_reminder1": quotes.QuoteReminderEmailed},
        remember=quote_reminders.remember_by_hand,
    ),
    "credit": Sendable(
        Credit, CreditInvitation, issue_credit, credits.CreditEmailed, credits.CreditViewed, "credit"
    ),
    "recurring_invoice": Sendable(
        RecurringInvoice,
        RecurringInvitation,
        start,
        recurring.RecurringEmailed,
        recurring.RecurringViewed,
        "recurring",
    ),
}


def kind_of(document: BillingDocument) -> Sendable:
    return KINDS[document.kind.entity]
