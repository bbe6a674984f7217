"""Defaults: terms, footers and notes of new documents."""

from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, flag, memo

TITLE = _("Defaults")

SETTINGS = (
    memo("invoice_terms", _("Invoice terms")),
    memo("invoice_footer", _("Invoice footer")),
    memo("quote_terms", _("Quote terms")),
    memo("quote_footer", _("Quote footer")),
    memo("credit_terms", _("Credit terms")),
    memo("credit_footer", _("Credit footer")),
    memo("purchase_order_terms", _("Purchase order terms"), levels=COMPANY_ONLY),
    memo("purchase_order_footer", _("Purchase order footer"), levels=COMPANY_ONLY),
    memo("purchase_order_public_notes", _("Purchase order public notes"), levels=COMPANY_ONLY),
    flag(
        "documents_public_by_default",
        True,
        _("New files are public"),
        _("Attached files can be seen in the client portal unless they are made private."),
        newer=True,
    ),
)
