"""Settings that no page offers."""

from __future__ import annotations

from typing import Final

LEFT_OUT: Final[dict[str, str]] = {
    "military_time": "hours are written as the reader's language does",
    "global_tag_inheritance": "no record bears tags",
    "send_email_on_mark_paid": "what is marked as paid is an entered payment",
    "show_pdfhtml_on_mobile": "documents are pages on every screen",
    "preference_product_notes_for_html_view": "pages show lines as the document does",
    "company_logo": "uploaded, not typed",
    "custom_fields": "kept for other apps; custom fields have a page of their own",
    "gmail_sending_user_id": "a way of sending that is not installed",
    "portal_custom_js": "never run here",
    "portal_design_id": "one design",
    "reminder_send_time": "replaced by the send hour",
    "recurring_invoice_number_prefix": "kept for other apps beside recurring_number_prefix",
    "invoice_labels": "replaced by own labels",
    "invoice_taxes": "kept for other apps beside enabled_tax_rates",
    "ubl_email_attachment": "no electronic invoice is made yet",
    **dict.fromkeys(
        ("payment_refund_design_id",),
        "no such paper is printed yet",
    ),
    **dict.fromkeys(
        ("enable_e_invoice", "e_invoice_type", "e_quote_type", "merge_e_invoice_to_pdf",
         "skip_automatic_email_with_peppol", "e_invoice_forward_email", "e_expense_forward_email"),
        "no electronic invoice is made yet",
    ),
    **dict.fromkeys(
        ("recurring_quote_number_pattern", "recurring_quote_number_counter", "ticket_number_pattern",
         "ticket_number_counter"),
        "a series without records",
    ),
}  # fmt: skip
"""Settings of the catalogue without an input here, and why. The email texts have ``letters``."""
