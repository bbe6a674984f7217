"""The kinds of records that have tags, and their names on the wire: the contract's list, which takes tags for
records of rooms that are not there yet as well. What is there is declared in ``activity.kinds``.
"""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    "client": "Client",
    "invoice": "Invoice",
    "quote": "Quote",
    "credit": "Credit",
    "recurringinvoice": "RecurringInvoice",
    "payment": "Payment",
    "product": "Product",
    "project": "Project",
    "task": "Task",
    "vendor": "Vendor",
    "purchaseorder": "PurchaseOrder",
    "expense": "Expense",
    "recurringexpense": "RecurringExpense",
}
"""The word for a table (``activity.facts.kind_of``), and its class on the wire (schemas.json tag)."""

_PREFIX: Final = "App\\Models\\"


def wire_class(kind: str) -> str:
    """``App\\Models\\Invoice`` for "invoice"."""
    return _PREFIX + KINDS[kind]


def kind_from(word: str) -> str:
    """The kind that a word of the wire names, ``App\\Models\\RecurringInvoice`` or ``recurring_invoice``; ""
    when it names none."""
    kind = word.strip().rpartition("\\")[2].replace("_", "").lower()
    return kind if kind in KINDS else ""
