"""Documents and clients: pages about what is sent and whom it reaches."""

from __future__ import annotations

from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comptoir.preferences.catalogue import TITLES
from comptoir.preferences.catalogue.numbers import SERIES

from .shapes import Page, Section

_FEES: Final = _("The late fee is added to the invoice on that day, or put on a new one when it is locked.")


def _reminder(n: int) -> Section:
    keys = (
        "enable_reminder",
        "num_days_reminder",
        "schedule_reminder",
        "late_fee_amount",
        "late_fee_percent",
    )
    title = format_lazy(_("Reminder {number}"), number=n)
    return Section(f"reminder{n}", title, " ".join(f"{key}{n}" for key in keys), _FEES if n == 1 else "")


_NUMBERED: Final = tuple(
    Section(
        f"numbers-{series}",
        title,
        f"{series}_number_pattern {series}_number_counter",
    )
    for series, (title, _levels) in SERIES.items()
    if series not in ("ticket", "recurring_quote")
)

PAGES: Final = (
    Page(
        "defaults",
        _("Terms and footers"),
        _("Words that every new document starts with"),
        "notes",
        "advanced",
        sections=(
            Section("invoices", _("Invoices"), "invoice_terms invoice_footer"),
            Section("quotes", _("Quotes"), "quote_terms quote_footer"),
            Section("credits", _("Credits"), "credit_terms credit_footer"),
            Section(
                "orders",
                _("Purchase orders"),
                "purchase_order_terms purchase_order_footer purchase_order_public_notes",
            ),
            Section("writing", _("Writing"), "markdown_enabled markdown_email_enabled"),
        ),
    ),
    Page(
        "designs",
        TITLES["designs"],
        _("Layout, colours, fonts, columns of PDFs"),
        "palette",
        "advanced",
        sections=(
            Section(
                "design",
                _("Design"),
                "invoice_design_id quote_design_id credit_design_id purchase_order_design_id "
                "statement_design_id delivery_note_design_id payment_receipt_design_id",
                extra="office/settings/designs/link.html",
            ),
            Section(
                "colours",
                _("Colours and fonts"),
                "primary_color secondary_color primary_font secondary_font font_size",
            ),
            Section(
                "page",
                _("Page"),
                "page_size page_layout page_numbering page_numbering_alignment all_pages_header "
                "all_pages_footer",
            ),
            Section(
                "content",
                _("Content"),
                "hide_empty_columns_on_pdf hide_paid_to_date show_paid_stamp show_shipping_address "
                "embed_documents sync_invoice_quote_columns",
            ),
            Section(
                "columns", _("Fields and columns"), "pdf_variables", _("What each part shows, in this order.")
            ),
        ),
        aside="office/settings/paper.html",
    ),
    Page(
        "words",
        _("Own labels"),
        _("Words of documents replaced by your own"),
        "language",
        "advanced",
        sections=(
            Section(
                "translations",
                _("Words"),
                "translations",
                _("Left empty, our word holds, in the client's language."),
            ),
        ),
    ),
    Page(
        "numbers",
        TITLES["numbers"],
        _("Patterns and counters of clients, invoices and the rest"),
        "hash",
        "advanced",
        sections=(
            Section(
                "general",
                _("General"),
                "counter_padding counter_number_applied quote_number_applied recurring_number_prefix "
                "shared_invoice_quote_counter shared_invoice_credit_counter "
                "reset_counter_frequency_id reset_counter_date",
                extra="office/settings/variables.html",
            ),
            *_NUMBERED,
        ),
        extra="office/settings/numbers.html",
    ),
    Page(
        "email",
        TITLES["email"],
        _("Sender, mail server, signature, attachments"),
        "mail",
        "advanced",
        sections=(
            Section(
                "sending",
                _("Sending"),
                "email_sending_method smtp_host smtp_port smtp_encryption smtp_username smtp_password "
                "smtp_local_domain smtp_verify_peer postmark_secret mailgun_secret mailgun_domain "
                "mailgun_endpoint mailgun_webhook_secret brevo_secret ses_access_key ses_secret_key "
                "ses_region ses_from_address ses_topic_arn",
                _("Your own server or provider sends in your name; this server sends in its own."),
                extra="office/settings/trial.html",
            ),
            Section(
                "people",
                _("Sender and copies"),
                "email_from_name custom_sending_email reply_to_name reply_to_email bcc_email "
                "entity_send_time",
            ),
            Section(
                "limits",
                _("Limits"),
                "mails_per_hour mails_per_day",
                _("E-mails above them wait and leave as soon as there is room."),
            ),
            Section(
                "look",
                _("Look"),
                "email_style email_alignment email_style_custom email_signature email_footer "
                "show_email_footer enable_email_markup",
            ),
            Section(
                "attached",
                _("Attachments"),
                "pdf_email_attachment document_email_attachment",
            ),
            Section(
                "receipts",
                _("Receipts"),
                "client_manual_payment_notification client_online_payment_notification "
                "payment_email_all_contacts",
            ),
        ),
    ),
    Page(
        "letters",
        _("Email texts"),
        _("Templates of e-mails and reminders: subject, text, preview"),
        "mail-opened",
        "advanced",
        route="office:letters",
    ),
    Page(
        "reminders",
        TITLES["reminders"],
        _("When reminders leave and what they cost"),
        "calendar-repeat",
        "advanced",
        sections=(
            Section("send", _("Reminders"), "send_reminders"),
            _reminder(1),
            _reminder(2),
            _reminder(3),
            Section(
                "endless",
                _("Endless reminder"),
                "enable_reminder_endless endless_reminder_frequency_id late_fee_endless_amount "
                "late_fee_endless_percent",
            ),
            Section(
                "quotes",
                _("Quote reminder"),
                "enable_quote_reminder1 quote_num_days_reminder1 quote_schedule_reminder1 "
                "quote_late_fee_amount1 quote_late_fee_percent1",
            ),
        ),
        extra="office/settings/reminders.html",
    ),
    Page(
        "portal",
        TITLES["portal"],
        _("What clients see, sign and pay online"),
        "users",
        "advanced",
        sections=(
            Section(
                "open",
                _("Portal"),
                "enable_client_portal enable_client_portal_dashboard enable_client_portal_password "
                "enable_portal_password enable_client_profile_update client_portal_enable_uploads "
                "vendor_portal_enable_uploads enable_client_portal_tasks show_all_tasks_client_portal",
            ),
            Section(
                "register",
                _("Registration"),
                "client_can_register client_registration_fields",
                _("New clients make their own account."),
                extra="office/settings/registration.html",
            ),
            Section(
                "agree",
                _("Terms and signatures"),
                "client_portal_terms client_portal_privacy_policy show_accept_invoice_terms "
                "show_accept_quote_terms require_invoice_signature require_quote_signature "
                "require_purchase_order_signature signature_on_pdf accept_client_input_quote_approval",
            ),
            Section(
                "pay",
                _("Paying"),
                "payment_flow unlock_invoice_documents_after_payment",
            ),
            Section(
                "say",
                _("Messages"),
                "custom_message_dashboard custom_message_unpaid_invoice custom_message_paid_invoice "
                "custom_message_unapproved_quote",
            ),
            Section("brand", _("Looks"), "portal_custom_head portal_custom_footer portal_custom_css"),
        ),
    ),
    Page(
        "labels",
        _("Custom fields"),
        _("Fields of your own on clients, contacts, invoices and more"),
        "forms",
        "advanced",
        route="office:labels",
    ),
    Page(
        "groups",
        _("Groups"),
        _("One set of settings for many clients"),
        "users-group",
        "advanced",
        route="office:groups",
    ),
    Page(
        "tags",
        _("Tags"),
        _("Words in colours, to find records again"),
        "tags",
        "advanced",
        route="office:tags",
    ),
)
