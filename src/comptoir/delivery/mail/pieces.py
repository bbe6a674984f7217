"""The pieces of a mail that our own words add to the placeholders: greeting, buttons, summary.

Each is written with placeholders in it, so that the values are filled in and escaped in one place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

Values = Mapping[str, str]

_VIEW: Final[dict[str, Any]] = {
    "invoice": gettext_lazy("View the invoice"),
    "quote": gettext_lazy("View the quote"),
    "credit": gettext_lazy("View the credit note"),
    "payment": gettext_lazy("View the payment"),
    "refund": gettext_lazy("View the payment"),
    "statement": gettext_lazy("View the statement"),
    "purchase_order": gettext_lazy("View the order"),
}
_BUTTONS: Final = {
    "view_button": "view_link",
    "approve_button": "view_link",
    "payment_button": "payment_link",
    "link_button": "link",
}
_SAME: Final = {
    "purchaseorder": "purchase_order",
    "recurringinvoice": "invoice",
    "recurring_invoice": "invoice",
}
_PIECE: Final = re.compile(r"^[ \t]*\$(\w+)[ \t]*$|\$(\w+)", re.MULTILINE)


def expand(text: str, kind: str, values: Values) -> str:
    """Replace our own placeholders in a text.

    ``$greeting``, ``$summary`` and the buttons: ``$view_button``, ``$payment_button``,
    ``$approve_button``, and ``$link_button`` (the values ``link`` and ``link_label``).
    A button that stands alone on its line becomes a big one; one without a link is left out.
    ``kind`` is the record's, spelt like its table or like the wire.
    """
    kind = _SAME.get(kind, kind)

    def piece(found: re.Match[str]) -> str:
        alone, inside = found.groups()
        name = alone or inside
        if name in _BUTTONS:
            return _button(name, kind, values, big=bool(alone))
        if name == "greeting":
            return _greeting(values)
        return _summary(kind, values) if name == "summary" else found[0]

    return _PIECE.sub(piece, text)


def view_label(kind: str) -> str:
    """The words on the button that opens the record."""
    return str(_VIEW.get(_SAME.get(kind, kind)) or _("View the document"))


def _greeting(values: Values) -> str:
    return _("Hello $contact.first_name,") if values.get("contact.first_name") else _("Hello,")


def _button(name: str, kind: str, values: Values, *, big: bool) -> str:
    link = _BUTTONS[name]
    if not values.get(link):
        return ""
    label = {
        "view_button": view_label(kind),
        "approve_button": _("Approve the quote"),
        "payment_button": _("Pay now"),
        "link_button": values.get("link_label", ""),
    }[name]
    anchor = f'<a class="button" href="${link}">{escape(label)}</a>'
    if not big:
        return anchor
    return f'\n\n<table class="action" role="presentation"><tr><td>{anchor}</td></tr></table>\n\n'


def _summary(kind: str, values: Values) -> str:
    """The figure that matters, big, and what it is about; "" when there is no figure."""
    figure = _figure(kind, values)
    if not figure:
        return ""
    rows = "".join(
        f"<tr><td>{escape(label)}</td><td>${name}</td></tr>"
        for label, name in _facts(kind, values)
        if values.get(name) and name != figure
    )
    return (
        '\n\n<table class="summary" role="presentation">'
        f'<tr><th colspan="2">{escape(_caption(kind))}</th></tr>'
        f'<tr><td class="figure" colspan="2">${figure}</td></tr>{rows}</table>\n\n'
    )


_FIGURES: Final = {
    "invoice": ("amount_due", "balance_due", "balance", "amount"),
    "payment": ("payment.amount", "amount"),
    "statement": ("client.balance", "balance"),
}


def _figure(kind: str, values: Values) -> str:
    return next((name for name in _FIGURES.get(kind, ("amount", "total")) if values.get(name)), "")


def _caption(kind: str) -> str:
    captions = {
        "invoice": _("Amount due"),
        "statement": _("Balance due"),
        "payment": _("Amount received"),
        "refund": _("Amount refunded"),
        "credit": _("Amount credited"),
    }
    return captions.get(kind) or _("Amount")


def _facts(kind: str, values: Values) -> tuple[tuple[str, str], ...]:
    """The lines below the figure: label, and the name of the value."""
    dated = (_("Date"), "date")
    due = (_("Due date"), "requested_by" if values.get("requested_by") else "due_date")
    facts = {
        "invoice": ((_("Invoice"), "number"), dated, due),
        "quote": ((_("Quote"), "number"), dated, (_("Valid until"), "valid_until")),
        "credit": ((_("Credit note"), "number"), dated),
        "purchase_order": ((pgettext("purchase", "Order"), "number"), dated, due),
        "statement": ((pgettext("period", "From"), "start_date"), (pgettext("period", "To"), "end_date")),
        "payment": (
            (_("Payment"), "payment.number"),
            (_("Date"), "payment.date"),
            (_("Invoices"), "payment.invoices"),
        ),
        "refund": ((_("Payment"), "payment.number"), dated),
    }
    return facts.get(kind, ((_("Number"), "number"), dated))
