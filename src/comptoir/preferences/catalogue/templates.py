"""Email texts: subject and body of each message; empty means our own text (``texts.py``)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, EVERYWHERE, Setting, memo, text

TITLE = _("Email texts")

MESSAGES = {
    "invoice": _("Invoice"),
    "quote": _("Quote"),
    "credit": _("Credit"),
    "payment": _("Payment"),
    "payment_partial": _("Part payment"),
    "payment_failed": _("Failed payment"),
    "statement": _("Statement"),
    "purchase_order": _("Purchase order"),
    "reminder1": _("First reminder"),
    "reminder2": _("Second reminder"),
    "reminder3": _("Third reminder"),
    "reminder_endless": _("Endless reminder"),
    "custom1": _("First custom message"),
    "custom2": _("Second custom message"),
    "custom3": _("Third custom message"),
}
"""Every message with a subject and a body of its own, beside the quote reminder."""


def _pair(
    subject: str, body: str, title: object, levels: tuple[str, ...] = EVERYWHERE
) -> tuple[Setting, Setting]:
    return (
        text(subject, format_lazy(_("{message}: subject"), message=title), levels=levels),
        memo(body, format_lazy(_("{message}: body"), message=title), levels=levels),
    )


SETTINGS = (
    *(
        row
        for name, title in MESSAGES.items()
        for row in _pair(
            f"email_subject_{name}",
            f"email_template_{name}",
            title,
            COMPANY_ONLY if name == "purchase_order" else EVERYWHERE,
        )
    ),
    *_pair("email_quote_subject_reminder1", "email_quote_template_reminder1", _("Quote reminder")),
)
