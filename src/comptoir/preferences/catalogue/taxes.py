"""Tax settings and e-invoices."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .setting import flag, number, text, whole

TITLE = _("Tax settings")

SETTINGS = (
    flag("inclusive_taxes", False, _("Inclusive taxes"), _("Prices on new documents hold the tax already.")),
    whole("invoice_taxes", 0, _("Invoice taxes"), _("How many taxes a whole document may bear.")),
    *(
        row
        for n in (1, 2, 3)
        for row in (
            text(f"tax_name{n}", format_lazy(_("Default tax {number}: name"), number=n)),
            number(f"tax_rate{n}", format_lazy(_("Default tax {number}: rate"), number=n)),
        )
    ),
    flag("enable_e_invoice", False, _("E-invoices"), _("An electronic invoice is made with each PDF.")),
    text("e_invoice_type", _("E-invoice format"), default="EN16931"),
    text("e_quote_type", _("E-quote format"), default="OrderX_Comfort"),
    flag("merge_e_invoice_to_pdf", False, _("Put the e-invoice inside the PDF"), newer=True),
    flag(
        "skip_automatic_email_with_peppol",
        False,
        _("No email for e-invoices"),
        _("Invoices sent through the Peppol network are not emailed too."),
        newer=True,
    ),
    text("e_invoice_forward_email", _("Forward received e-invoices to"), newer=True),
    text("e_expense_forward_email", _("Forward received e-expenses to"), newer=True),
)
