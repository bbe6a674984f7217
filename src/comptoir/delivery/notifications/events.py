"""What people may be told of by mail: the wire's words ``<event>_all`` and ``<event>_user``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact
from comptoir.catalogue.facts import ProductRanLow
from comptoir.collecting.facts import (
    DisputeLost,
    DisputeWon,
    PayingFailed,
    PayingOdd,
    PaymentDisputed,
    ReturnedByGateway,
    ReturnOdd,
)
from comptoir.payments.facts import PaymentRecorded, PaymentRefundUndone
from comptoir.sales.credits.facts import CreditCreated, CreditSent, CreditViewed
from comptoir.sales.invoices.facts import InvoiceCreated, InvoiceLate, InvoiceSent, InvoiceViewed
from comptoir.sales.quotes.facts import (
    QuoteApproved,
    QuoteCreated,
    QuoteExpired,
    QuoteRejected,
    QuoteSent,
    QuoteViewed,
)
from comptoir.sales.recurring.facts import RecurringCancellationAsked


@dataclass(frozen=True)
class Event:
    """``label`` is what the page of one's account says; ``phrase`` is the mail's, without a full stop.

    ``entity`` is the word of the right to see it. ``told_by`` are the facts that may be it; which of two
    events such a fact is, the record says (``subjects``). ``by_default``: owner and administrators are told
    unless they chose otherwise, since nothing else would tell them.
    """

    label: Any
    phrase: Any
    entity: str
    told_by: tuple[type[Fact], ...]
    by_default: bool = False


EVENTS: Final[Mapping[str, Event]] = {
    "invoice_created": Event(
        _("An invoice is created"),
        _("{who} created invoice {number} for {client}"),
        "invoice",
        (InvoiceCreated,),
    ),
    "invoice_sent": Event(
        _("An invoice is sent"),
        _("Invoice {number} of {client} was sent by {who}"),
        "invoice",
        (InvoiceSent,),
    ),
    "invoice_viewed": Event(
        _("A client looks at an invoice"),
        _("{who} looked at invoice {number} of {client}"),
        "invoice",
        (InvoiceViewed,),
    ),
    "invoice_late": Event(
        _("An invoice is overdue"), _("Invoice {number} of {client} is overdue"), "invoice", (InvoiceLate,)
    ),
    "quote_created": Event(
        _("A quote is created"), _("{who} created quote {number} for {client}"), "quote", (QuoteCreated,)
    ),
    "quote_sent": Event(
        _("A quote is sent"), _("Quote {number} of {client} was sent by {who}"), "quote", (QuoteSent,)
    ),
    "quote_viewed": Event(
        _("A client looks at a quote"),
        _("{who} looked at quote {number} of {client}"),
        "quote",
        (QuoteViewed,),
    ),
    "quote_approved": Event(
        _("A client approves a quote"),
        _("{who} approved quote {number} of {client}"),
        "quote",
        (QuoteApproved,),
    ),
    "quote_rejected": Event(
        _("A client rejects a quote"),
        _("{who} rejected quote {number} of {client}"),
        "quote",
        (QuoteRejected,),
    ),
    "quote_expired": Event(
        _("A quote expires"), _("Quote {number} of {client} has expired"), "quote", (QuoteExpired,)
    ),
    "credit_created": Event(
        _("A credit note is created"),
        _("{who} created credit note {number} for {client}"),
        "credit",
        (CreditCreated,),
    ),
    "credit_sent": Event(
        _("A credit note is sent"),
        _("Credit note {number} of {client} was sent by {who}"),
        "credit",
        (CreditSent,),
    ),
    "credit_viewed": Event(
        _("A client looks at a credit note"),
        _("{who} looked at credit note {number} of {client}"),
        "credit",
        (CreditViewed,),
    ),
    "payment_success": Event(
        _("A payment comes in online"), _("{client} paid {amount} online"), "payment", (PaymentRecorded,)
    ),
    "payment_manual": Event(
        _("A payment is entered"),
        _("{who} entered a payment of {amount} by {client}"),
        "payment",
        (PaymentRecorded,),
    ),
    "payment_failure": Event(
        _("An online payment fails"),
        _("An online payment of {amount} by {client} failed"),
        "payment",
        (PayingFailed, PayingOdd),
    ),
    "payment_refunded": Event(
        _("A payment is refunded at the gateway"),
        _("{amount} paid by {client} was refunded at the gateway"),
        "payment",
        (ReturnedByGateway, ReturnOdd),
        by_default=True,
    ),
    "refund_failed": Event(
        _("A refund fails at the bank"),
        _("A refund of {amount} to {client} came back from the bank"),
        "payment",
        (PaymentRefundUndone,),
        by_default=True,
    ),
    "payment_disputed": Event(
        _("A client's bank contests a payment"),
        _("News of the dispute about {amount} paid by {client}"),
        "payment",
        (PaymentDisputed, DisputeWon, DisputeLost),
        by_default=True,
    ),
    "inventory_threshold": Event(
        _("A product is running low"),
        _("Product {number} is running low: {amount} left"),
        "product",
        (ProductRanLow,),
        by_default=True,
    ),
    "recurring_invoice_cancellation": Event(
        _("A client wants to end a recurring invoice"),
        _("{who} asks to end recurring invoice {number} of {client}"),
        "recurring_invoice",
        (RecurringCancellationAsked,),
        by_default=True,
    ),
}
"""By the wire's word. Some are ours, since the wire has none: those of the gateway, and the last."""


def words_of(kind: type[Fact]) -> tuple[str, ...]:
    """The events that a fact may be."""
    return tuple(word for word, event in EVENTS.items() if kind in event.told_by)
