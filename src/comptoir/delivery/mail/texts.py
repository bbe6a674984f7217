"""Our own wording of every mail, used where a company has written none (contract rules 22).

``$greeting``, ``$summary`` and the buttons are pieces of ``pieces.py``; the rest are placeholders.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_language

from .look import Settings


class Wording(NamedTuple):
    subject: str
    body: str


_BYE: Final = _("Kind regards,\n$company.name")

OURS: Final[dict[str, tuple[Any, Any]]] = {
    "invoice": (
        _("Invoice $number – $company.name"),
        _("Please find invoice $number.\n\n$summary\n\n$view_button\n\nThank you for your trust."),
    ),
    "quote": (
        _("Quote $number – $company.name"),
        _(
            "Please find our quote $number.\n\n$summary\n\n$view_button\n\n"
            "You can approve it online. We are happy to answer your questions."
        ),
    ),
    "credit": (
        _("Credit note $number – $company.name"),
        _("Please find credit note $number in your favour.\n\n$summary\n\n$view_button"),
    ),
    "payment": (
        _("$company.name has received your payment"),
        _("We have received your payment. Thank you.\n\n$summary\n\n$view_button"),
    ),
    "payment_partial": (
        _("$company.name has received your part payment"),
        _(
            "We have received your part payment. Thank you.\n\n$summary\n\n"
            "The rest remains due.\n\n$view_button"
        ),
    ),
    "payment_failed": (
        _("Your payment to $company.name did not go through"),
        _(
            "Your payment did not go through. Please try again, or choose another means of payment."
            "\n\n$summary\n\n$payment_button"
        ),
    ),
    "statement": (
        _("Your statement of account with $company.name"),
        _("Please find your statement of account.\n\n$summary\n\n$view_button"),
    ),
    "purchase_order": (
        _("Order $number – $company.name"),
        _("Please find our order $number.\n\n$summary\n\n$view_button"),
    ),
    "reminder1": (
        _("Reminder: invoice $number – $company.name"),
        _(
            "We take the liberty of reminding you of invoice $number.\n\n$summary\n\n$view_button\n\n"
            "If you have paid in the meantime, please disregard this message."
        ),
    ),
    "reminder2": (
        _("Second reminder: invoice $number – $company.name"),
        _(
            "Unless we are mistaken, invoice $number is still unpaid. Please settle it, or tell us if "
            "something stands in the way.\n\n$summary\n\n$view_button"
        ),
    ),
    "reminder3": (
        _("Last reminder: invoice $number – $company.name"),
        _(
            "Despite our reminders, invoice $number is still unpaid. Please settle it without delay."
            "\n\n$summary\n\n$view_button"
        ),
    ),
    "reminder_endless": (
        _("Invoice $number is still unpaid – $company.name"),
        _("Invoice $number is still unpaid. Please settle it.\n\n$summary\n\n$view_button"),
    ),
    "quote_reminder1": (
        _("Reminder: quote $number – $company.name"),
        _(
            "Our quote $number is waiting for your answer.\n\n$summary\n\n$view_button\n\n"
            "We are happy to answer your questions."
        ),
    ),
    **{
        f"custom{n}": (
            _("$company.name about $number"),
            _("We are writing to you about $number.\n\n$summary\n\n$view_button"),
        )
        for n in (1, 2, 3)
    },
}


TEMPLATES: Final = tuple(OURS)
"""The messages that a company can word itself."""

FIXED: Final[dict[str, tuple[Any, Any]]] = {
    "instalment": (
        _("Instalment $instalment of invoice $number – $company.name"),
        _(
            "Instalment $instalment of invoice $number is due.\n\n$summary\n\n$payment_button\n\n$view_button"
            "\n\nIf you have paid in the meantime, please disregard this message."
        ),
    ),
    "refund": (
        _("$company.name has refunded $amount"),
        _("We have refunded money that you had paid.\n\n$summary\n\n$view_button"),
    ),
}
"""Messages that no setting words."""


def ours(template: str) -> Wording:
    """Our own words in the language that is active. Raises KeyError for a template that does not exist."""
    subject, body = (OURS | FIXED)[template]
    return Wording(str(subject), f"$greeting\n\n{body}\n\n{_BYE}")


def setting_names(template: str) -> tuple[str, str]:
    """The settings that hold a template's subject and body."""
    if template == "quote_reminder1":
        return "email_quote_subject_reminder1", "email_quote_template_reminder1"
    return f"email_subject_{template}", f"email_template_{template}"


def template_named(wire: str) -> str | None:
    """Our name for the wire's (``email_template_invoice``, or ``invoice``); None when unknown."""
    name = wire.replace("email_quote_template_", "quote_").removeprefix("email_template_")
    return name if name in OURS or name in FIXED else None


def wording(settings: Settings, template: str, locale: str) -> Wording:
    """Subject and body in force, the company's own or ours in the recipient's language.

    Raises KeyError for a template that does not exist.
    """
    with translation.override(to_language(locale)):
        stock = ours(template)
    if template in FIXED:
        return stock
    own_subject, own_body = (str(settings[name]).strip() for name in setting_names(template))
    return Wording(own_subject or stock.subject, own_body or stock.body)
