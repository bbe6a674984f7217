"""What a credit note takes over from the invoice that it corrects."""

from __future__ import annotations

from typing import Any, Final

from comptoir.billing import composition
from comptoir.sales.invoices.models import Invoice

COPIED: Final = composition.EDITABLE - {
    *("auto_bill_enabled", "number", "date", "due_date", "partial", "partial_due_date"),
    *("terms", "footer", "design_id"),
}


def copied_from(invoice: Invoice) -> dict[str, Any]:
    """The fields of a credit note of all of it: lines, taxes, discounts, people."""
    fields: dict[str, Any] = {name: getattr(invoice, name) for name in COPIED}
    fields |= {"client": invoice.client, "invoice": invoice, "line_items": invoice.raw_lines}
    fields["invitations"] = [
        {"contact": one.contact} for one in invoice.invitations.live().select_related("contact")
    ]
    return fields
