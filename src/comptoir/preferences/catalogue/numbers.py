"""Generated numbers: patterns, counters, resets."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, EVERYWHERE, Kind, Setting, choice, flag, reference, text, whole

TITLE = _("Generated numbers")

_APPLIED = {"when_saved": _("When saved"), "when_sent": _("When sent")}

SERIES = {
    "client": (_("Clients"), COMPANY_ONLY),
    "invoice": (_("Invoices"), EVERYWHERE),
    "recurring_invoice": (_("Recurring invoices"), EVERYWHERE),
    "quote": (_("Quotes"), EVERYWHERE),
    "recurring_quote": (_("Recurring quotes"), EVERYWHERE),
    "credit": (_("Credits"), EVERYWHERE),
    "payment": (_("Payments"), EVERYWHERE),
    "project": (_("Projects"), EVERYWHERE),
    "task": (_("Tasks"), COMPANY_ONLY),
    "expense": (_("Expenses"), COMPANY_ONLY),
    "recurring_expense": (_("Recurring expenses"), COMPANY_ONLY),
    "vendor": (_("Vendors"), COMPANY_ONLY),
    "purchase_order": (_("Purchase orders"), COMPANY_ONLY),
    "ticket": (_("Tickets"), COMPANY_ONLY),
}
"""Every series of numbers: its title and the levels that may have a counter of their own."""

SETTINGS = (
    whole("counter_padding", 4, _("Number padding"), _("Counters are filled with zeros to this width.")),
    choice("counter_number_applied", "when_saved", _APPLIED, _("Number invoices")),
    choice("quote_number_applied", "when_saved", _APPLIED, _("Number quotes")),
    text("recurring_number_prefix", _("Recurring prefix"), _("Put before the number of generated invoices.")),
    flag("shared_invoice_quote_counter", False, _("Quotes share the invoice counter")),
    flag("shared_invoice_credit_counter", False, _("Credits share the invoice counter")),
    reference(
        "reset_counter_frequency_id", "0", _("Reset counters"), _("How often counters start again at 1.")
    ),
    Setting("reset_counter_date", Kind.DAY, "", _("Next reset"), levels=COMPANY_ONLY),
    *(
        row
        for series, (title, levels) in SERIES.items()
        for row in (
            text(
                f"{series}_number_pattern",
                format_lazy(_("{series}: number pattern"), series=title),
                levels=levels,
            ),
            Setting(
                f"{series}_number_counter",
                Kind.COUNTER,
                1,
                format_lazy(_("{series}: next number"), series=title),
                levels=levels,
            ),
        )
    ),
    text("recurring_invoice_number_prefix", _("Recurring invoice prefix"), newer=True),
)
