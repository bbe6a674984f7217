"""Which invoices pay themselves on the day that they are sent."""

from __future__ import annotations

from typing import Final

from comptoir.sales.invoices.facts import InvoiceSent
from comptoir.sales.recurring.facts import InvoiceGenerated

AUTO_BILL: Final = "collecting.auto_bill"
"""The job that charges a stored method for an invoice, given by ``id``."""


def wants_charging(fact: InvoiceGenerated) -> bool:
    """Invoices of a schedule, charged on the day they are sent."""
    invoice = fact.subject
    return invoice.auto_bill_enabled and invoice.client.preferences.auto_bill_date == "on_send_date"


def wants_charging_anyway(fact: InvoiceSent) -> bool:
    """Ordinary invoices, where the client's settings have them pay themselves on that day."""
    chosen = fact.subject.client.preferences
    return bool(chosen.auto_bill_standard_invoices) and chosen.auto_bill_date == "on_send_date"
