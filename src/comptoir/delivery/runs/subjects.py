"""What templates are run over, and which lists each of them may repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.clients.models import Client
from comptoir.payments.models import Payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice


@dataclass(frozen=True)
class Subject:
    """``plural`` is the list of all the chosen records, ``lists`` are those of one of them."""

    model: Any
    plural: str
    label: Any
    lists: tuple[str, ...] = ()


LINES: Final = ("products", "tasks")

SUBJECTS: Final = {
    "client": Subject(
        Client,
        "clients",
        _("Clients"),
        ("contacts", "invoices", "open_invoices", "quotes", "credits", "payments"),
    ),
    "invoice": Subject(Invoice, "invoices", _("Invoices"), (*LINES, "payments", "instalments")),
    "quote": Subject(Quote, "quotes", _("Quotes"), LINES),
    "credit": Subject(Credit, "credits", _("Credits"), LINES),
    "recurring_invoice": Subject(
        RecurringInvoice, "recurring_invoices", _("Recurring invoices"), LINES
    ),
    "payment": Subject(Payment, "payments", _("Payments"), ("invoices",)),
}  # fmt: skip
"""By the word of rights and of the wire."""

DOCUMENT: Final = (
    "number", "date", "due_date", "amount", "total", "balance", "paid_to_date", "amount_due", "requested_by",
    "total_taxes", "po_number", "status", "public_notes",
)  # fmt: skip
PAYMENT: Final = (
    "number", "date", "amount", "applied", "unapplied", "refunded", "method", "transaction_reference",
)  # fmt: skip
INSTALMENT: Final = ("number", "date", "amount")
SUMS: Final = ("count", "amount", "balance")

LISTS: Final = frozenset(name for each in SUBJECTS.values() for name in (each.plural, *each.lists))
"""Everything that may be repeated."""

NAMES: Final = frozenset((
    *(f"{kind}.{name}" for kind in ("invoice", "quote", "credit", "recurring_invoice") for name in DOCUMENT),
    *(f"payment.{name}" for name in PAYMENT),
    *(f"instalment.{name}" for name in INSTALMENT),
    *(f"{name}.{key}" for name in LISTS - {*LINES, "contacts", "instalments"} for key in SUMS),
    "invoice.applied",
))  # fmt: skip
"""What a template may name beside what every design may."""
