"""The words printed on a statement, in the language that is active, or in the company's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.delivery.pdf.labels import Labels

WORDS: Final[Mapping[str, str | Promise]] = {
    "statement": _("Statement of account"),
    "statement_date": _("Statement date"),
    "statement_period": _("Period"),
    "statement_invoice": pgettext_lazy("statement", "Invoice"),
    "statement_date_of": pgettext_lazy("statement", "Date"),
    "statement_due": pgettext_lazy("statement", "Due date"),
    "statement_total": pgettext_lazy("statement", "Amount"),
    "statement_open": pgettext_lazy("statement", "Still owed"),
    "statement_payment": pgettext_lazy("statement", "Payment"),
    "statement_for": _("Payment of invoice"),
    "statement_method": pgettext_lazy("statement", "Method"),
    "statement_reference": pgettext_lazy("statement", "Reference"),
    "statement_amount": _("Amount paid"),
    "statement_unclaimed": _("not yet used"),
    "statement_refund": _("refund"),
    "statement_credit": pgettext_lazy("statement", "Credit note"),
    "statement_left": _("Left to use"),
    "statement_late": _("Days late"),
    "statement_owed": _("Owed"),
    "statement_current": _("Not yet due"),
    "statement_no_invoice": _("No invoice in this period"),
    "statement_cancelled": pgettext_lazy("invoice", "cancelled"),
    "statement_opening": _("Opening balance"),
    "statement_invoiced": _("Invoiced"),
    "statement_paid": pgettext_lazy("statement", "Paid"),
    "statement_due_sum": pgettext_lazy("statement", "Balance due"),
    "statement_credit_sum": _("Credit notes left to use"),
    "statement_unapplied_sum": _("Payments not yet used"),
}


class Words(Labels):
    """The company's own word for a key, else ours, else the documents'."""

    def __getitem__(self, key: str) -> str:
        return self._own.get(key) or str(WORDS.get(key) or super().__getitem__(key))
