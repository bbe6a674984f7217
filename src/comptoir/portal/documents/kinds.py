"""What differs between the kinds of documents in the portal: words, states, tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.models import Status as QuoteStatus
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.sales.recurring.models import Status as RecurringStatus
from comptoir.tenancy.models import Company

DRAFT: Final = 1
"""The status that all have in common: nobody outside sees it."""

Narrow = Callable[[Any, date], Any]


@dataclass(frozen=True)
class Kind:
    """Its words are those that a client reads: what the company calls a credit is a credit note to them."""

    model: type[BillingDocument]
    one: Any
    many: Any
    none: Any
    statuses: Mapping[int, tuple[Any, str]]
    filters: Sequence[tuple[str, Any, Narrow]] = ()
    live_status: Callable[[Any, date], tuple[Any, str] | None] = lambda _document, _on: None
    bit: int = 0
    """The module's bit in the company's mask (contract rules 27)."""

    @property
    def name(self) -> str:
        """The word of one ("invoice")."""
        return self.model.kind.entity

    @property
    def key(self) -> str:
        """The word of the addresses ("invoices")."""
        return self.model.kind.plural

    def is_on(self, company: Company) -> bool:
        return not self.bit or bool(company.enabled_modules & self.bit)

    def visible(self, client: Client) -> Any:
        """The client's documents of this kind, drafts and deleted ones left out."""
        return self.model.objects.filter(client=client, deleted_at=None).exclude(status_id=DRAFT)

    def url(self, document: BillingDocument, page: str = "") -> str:
        name = f"portal:{self.name}" + (f"-{page}" if page else "")
        return reverse(name, args=[ids.encode(document.pk)])

    @property
    def table(self) -> str:
        """What files call their owner."""
        return self.model.kind.word

    @property
    def list_url(self) -> str:
        return reverse(f"portal:{self.key}")

    def status(self, document: Any, on: date) -> tuple[str, str]:
        """The word of its state and the badge that shows it."""
        label, badge = self.live_status(document, on) or self.statuses[document.status_id]
        return str(label), badge


def _late(invoice: Invoice, on: date) -> tuple[Any, str] | None:
    return (pgettext_lazy("invoice", "Overdue"), "overdue") if invoice.is_overdue(on) else None


def _expired(quote: Quote, on: date) -> tuple[Any, str] | None:
    return (pgettext_lazy("quote", "Expired"), "expired") if quote.is_expired(on) else None


INVOICES: Final = Kind(
    model=Invoice,
    one=_("Invoice"),
    many=_("Invoices"),
    none=_("No invoice here"),
    statuses={
        InvoiceStatus.SENT: (pgettext_lazy("invoice", "To pay"), "sent"),
        InvoiceStatus.PARTIAL: (pgettext_lazy("invoice", "Partly paid"), "partial"),
        InvoiceStatus.PAID: (pgettext_lazy("invoice", "Paid"), "paid"),
        InvoiceStatus.CANCELLED: (pgettext_lazy("invoice", "Cancelled"), "cancelled"),
        InvoiceStatus.REVERSED: (pgettext_lazy("invoice", "Reversed"), "reversed"),
    },
    filters=(
        ("open", _("To pay"), lambda rows, _on: rows.payable()),
        ("overdue", _("Overdue"), lambda rows, on: rows.overdue(on)),
        (
            "paid",
            pgettext_lazy("invoices", "Paid"),
            lambda rows, _on: rows.filter(status_id=InvoiceStatus.PAID),
        ),
    ),
    live_status=_late,
)
QUOTES: Final = Kind(
    model=Quote,
    one=_("Quote"),
    many=_("Quotes"),
    none=_("No quote here"),
    statuses={
        QuoteStatus.SENT: (pgettext_lazy("quote", "Awaiting your answer"), "pending"),
        QuoteStatus.APPROVED: (pgettext_lazy("quote", "Approved"), "approved"),
        QuoteStatus.CONVERTED: (pgettext_lazy("quote", "Invoiced"), "converted"),
        QuoteStatus.REJECTED: (pgettext_lazy("quote", "Turned down"), "rejected"),
    },
    filters=(
        ("open", _("Awaiting your answer"), lambda rows, on: rows.awaiting(on)),
        (
            "approved",
            pgettext_lazy("quotes", "Approved"),
            lambda rows, _on: rows.filter(
                Q(status_id=QuoteStatus.APPROVED) | Q(status_id=QuoteStatus.CONVERTED)
            ),
        ),
        ("expired", pgettext_lazy("quotes", "Expired"), lambda rows, on: rows.expired(on)),
    ),
    live_status=_expired,
    bit=4,
)
CREDITS: Final = Kind(
    model=Credit,
    one=_("Credit note"),
    many=_("Credit notes"),
    none=_("No credit note here"),
    statuses={
        CreditStatus.SENT: (pgettext_lazy("credit", "To use"), "sent"),
        CreditStatus.PARTIAL: (pgettext_lazy("credit", "Partly used"), "partial"),
        CreditStatus.APPLIED: (pgettext_lazy("credit", "Used up"), "applied"),
    },
    bit=2,
)
RECURRING: Final = Kind(
    model=RecurringInvoice,
    one=_("Recurring invoice"),
    many=_("Recurring invoices"),
    none=_("No recurring invoice here"),
    statuses={
        RecurringStatus.ACTIVE: (pgettext_lazy("recurring invoice", "Active"), "active"),
        RecurringStatus.PAUSED: (pgettext_lazy("recurring invoice", "Paused"), "paused"),
        RecurringStatus.COMPLETED: (pgettext_lazy("recurring invoice", "Completed"), "completed"),
    },
    bit=1,
)
KINDS: Final = {kind.name: kind for kind in (INVOICES, QUOTES, CREDITS, RECURRING)}
