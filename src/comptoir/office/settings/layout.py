"""The pages of the settings, in their order: one table. A key is a setting or a switch of the company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from django.apps import apps
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comptoir.office.settings import registering
from comptoir.office.settings.switches import SWITCHES
from comptoir.preferences.catalogue import CATALOGUE, COMPANY, TITLES, Kind
from comptoir.preferences.catalogue.numbers import SERIES

Group = Literal["basic", "advanced", "management"]
GROUPS: Final[dict[Group, Any]] = {
    "basic": _("Your company"),
    "advanced": _("Documents and clients"),
    "management": _("People and security"),
}


@dataclass(frozen=True)
class Section:
    """A titled part of a page: ``names`` of settings and switches; ``extra`` is a template below them."""

    key: str
    title: Any
    names: str
    hint: Any = ""
    extra: str = ""

    @property
    def keys(self) -> list[str]:
        return self.names.split()


@dataclass(frozen=True)
class Page:
    """``extra`` is a template below the form (and names the context it needs, see ``pages.EXTRAS``);
    ``route`` is a page of its own that no table describes.
    """

    key: str
    title: Any
    text: Any
    icon: str
    group: Group = "basic"
    sections: tuple[Section, ...] = ()
    extra: str = ""
    aside: str = ""
    route: str = ""

    def at(self, level: str) -> list[tuple[Section, list[str]]]:
        """The sections and keys that are offered at a level, without those of absent modules."""
        found = [
            (section, [key for key in section.keys if is_offered(key, level)]) for section in self.sections
        ]
        return [(section, keys) for section, keys in found if keys or (section.extra and level == COMPANY)]


def is_offered(key: str, level: str) -> bool:
    """Whether a level may set it: switches and counters are the company's, settings say their levels."""
    if not _module_stands(key):
        return False
    if key in SWITCHES or key in ("smtp_password", registering.SWITCH):
        return level == COMPANY
    if key == "company_gateway_ids" and level == COMPANY:
        return False  # the company orders its gateways on their own page
    setting = CATALOGUE[key]
    return level in setting.levels and (level == COMPANY or setting.kind is not Kind.COUNTER)


_MODULES: Final = {
    "purchase_order": "purchase_orders",
    "vendor": "vendors",
    "expense": "expenses",
    "recurring": "recurring",
    "project": "projects",
    "auto_bill": "gateways",
    "task": "tasks",
}
_ANYWAY: Final = frozenset({"default_task_rate"})
"""Kept with clients whether or not there are tasks (guide, S88)."""


