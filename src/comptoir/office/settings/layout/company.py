"""Your company: pages about what it is and how it works."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from comptoir.preferences.catalogue import TITLES

from .shapes import Page, Section

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
                "iban bic qr_bill_enabled qr_iban besr_id",
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
        "exchange-rates",
        _("Exchange rates"),
        _("What is published, and your own"),
        "coins",
        route="office:exchange-rates",
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
                "destination",
                _("Where a sale goes"),
                "calculate_taxes eu_sales_above_threshold",
            ),
            Section(
                "vies",
                _("VAT numbers in the EU"),
                "check_vat_numbers",
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
                "fill_products update_products convert_products enable_product_discount",
            ),
            Section(
                "stock",
                _("Stock"),
                "track_inventory stock_notification inventory_notification_threshold",
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
)
