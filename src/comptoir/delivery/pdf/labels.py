"""The words printed on documents, in the language of the document, or in the company's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: Final[Mapping[str, str | Promise]] = {
    "invoice": _("Invoice"),
    "quote": _("Quote"),
    "credit": _("Credit note"),
    "purchase_order": _("Purchase order"),
    "recurring_invoice": _("Invoice"),
    "deposit_invoice": _("Deposit invoice"),
    "delivery_note": _("Delivery note"),
    "client": _("Client"),
    "payments": _("Payments"),
    "statement": _("Statement of account"),
    "open_invoices": _("Open invoices"),
    "nothing_open": _("Nothing is left to pay."),
    "received_by": _("Received by (name, date, signature)"),
    "payment_receipt": _("Receipt"),
    "payment_date": _("Payment date"),
    "method": pgettext_lazy("payment", "Method"),
    "amount_received": _("Amount received"),
    "receipt_invoiced": pgettext_lazy("receipt", "Invoiced"),
    "receipt_paid": pgettext_lazy("receipt", "Paid"),
    "receipt_unapplied": _("Left for other invoices"),
    "receipt_refunded": pgettext_lazy("receipt", "Refunded"),
    "number": _("Number"),
    "invoice_number": _("Invoice number"),
    "quote_number": _("Quote number"),
    "credit_number": _("Credit note number"),
    "purchase_order_number": _("Order number"),
    "date": _("Date"),
    "invoice_date": _("Invoice date"),
    "quote_date": _("Quote date"),
    "credit_date": _("Credit note date"),
    "purchase_order_date": _("Order date"),
    "due_date": _("Due date"),
    "valid_until": _("Valid until"),
    "delivery_date": _("Delivery date"),
    "period": _("Period"),
    "po_number": _("Your reference"),
    "project": _("Project"),
    "corrects": _("Corrects invoice"),
    "preceding": _("Preceding invoice"),
    "from": _("From"),
    "to": _("Billed to"),
    "vendor": _("Ordered from"),
    "ship_to": _("Delivered to"),
    "client_number": _("Client number"),
    "id_number": _("ID number"),
    "siren": _("SIREN"),
    "siret": _("SIRET"),
    "vat_number": _("VAT number"),
    "phone": _("Phone"),
    "email": pgettext_lazy("document", "Email"),
    "website": _("Website"),
    "item": _("Item"),
    "service": _("Service"),
    "description": _("Description"),
    "unit_cost": _("Unit price"),
    "rate": _("Rate"),
    "quantity": _("Quantity"),
    "hours": _("Hours"),
    "discount": _("Discount"),
    "tax": _("Tax"),
    "tax_amount": _("Tax amount"),
    "line_total": _("Amount"),
    "gross_line_total": pgettext_lazy("including tax", "Amount"),
    "subtotal": _("Subtotal"),
    "net_subtotal": pgettext_lazy("before tax", "Net total"),
    "tax_base": _("Taxable amount"),
    "tax_included": _("included"),
    "total": _("Total"),
    "total_with_tax": pgettext_lazy("including tax", "Total"),
    "paid_to_date": _("Paid to date"),
    "balance_due": pgettext_lazy("document", "Balance due"),
    "credit_left": _("Credit left"),
    "partial_due": _("Deposit due"),
    "exchange_rate": _("Exchange rate"),
    "notes": _("Notes"),
    "terms": _("Terms"),
    "signed_by": _("Signed by"),
    "payment": _("Payment by transfer"),
    "holder": _("Account holder"),
    "iban": _("IBAN"),
    "bic": _("BIC"),
    "reference": _("Reference"),
    "scan": _("Scan with your banking app"),
    "pay_online": _("Pay online"),
    "draft": pgettext_lazy("stamp", "Draft"),
    "paid": pgettext_lazy("stamp", "Paid"),
    "approved": pgettext_lazy("stamp", "Approved"),
    "cancelled": pgettext_lazy("stamp", "Cancelled"),
    "reversed": pgettext_lazy("stamp", "Reversed"),
}


OWNERS: Final = (
    "", "invoice.", "quote.", "credit.", "purchase_order.", "client.", "company.", "contact.", "product.",
    "task.",
)  # fmt: skip
"""What a label may be asked of, in a design of the company's own."""


class Labels:
    """Words by key, in the language that is active when asked."""

    def __init__(self, translations: Mapping[str, str]) -> None:
        self._own = translations

    def __getitem__(self, key: str) -> str:
        """The company's own word, else ours, else the key itself."""
        return self._own.get(key) or str(WORDS.get(key, key))

    def first(self, *keys: str) -> str:
        """The word of the first key that there is one for."""
        return next((self[key] for key in keys if key in self._own or key in WORDS), keys[-1])

    def by_placeholder(self) -> dict[str, str]:
        """Every word as a value: $number_label, $invoice.number_label, $product.quantity_label …"""
        words = {key: self[key] for key in dict.fromkeys((*WORDS, *self._own))}
        return {f"{owner}{key}_label": word for owner in OWNERS for key, word in words.items()}
