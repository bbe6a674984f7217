"""Client portal: what contacts see and may do."""

from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, choice, flag, memo, number, reference

TITLE = _("Client portal")

SETTINGS = (
    flag("enable_client_portal", True, _("Client portal"), _("Contacts can open the portal.")),
    flag("enable_client_portal_dashboard", False, _("Dashboard"), _("The portal opens on an overview.")),
    flag("enable_client_portal_tasks", False, _("Tasks"), _("Contacts see the client's tasks.")),
    choice(
        "show_all_tasks_client_portal",
        "invoiced",
        {
            "invoiced": _("Invoiced tasks"),
            "uninvoiced": _("Tasks not invoiced"),
            "all": _("All tasks"),
        },
        _("Tasks shown"),
    ),
    flag(
        "enable_client_portal_password",
        False,
        _("Protect with a password"),
        _("A contact chooses a password before seeing a document."),
    ),
    flag("enable_portal_password", False, _("Protect documents with a password"), newer=True),
    flag("client_can_register", False, _("Client registration"), _("Clients can register themselves.")),
    flag(
        "enable_client_profile_update",
        True,
        _("Edit the profile"),
        _("Contacts may edit the client's details."),
        newer=True,
    ),
    flag("client_portal_enable_uploads", False, _("Client uploads"), _("Contacts may upload files.")),
    flag(
        "vendor_portal_enable_uploads",
        False,
        _("Vendor uploads"),
        _("Vendors may upload files."),
        levels=COMPANY_ONLY,
    ),
    memo("client_portal_terms", _("Terms of use")),
    memo("client_portal_privacy_policy", _("Privacy policy")),
    flag(
        "show_accept_invoice_terms",
        False,
        _("Accept invoice terms"),
        _("The client ticks the terms before paying."),
    ),
    flag(
        "show_accept_quote_terms",
        False,
        _("Accept quote terms"),
        _("The client ticks the terms before approving."),
    ),
    flag("require_invoice_signature", False, _("Invoice signature"), _("The client signs before paying.")),
    flag("require_quote_signature", False, _("Quote signature"), _("The client signs to approve a quote.")),
    flag(
        "require_purchase_order_signature",
        False,
        _("Purchase order signature"),
        _("The vendor signs to accept a purchase order."),
        levels=COMPANY_ONLY,
    ),
    flag("signature_on_pdf", False, _("Signature on the PDF"), _("The client's signature is printed.")),
    flag(
        "accept_client_input_quote_approval",
        False,
        _("Ask for a PO number"),
        _("Asked when the client approves a quote."),
    ),
    flag(
        "client_portal_allow_under_payment",
        False,
        _("Allow part payments"),
        _("The client may pay less than the balance due."),
    ),
    number("client_portal_under_payment_minimum", _("Smallest part payment")),
    flag(
        "client_portal_allow_over_payment",
        False,
        _("Allow overpayments"),
        _("The client may pay more than the balance due."),
    ),
    flag(
        "client_initiated_payments",
        False,
        _("Payments without an invoice"),
        _("The client may pay in advance."),
    ),
    number("client_initiated_payments_minimum", _("Smallest payment in advance")),
    choice(
        "payment_flow",
        "smooth",
        {"smooth": _("One page"), "default": _("Step by step")},
        _("Payment page"),
    ),
    flag(
        "unlock_invoice_documents_after_payment",
        False,
        _("Files of an invoice open once it is paid"),
        newer=True,
    ),
    flag("show_pdfhtml_on_mobile", True, _("Documents as a page on phones"), _("Instead of a PDF.")),
    flag(
        "preference_product_notes_for_html_view",
        False,
        _("Show product notes on the page"),
        newer=True,
    ),
    memo("custom_message_dashboard", _("Message on the dashboard")),
    memo("custom_message_unpaid_invoice", _("Message on unpaid invoices")),
    memo("custom_message_paid_invoice", _("Message on paid invoices")),
    memo("custom_message_unapproved_quote", _("Message on quotes to approve")),
    memo("portal_custom_head", _("Own header")),
    memo("portal_custom_footer", _("Own footer")),
    memo("portal_custom_css", _("Own style sheet (CSS)")),
    memo("portal_custom_js", _("Own script"), _("Kept for other applications; never run here.")),
    reference("portal_design_id", "1", _("Portal design"), levels=COMPANY_ONLY),
)
