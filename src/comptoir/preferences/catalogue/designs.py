"""Invoice design: layout, fonts, colours of PDFs."""

from django.utils.translation import gettext_lazy as _

from .columns import PDF_VARIABLES
from .setting import COMPANY_ONLY, Kind, Setting, choice, flag, record, text, whole

TITLE = _("Invoice design")

CLEAN = "Wpmbk5ezJn"
"""The opaque id of the built-in design *Clean* (row 2)."""

_PAGES = (
    *(f"A{n}" for n in range(7)),
    *(f"B{n}" for n in range(7)),
    "Letter",
    "Legal",
    "Tabloid",
    "Ledger",
)

SETTINGS = (
    record("invoice_design_id", CLEAN, _("Invoice design")),
    record("quote_design_id", CLEAN, _("Quote design")),
    record("credit_design_id", CLEAN, _("Credit design")),
    record("purchase_order_design_id", CLEAN, _("Purchase order design"), levels=COMPANY_ONLY),
    record("delivery_note_design_id", "", _("Delivery note design")),
    record("statement_design_id", "", _("Statement design")),
    record("payment_receipt_design_id", "", _("Receipt design")),
    record("payment_refund_design_id", "", _("Refund design")),
    choice(
        "page_layout", "portrait", {"portrait": _("Portrait"), "landscape": _("Landscape")}, _("Page layout")
    ),
    choice("page_size", "A4", {size: size for size in _PAGES}, _("Page size")),
    whole("font_size", 16, _("Font size")),
    text("primary_font", _("Primary font"), default="Roboto"),
    text("secondary_font", _("Secondary font"), default="Roboto"),
    text("primary_color", _("Primary colour"), default="#298AAB"),
    text("secondary_color", _("Secondary colour"), default="#7081e0"),
    flag("page_numbering", False, _("Page numbers")),
    choice(
        "page_numbering_alignment",
        "C",
        {"C": _("Centred"), "R": _("Right"), "L": _("Left")},
        _("Page number position"),
    ),
    flag("all_pages_header", False, _("Header on all pages")),
    flag("all_pages_footer", False, _("Footer on all pages")),
    flag("hide_empty_columns_on_pdf", False, _("Hide empty columns")),
    flag("hide_paid_to_date", False, _("Hide paid to date"), _("Until something has been paid.")),
    flag("show_paid_stamp", False, _("Paid stamp"), _("Printed on documents that are paid.")),
    flag("show_shipping_address", False, _("Show the shipping address")),
    flag("embed_documents", False, _("Embed files"), _("Attached images are added to the PDF.")),
    flag("sync_invoice_quote_columns", True, _("Quotes use the invoice columns")),
    text("invoice_labels", _("Labels")),
    Setting(
        "pdf_variables",
        Kind.TABLE,
        PDF_VARIABLES,
        _("Fields and columns"),
        _("What each part of a PDF shows."),
    ),
)
