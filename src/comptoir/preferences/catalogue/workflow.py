"""Workflow: what happens by itself."""

from django.utils.translation import gettext_lazy as _

from .setting import choice, flag

TITLE = _("Workflow settings")

SETTINGS = (
    flag(
        "auto_email_invoice",
        True,
        _("Email recurring invoices"),
        _("Invoices made by a recurring invoice are emailed at once."),
    ),
    flag(
        "auto_archive_invoice",
        False,
        _("Archive paid invoices"),
        _("An invoice is archived as soon as it is fully paid."),
    ),
    flag(
        "auto_archive_invoice_cancelled",
        False,
        _("Archive cancelled invoices"),
        _("An invoice is archived when it is cancelled."),
    ),
    choice(
        "lock_invoices",
        "off",
        {
            "off": _("Never"),
            "when_sent": _("When sent"),
            "when_paid": _("When paid"),
            "end_of_month": _("At the end of the month"),
        },
        _("Lock invoices"),
        _("From then on an invoice can no longer be edited."),
    ),
    flag(
        "auto_convert_quote",
        True,
        _("Convert approved quotes"),
        _("A quote that the client approves becomes an invoice."),
    ),
    flag(
        "auto_archive_quote",
        False,
        _("Archive converted quotes"),
        _("A quote is archived once it has become an invoice."),
    ),
    flag(
        "update_products",
        True,
        _("Update products"),
        _("Saving a document updates its products."),
        newer=True,
    ),
    flag(
        "fill_products",
        True,
        _("Fill in products"),
        _("Picking a product fills in its price and taxes."),
        newer=True,
    ),
    flag(
        "convert_products",
        False,
        _("Convert product prices"),
        _("Prices are converted to the client's currency."),
        newer=True,
    ),
    flag("global_tag_inheritance", False, _("Pass tags on to new records"), newer=True),
)
