"""Our own email texts: what a message says until the company writes its own.

Read them with the client's language active. They are plain texts with $variables, which
``delivery.placeholders`` fills in.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _


class Message(NamedTuple):
    """Subject and body, translated when they are turned into text."""

    subject: Any
    body: Any


_REMINDER: Final = _(
    "Hello $contact.first_name,\n\nInvoice $number of $date is still open: $balance was due on $due_date. "
    "Perhaps our messages have crossed; if not, please pay it here:\n\n$view_button"
)

_MESSAGES: Final = {
    "invoice": Message(
        _("Invoice $number from $company.name"),
        _(
            "Hello $contact.first_name,\n\nHere is invoice $number of $amount, due on $due_date."
            "\n\n$view_button"
        ),
    ),
    "quote": Message(
        _("Quote $number from $company.name"),
        _(
            "Hello $contact.first_name,\n\nHere is quote $number of $amount, valid until $valid_until. "
            "You can read and approve it here:\n\n$view_button"
        ),
    ),
    "credit": Message(
        _("Credit $number from $company.name"),
        _("Hello $contact.first_name,\n\nHere is credit $number of $amount.\n\n$view_button"),
    ),
    "payment": Message(
        _("Payment received by $company.name"),
        _(
            "Hello $contact.first_name,\n\nThank you for your payment of $amount for $invoices."
            "\n\n$view_button"
        ),
    ),
    "payment_partial": Message(
        _("Part payment received by $company.name"),
        _(
            "Hello $contact.first_name,\n\nThank you for your payment of $amount for $invoices. "
            "$balance is left to pay.\n\n$view_button"
        ),
    ),
    "payment_failed": Message(
        _("Your payment to $company.name did not go through"),
        _(
            "Hello $contact.first_name,\n\nYour payment of $amount for $invoices did not go through. "
            "You can try again here:\n\n$view_button"
        ),
    ),
    "statement": Message(
        _("Your statement from $company.name"),
        _("Hello $contact.first_name,\n\nHere is your statement from $start_date to $end_date."),
    ),
    "purchase_order": Message(
        _("Purchase order $number from $company.name"),
        _("Hello $contact.first_name,\n\nHere is our purchase order $number of $amount.\n\n$view_button"),
    ),
    "reminder1": Message(_("Reminder: invoice $number from $company.name"), _REMINDER),
    "reminder2": Message(_("Second reminder: invoice $number from $company.name"), _REMINDER),
    "reminder3": Message(_("Last reminder: invoice $number from $company.name"), _REMINDER),
    "reminder_endless": Message(_("Invoice $number from $company.name is still open"), _REMINDER),
    "quote_reminder1": Message(
        _("Reminder: quote $number from $company.name"),
        _(
            "Hello $contact.first_name,\n\nQuote $number of $amount is waiting for your answer, "
            "until $valid_until.\n\n$view_button"
        ),
    ),
}
_CUSTOM: Final = Message(_("A message from $company.name"), _("Hello $contact.first_name,\n\n$view_button"))


def message(name: str) -> Message:
    """The text of a message: "invoice", "reminder1", "custom2", "quote_reminder1" …"""
    return _MESSAGES.get(name, _CUSTOM)


def setting_keys(name: str) -> tuple[str, str]:
    """The settings that hold a company's own subject and body of a message."""
    if name == "quote_reminder1":
        return "email_quote_subject_reminder1", "email_quote_template_reminder1"
    return f"email_subject_{name}", f"email_template_{name}"
