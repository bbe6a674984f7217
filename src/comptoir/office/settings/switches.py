"""The facts of a company that no client overrides (tenancy.switches), as inputs: what each is called.

A switch that the catalogue knows too (``TWINS``) is written in both places: apps look at either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from comptoir.preferences.catalogue import CATALOGUE
from comptoir.tenancy.switches import DEFAULTS

Kind = Literal["flag", "text", "number", "whole", "select", "memo"]


@dataclass(frozen=True)
class Switch:
    """``choices`` make it a list; ``kind`` otherwise follows from its default."""

    label: Any
    help: Any = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    full: bool = False

    def kind(self, name: str) -> Kind:
        if self.choices:
            return "select"
        default = DEFAULTS[name]
        if isinstance(default, bool):
            return "flag"
        return "whole" if isinstance(default, int) else "text"


_EXEMPTIONS: Final = {
    "": _("None: VAT is charged"),
    "franchise": _("Small business (franchise en base)"),
    "reverse_charge": _("Reverse charge"),
    "intra_community": _("Intra-Community supply"),
    "export": _("Export outside the EU"),
    "margin": _("Margin scheme"),
    "self_billing": _("Self-billing"),
}
_SCHEMES: Final = {
    "": _("Not set"),
    "0225": "0225 – " + "SIREN (France)",
    "0002": "0002 – " + "SIREN",
    "0009": "0009 – " + "SIRET",
    "9957": "9957 – " + "TVA (France)",
    "0208": "0208 – " + "BCE/KBO (Belgique)",
    "0183": "0183 – " + "IDE (Suisse)",
    "0204": "0204 – " + "Leitweg-ID",
    "9930": "9930 – " + "USt-IdNr.",
}
_RATES: Final = {"0": _("No tax"), "1": _("One tax"), "2": _("Two taxes"), "3": _("Three taxes")}
_MONTHS: Final = {
    "1": _("January"), "2": _("February"), "3": _("March"), "4": _("April"), "5": _("May"), "6": _("June"),
    "7": _("July"), "8": _("August"), "9": _("September"), "10": _("October"), "11": _("November"),
    "12": _("December"),
}  # fmt: skip

SWITCHES: Final[dict[str, Switch]] = {
    # mails
    "mails_per_hour": Switch(_("E-mails an hour, at most"), _("0 for as many as there are.")),
    "mails_per_day": Switch(_("E-mails a day, at most"), _("0 for as many as there are.")),
    # the law
    "legal_form": Switch(_("Legal form"), _("Such as SARL, SAS, EI.")),
    "share_capital": Switch(_("Share capital"), _("As printed: 10 000 €.")),
    "trade_register": Switch(_("Trade register"), _("As printed: RCS Lyon 123 456 789.")),
    "siren": Switch(_("SIREN")),
    "siret": Switch(_("SIRET")),
    "vat_exemption": Switch(
        _("VAT exemption"), _("The sentence that the law asks for is printed on every invoice."), _EXEMPTIONS
    ),
    "operations_kind": Switch(
        _("Kind of operations"),
        _("Asked for by French law since the reform of invoices."),
        {"": _("Not set"), "goods": _("Goods"), "services": _("Services"), "both": _("Goods and services")},
    ),
    "vat_on_debits": Switch(_("VAT paid on debits"), _("By option; printed on invoices.")),
    "late_penalty_rate": Switch(
        _("Late payment penalties"), _("Left empty: three times the legal interest rate.")
    ),
    "early_payment_discount": Switch(_("Discount for early payment"), _("Left empty: none."), full=True),
    "iban": Switch(_("IBAN"), _("Printed on invoices, with a code that banking apps scan."), full=True),
    "bic": Switch(_("BIC")),
    "qr_bill_enabled": Switch(
        _("Swiss QR-bill"),
        _(
            "Payment part and receipt at the foot of invoices in francs and euros, for accounts in "
            "Switzerland and Liechtenstein."
        ),
    ),
    "electronic_address": Switch(_("Electronic address"), _("Where e-invoices reach you.")),
    "electronic_address_scheme": Switch(_("Scheme of the address"), choices=_SCHEMES),
    # products
    "fill_products": Switch(_("Fill in products"), _("Picking a product fills in its price and taxes.")),
    "update_products": Switch(_("Update products"), _("Saving a document updates its products.")),
    "convert_products": Switch(
        _("Convert prices"), _("Picking a product fills in its price in the client’s currency.")
    ),
    "enable_product_discount": Switch(_("Discount on each line")),
    "track_inventory": Switch(
        _("Count the stock"), _("Invoices take from it, and put it back when they are deleted.")
    ),
    "stock_notification": Switch(_("Tell when stock runs low")),
    "inventory_notification_threshold": Switch(
        _("Low from"), _("Pieces left; a product may have a number of its own.")
    ),
    # taxes
    "enabled_tax_rates": Switch(_("Taxes on the whole document"), choices=_RATES),
    "enabled_item_tax_rates": Switch(_("Taxes on each line"), choices=_RATES),
    "enabled_expense_tax_rates": Switch(_("Taxes on expenses"), choices=_RATES),
    **{
        f"custom_surcharge_taxes{n}": Switch(label)
        for n, label in enumerate(
            (_("Tax surcharge 1"), _("Tax surcharge 2"), _("Tax surcharge 3"), _("Tax surcharge 4")), 1
        )
    },
    "calculate_taxes": Switch(
        _("Taxes by destination"),
        _("New documents are taxed by what is sold, where it goes and who buys: for sellers in the EU."),
    ),
    "eu_sales_above_threshold": Switch(
        _("Above the threshold of the EU, or one-stop shop by choice"),
        _(
            "More than 10,000 € a year of goods and digital services to private clients in other member "
            "states: they are taxed at the rate of their country."
        ),
    ),
    "check_vat_numbers": Switch(
        _("VAT numbers of clients"),
        _("Asking VIES, the register of the European Commission, tells it the number and who asks."),
        {
            "by_hand": _("Checked when somebody asks"),
            "always": _("Each new number is checked"),
            "never": _("Never checked"),
        },
    ),
    # expenses
    "expense_inclusive_taxes": Switch(_("Amounts include taxes")),
    "calculate_expense_tax_by_amount": Switch(_("Enter taxes as amounts")),
    "mark_expenses_invoiceable": Switch(_("New expenses can be invoiced")),
    "mark_expenses_paid": Switch(_("New expenses are paid")),
    "convert_expense_currency": Switch(_("Convert to the company's currency")),
    "invoice_expense_documents": Switch(_("Put receipts on the invoice")),
    # tasks
    "auto_start_tasks": Switch(_("Start new tasks at once")),
    "show_task_end_date": Switch(_("Ask for an end date")),
    "default_task_is_date_based": Switch(_("Count days instead of hours")),
    "show_tasks_table": Switch(_("Show tasks of a project as a table")),
    "invoice_task_timelog": Switch(_("Times on the invoice")),
    "invoice_task_datelog": Switch(_("Dates on the invoice")),
    "invoice_task_hours": Switch(_("Hours on the invoice")),
    "invoice_task_project": Switch(_("Project on the invoice")),
    "invoice_task_documents": Switch(_("Files on the invoice")),
    "invoice_task_lock": Switch(_("Lock invoiced tasks")),
    # payments
    "enable_applying_payments": Switch(
        _("Ask which invoices a payment is for"), _("Otherwise the oldest come first.")
    ),
    "convert_payment_currency": Switch(_("Payments in another currency than the invoice")),
    # localization
    "first_month_of_year": Switch(_("First month of the year"), choices=_MONTHS),
    "use_comma_as_decimal_place": Switch(_("Decimal comma"), _("In imported files: 1 234,50.")),
    # texts
    "markdown_enabled": Switch(
        _("Markdown on documents"), _("**bold**, lists and links in notes, terms and lines.")
    ),
    "markdown_email_enabled": Switch(_("Markdown in emails")),
    # security
    "default_password_timeout": Switch(
        _("Ask for the password again"),
        _("Before what cannot be undone: deleting for good, showing a key."),
        {
            "1800000": _("After 30 minutes"),
            "7200000": _("After 2 hours"),
            "28800000": _("After 8 hours"),
            "0": _("Once, at sign-in"),
        },
    ),
    # portal
    "client_can_register": Switch(_("Client registration"), _("Clients can register themselves.")),
    # mail
    "smtp_host": Switch(_("Server"), _("smtp.example.com")),
    "smtp_port": Switch(_("Port"), _("587 with STARTTLS, 465 with TLS.")),
    "smtp_encryption": Switch(
        _("Encryption"),
        choices={"tls": "STARTTLS", "ssl": "TLS", "none": _("None: passwords travel in clear")},
    ),
    "smtp_username": Switch(_("User name")),
    "smtp_local_domain": Switch(_("Own domain"), _("Given to the server as HELO; rarely needed.")),
    "smtp_verify_peer": Switch(_("Check the server's certificate")),
}

TWINS: Final = frozenset(SWITCHES) & frozenset(CATALOGUE)
