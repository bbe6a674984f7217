"""What templates are run over, and which lists each of them may repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from comptoir.activity import kinds

LINES: Final = ("products", "tasks")

SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "client": ("contacts", "invoices", "open_invoices", "quotes", "credits", "payments"),
    "invoice": (*LINES, "payments", "instalments"),
    "quote": LINES,
    "credit": LINES,
    "recurring_invoice": LINES,
    "payment": ("invoices",),
}
"""The lists of one record, by its entity."""

DOCUMENT: Final = (
    "number", "date", "due_date", "amount", "total", "balance", "paid_to_date", "amount_due", "requested_by",
    "total_taxes", "po_number", "status", "public_notes",
)  # fmt: skip
PAYMENT: Final = (
    "number", "date", "amount", "applied", "unapplied", "refunded", "method", "transaction_reference",
)  # fmt: skip
INSTALMENT: Final = ("number", "date", "amount")
SUMS: Final = ("count", "amount", "balance")

LISTS: Final = frozenset(
    name for entity, lists in SUBJECTS.items() for name in (kinds.named(entity).plural, *lists)
)
"""Everything that may be repeated: all the chosen records, and the lists of each."""

NAMES: Final = frozenset((
    *(f"{kind}.{name}" for kind in ("invoice", "quote", "credit", "recurring_invoice") for name in DOCUMENT),
    *(f"payment.{name}" for name in PAYMENT),
    *(f"instalment.{name}" for name in INSTALMENT),
    *(f"{name}.{key}" for name in LISTS - {*LINES, "contacts", "instalments"} for key in SUMS),
    "invoice.applied",
))  # fmt: skip
"""What a template may name beside what every design may."""
