"""A company's switches: small facts of one company that no client or group overrides.

They are kept sparse in one JSON column and read through this table, which gives type and default
(contract schemas.json, company). A setting that cascades is not here: see preferences.
"""

from __future__ import annotations

from typing import Any, Final

DEFAULTS: Final[dict[str, Any]] = {
    # products
    "update_products": True,
    "fill_products": True,
    "convert_products": False,
    "show_product_cost": False,
    "enable_product_cost": False,
    "show_product_details": True,
    "enable_product_quantity": True,
    "enable_product_discount": False,
    "default_quantity": True,
    "track_inventory": False,
    "stock_notification": True,
    "inventory_notification_threshold": 0,
    # taxes
    "enabled_tax_rates": 0,
    "enabled_item_tax_rates": 0,
    "enabled_expense_tax_rates": 0,
    "custom_surcharge_taxes1": False,
    "custom_surcharge_taxes2": False,
    "custom_surcharge_taxes3": False,
    "custom_surcharge_taxes4": False,
    "calculate_taxes": False,
    "eu_sales_above_threshold": False,
    "tax_data": {},
    "origin_tax_data": {},
    # whether VAT numbers of clients are asked about at VIES: by_hand, always, never
    "check_vat_numbers": "by_hand",
    # rates of exchange of its own: {"base": currency id, "rates": {currency id: exact text}}
    "exchange_rates": {},
    "e_invoice": {},
    # the law: who we are and how we are taxed and paid
    "legal_form": "",
    "share_capital": "",
    "trade_register": "",
    "siren": "",
    "siret": "",
    "iban": "",
    "bic": "",
    # Swiss companies: payment part and receipt on their invoices
    "qr_bill_enabled": False,
    "electronic_address": "",
    "electronic_address_scheme": "",
    "vat_exemption": "",
    "operations_kind": "",
    "vat_on_debits": False,
    "late_penalty_rate": "",
    "early_payment_discount": "",
    # expenses
    "calculate_expense_tax_by_amount": False,
    "expense_inclusive_taxes": False,
    "expense_amount_is_pretax": True,
    "mark_expenses_invoiceable": False,
    "mark_expenses_paid": False,
    "invoice_expense_documents": False,
    "convert_expense_currency": False,
    "notify_vendor_when_paid": False,
    "expense_mailbox": "",
    "expense_mailbox_active": False,
    "inbound_mailbox_allow_company_users": False,
    "inbound_mailbox_allow_vendors": False,
    "inbound_mailbox_allow_clients": False,
    "inbound_mailbox_allow_unknown": False,
    "inbound_mailbox_blacklist": "",
    "inbound_mailbox_whitelist": "",
    # tasks
    "auto_start_tasks": False,
    "show_tasks_table": False,
    "show_task_end_date": False,
    "default_task_is_date_based": False,
    "invoice_task_timelog": True,
    "invoice_task_datelog": True,
    "invoice_task_documents": False,
    "invoice_task_hours": False,
    "invoice_task_lock": False,
    "invoice_task_project": False,
    "invoice_task_project_header": True,
    "invoice_task_item_description": True,
    # payments and recurring
    "use_credits_payment": "always",
    "enable_applying_payments": False,
    "convert_payment_currency": False,
    "convert_rate_to_client": True,
    "stop_on_unpaid_recurring": False,
    "use_quote_terms_on_conversion": False,
    # the year, reports, texts
    "first_month_of_year": "1",
    "first_day_of_week": "",
    "use_comma_as_decimal_place": False,
    "report_include_drafts": False,
    "report_include_deleted": False,
    "hide_empty_columns_on_pdf": False,
    "markdown_enabled": False,
    "markdown_email_enabled": True,
    # doors
    "client_can_register": False,
    "client_registration_fields": [],
    "enable_shop_api": False,
    "oauth_password_required": False,
    "session_timeout": 0,
    "default_password_timeout": 1_800_000,
    # fields of the client's form that the company does not use
    "hidden_client_fields": [],
    # the logo, in the storage of files
    "logo_path": "",
    # other services
    "slack_webhook_url": "",
    "google_analytics_url": "",
    "google_analytics_key": "",
    "matomo_url": "",
    "matomo_id": "",
    # own mail server; its password is a column of its own
    "smtp_host": "",
    "smtp_port": 0,
    "smtp_encryption": "tls",
    "smtp_username": "",
    "smtp_local_domain": "",
    "smtp_verify_peer": True,
    # mails that leave at most; 0 for as many as there are
    "mails_per_hour": 0,
    "mails_per_day": 0,
}


def switch(stored: dict[str, Any], name: str) -> Any:
    """The value in force. Raises KeyError for a name that is not in the table."""
    return stored[name] if name in stored else DEFAULTS[name]


def all_switches(stored: dict[str, Any]) -> dict[str, Any]:
    return {**DEFAULTS, **{name: stored[name] for name in stored if name in DEFAULTS}}
