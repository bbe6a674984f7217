"""Numbers of the wire in words: statuses, kinds of lines, rhythms, ways of paying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import pgettext_lazy

from comptoir.payments.models import Status as Payment
from comptoir.sales.credits.models import Status as Credit
from comptoir.sales.invoices.models import Status as Invoice
from comptoir.sales.quotes.models import Status as Quote
from comptoir.sales.recurring.models import AutoBill
from comptoir.sales.recurring.models import Status as Recurring

STATUSES: Final[Mapping[str, Mapping[int, Any]]] = {
    "invoice": {
        Invoice.DRAFT: pgettext_lazy("status of an invoice", "Draft"),
        Invoice.SENT: pgettext_lazy("status of an invoice", "Sent"),
        Invoice.PARTIAL: pgettext_lazy("status of an invoice", "Partly paid"),
        Invoice.PAID: pgettext_lazy("status of an invoice", "Paid"),
        Invoice.CANCELLED: pgettext_lazy("status of an invoice", "Cancelled"),
        Invoice.REVERSED: pgettext_lazy("status of an invoice", "Reversed"),
    },
    "quote": {
        Quote.DRAFT: pgettext_lazy("status of a quote", "Draft"),
        Quote.SENT: pgettext_lazy("status of a quote", "Sent"),
        Quote.APPROVED: pgettext_lazy("status of a quote", "Approved"),
        Quote.CONVERTED: pgettext_lazy("status of a quote", "Converted"),
        Quote.REJECTED: pgettext_lazy("status of a quote", "Rejected"),
    },
    "credit": {
        Credit.DRAFT: pgettext_lazy("status of a credit", "Draft"),
        Credit.SENT: pgettext_lazy("status of a credit", "Sent"),
        Credit.PARTIAL: pgettext_lazy("status of a credit", "Partly used"),
        Credit.APPLIED: pgettext_lazy("status of a credit", "Used"),
    },
    "recurring_invoice": {
        Recurring.DRAFT: pgettext_lazy("status of a recurring invoice", "Draft"),
        Recurring.ACTIVE: pgettext_lazy("status of a recurring invoice", "Active"),
        Recurring.PAUSED: pgettext_lazy("status of a recurring invoice", "Paused"),
        Recurring.COMPLETED: pgettext_lazy("status of a recurring invoice", "Completed"),
    },
    "payment": {
        Payment.PENDING: pgettext_lazy("status of a payment", "Pending"),
        Payment.CANCELLED: pgettext_lazy("status of a payment", "Cancelled"),
        Payment.FAILED: pgettext_lazy("status of a payment", "Failed"),
        Payment.COMPLETED: pgettext_lazy("status of a payment", "Completed"),
        Payment.PARTLY_REFUNDED: pgettext_lazy("status of a payment", "Partly refunded"),
        Payment.REFUNDED: pgettext_lazy("status of a payment", "Refunded"),
    },
}

LINE_TYPES: Final[Mapping[str, Any]] = {
    "1": pgettext_lazy("type of a line", "Product"),
    "2": pgettext_lazy("type of a line", "Service"),
    "3": pgettext_lazy("type of a line", "Payment fee, unpaid"),
    "4": pgettext_lazy("type of a line", "Payment fee"),
    "5": pgettext_lazy("type of a line", "Late fee"),
    "6": pgettext_lazy("type of a line", "Expense"),
}

AUTO_BILL: Final[Mapping[str, Any]] = {
    AutoBill.OFF: pgettext_lazy("charged by itself", "No"),
    AutoBill.ALWAYS: pgettext_lazy("charged by itself", "Always"),
    AutoBill.OPT_IN: pgettext_lazy("charged by itself", "If the client wants it"),
    AutoBill.OPT_OUT: pgettext_lazy("charged by itself", "Unless the client declines"),
}


OF_ALL: Final[Mapping[str, Any]] = {
    "company": pgettext_lazy("attached to", "The company"),
    "group": pgettext_lazy("attached to", "Group"),
}
"""What has files, and is no kind of records."""


def status(entity: str, record: Any) -> str:
    """The status of a record in the language in force."""
    return str(STATUSES[entity].get(record.status_id, ""))