def _module_stands(key: str) -> bool:
    """A key is nowhere while the module that it is about is not installed."""
    named = next((label for word, label in _MODULES.items() if word in key and key not in _ANYWAY), "")
    return not named or any(config.label == named for config in apps.get_app_configs())


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
        "company",
        TITLES["identity"],
        _("Name, address, legal details, bank account, logo"),
        "building",
        sections=(
            Section(
                "details",
                _("Details"),
                "name classification email phone website custom_value1 custom_value2 custom_value3 "
                "custom_value4",
                _("Printed on every document."),
            ),
            Section(
                "address",
                _("Address"),
                "address1 address2 postal_code city state country_id",
            ),
            Section(
                "law",
                _("Legal details"),
                "legal_form share_capital siren siret id_number vat_number trade_register "
                "vat_exemption operations_kind vat_on_debits late_penalty_rate early_payment_discount",
                _("What the law wants to read on an invoice."),
            ),
            Section(
                "bank",
                _("Bank account"),
                "iban bic qr_iban besr_id",
                _("So that clients can pay by transfer."),
            ),
            Section(
                "e-address",
                _("E-invoices"),
                "electronic_address electronic_address_scheme",
                _("The address under which approved platforms find you."),
            ),
            Section("logo", _("Logo"), "company_logo_size", extra="office/settings/logo.html"),
        ),
        extra="office/settings/logo_dialog.html",
    ),
    Page(
        "localization",
        TITLES["localization"],
        _("Currency, language, time zone, dates"),
        "world",
        sections=(
            Section("money", _("Money"), "currency_id show_currency_code enable_rappen_rounding"),
            Section("language", _("Language and time"), "language_id timezone_id date_format_id"),
            Section(
                "habits",
                _("Calendar and files"),
                "first_month_of_year use_comma_as_decimal_place",
            ),
        ),
    ),
    Page(
        "payments",
        TITLES["payments"],
        _("Payment terms, credits, part payments"),
        "credit-card",
        sections=(
            Section(
                "terms",
                _("Terms"),
                "payment_terms valid_until payment_type_id default_expense_payment_type_id",
                extra="office/settings/terms_link.html",
            ),
            Section(
                "use",
                _("Settling invoices"),
                "use_credits_payment use_unapplied_payment enable_applying_payments convert_payment_currency",
            ),
            Section(
                "online",
                _("Online payments"),
                "company_gateway_ids client_portal_allow_under_payment client_portal_under_payment_minimum "
                "client_portal_allow_over_payment client_initiated_payments "
                "client_initiated_payments_minimum",
            ),
            Section("auto", _("Automatic payment"), "auto_bill auto_bill_date auto_bill_standard_invoices"),
        ),
    ),
    Page(
        "gateways",
        _("Online payments"),
        _("Card, direct debit, own instructions, fees"),
        "cash-banknote",
        route="office:gateways",
    ),
    Page(
        "taxes",
        TITLES["taxes"],
        _("Tax rates, default taxes"),
        "receipt-tax",
        sections=(
            Section(
                "use",
                _("Use of taxes"),
                "inclusive_taxes enabled_tax_rates enabled_item_tax_rates enabled_expense_tax_rates",
                extra="office/settings/rates_link.html",
            ),
            Section(
                "defaults",
                _("Default taxes"),
                "tax_name1 tax_rate1 tax_name2 tax_rate2 tax_name3 tax_rate3",
                _("On new lines and documents."),
            ),
            Section(
                "surcharges",
                _("Surcharges"),
                "custom_surcharge_taxes1 custom_surcharge_taxes2 custom_surcharge_taxes3 "
                "custom_surcharge_taxes4",
                _("Which of your own surcharges bear taxes."),
            ),
        ),
    ),
    Page(
        "products",
        _("Product settings"),
        _("What lines and lists show"),
        "package",
        sections=(
            Section(
                "fill",
                _("Lines"),
                "fill_products update_products enable_product_discount",
            ),
        ),
    ),
    Page(
        "tasks",
        TITLES["tasks"],
        _("Hourly rate, rounding, what is invoiced"),
        "clock",
        sections=(
            Section(
                "rate",
                _("Time"),
                "default_task_rate task_round_up task_round_to_nearest allow_billable_task_items "
                "show_task_item_description",
            ),
            Section(
                "timer",
                _("Timer"),
                "auto_start_tasks show_task_end_date default_task_is_date_based show_tasks_table",
            ),
            Section(
                "invoice",
                _("Invoice"),
                "invoice_task_timelog invoice_task_datelog invoice_task_hours invoice_task_project "
                "invoice_task_documents invoice_task_lock",
            ),
        ),
    ),
    Page(
        "expenses",
        _("Expense settings"),
        _("Taxes and currency of expenses"),
        "receipt",
        sections=(
            Section(
                "new",
                _("New expenses"),
                "mark_expenses_invoiceable mark_expenses_paid convert_expense_currency "
                "invoice_expense_documents",
            ),
            Section("taxes", _("Taxes"), "expense_inclusive_taxes calculate_expense_tax_by_amount"),
        ),
    ),
    Page(
        "workflow",
        TITLES["workflow"],
        _("What happens by itself: lock, archive, convert"),
        "timeline",
        sections=(
            Section(
                "invoices",
                _("Invoices"),
                "lock_invoices auto_archive_invoice auto_archive_invoice_cancelled auto_email_invoice",
            ),
            Section("quotes", _("Quotes"), "auto_convert_quote auto_archive_quote"),
            Section("records", _("Records"), "documents_public_by_default"),
        ),
    ),
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
                "sync_invoice_quote_columns",
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
                "smtp_local_domain smtp_verify_peer",
                _("Your own server sends in your name; this server sends in its own."),
                extra="office/settings/trial.html",
            ),
            Section(
                "people",
                _("Sender and copies"),
                "email_from_name custom_sending_email reply_to_name reply_to_email bcc_email "
                "entity_send_time",
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
        _("Subject and body of each message, with a preview"),
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
                "require_purchase_order_signature accept_client_input_quote_approval",
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
        "modules",
        _("Modules"),
        _("What your menu shows"),
        "layout-grid",
        "management",
        route="office:modules",
    ),
    Page(
        "staff",
        _("Users"),
        _("Who works here, and what they may do"),
        "user-cog",
        "management",
        route="office:staff",
    ),
    Page(
        "imports",
        _("Import and export"),
        _("Clients from a spreadsheet or another program, and back"),
        "upload",
        "management",
        route="office:imports",
    ),
    Page(
        "tokens",
        _("API tokens"),
        _("Keys for programs that work for you"),
        "key",
        "management",
        route="office:tokens",
    ),
    Page(
        "webhooks",
        _("Webhooks"),
        _("Addresses that are told what happens"),
        "webhook",
        "management",
        route="office:webhooks",
    ),
    Page(
        "security",
        _("Security"),
        _("Password, two-factor sign-in, devices"),
        "shield-lock",
        "management",
        sections=(Section("password", _("Password"), "default_password_timeout"),),
        extra="office/settings/security.html",
    ),
    Page(
        "companies",
        _("Companies"),
        _("Add, choose or close a company"),
        "building-store",
        "management",
        route="office:companies",
    ),
    Page(
        "system",
        _("System"),
        _("Version, files, waiting work"),
        "server",
        "management",
        route="office:system",
    ),
)

BY_KEY: Final = {page.key: page for page in PAGES}

LEFT_OUT: Final[dict[str, str]] = {
    "convert_products": "rates are typed on each document; prices of products are the company's",
    "military_time": "hours are written as the reader's language does",
    "global_tag_inheritance": "no record bears tags",
    "send_email_on_mark_paid": "what is marked as paid is an entered payment",
    "embed_documents": "attached files stay files",
    "signature_on_pdf": "signatures are kept with the document's history",
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
        ("postmark_secret", "mailgun_secret", "mailgun_domain", "mailgun_endpoint", "brevo_secret",
         "ses_access_key", "ses_secret_key", "ses_region", "ses_topic_arn", "ses_from_address"),
        "a way of sending that is not installed",
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
