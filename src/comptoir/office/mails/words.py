"""How far a mail came, and why it went no further, in words."""

from __future__ import annotations

import re
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.sending import INTERRUPTED
from comptoir.delivery.mail.waiting import PATIENCE

State = MailDelivery.State
_SMTP: Final = re.compile(r"^([45]\d\d)\b[ -]?(?:[45]\.(\d+\.\d+))?")
_NO_NETWORK: Final = ("TimeoutError", "Connection", "gaierror", "OSError", "SSL", "SMTPServerDisconnected")
_PASSWORD: Final = ("530", "534", "535")


def state_of(mail: Any) -> tuple[str, str]:
    """A word and the status that gives it its colour."""
    if mail.viewed_at is not None:
        return pgettext("e-mail", "Opened"), "approved"
    if mail.state == State.FAILED and _SMTP.match(mail.error) and not mail.error.startswith(_PASSWORD):
        return _("Came back"), "bounced"
    if mail.state == State.QUEUED and mail.error:
        return _("Will be tried again"), "pending"
    return {
        State.QUEUED: (_("Waiting to leave"), "scheduled"),
        State.WAITING: (_("Waits for a mail server"), "pending"),
        State.SENDING: (_("Leaving"), "running"),
        State.SENT: (pgettext("e-mail", "Sent"), "sent"),
        State.FAILED: (pgettext("e-mail", "Failed"), "failed"),
        State.UNKNOWN: (_("Uncertain"), "pending"),
    }[State(mail.state)]


def reason_of(mail: Any) -> str:
    """Why it has not arrived, or may not have; "" while all is well."""
    if not mail.error or mail.state == State.SENT:
        return ""
    if mail.state == State.UNKNOWN:
        return _("The connection broke while it was handed over: it may have arrived.")
    if found := _SMTP.match(mail.error):
        return _of_the_server(found[1], found[2] or "")
    known = {
        _("The mail server did not answer."): mail.error.startswith(_NO_NETWORK),
        _("No mail server was set within %(n)s days.") % {"n": PATIENCE.days}: "No mail server" in mail.error,
        _("The attachments are too large for an e-mail."): "attachments" in mail.error,
    }
    return next((words for words, fits in known.items() if fits), _("It could not be sent."))


def _of_the_server(code: str, detail: str) -> str:
    """What an SMTP server means by its code and, behind the class, its enhanced one (RFC 5321, RFC 3463)."""
    meanings = (
        (_("The mail server refused the name or the password of the company."), code in _PASSWORD),
        (
            _("The mailbox of the recipient is full, or the message too large for it."),
            detail == "2.2" or code in ("452", "552"),
        ),
        (
            _("The server of the recipient refuses it as unwanted."),
            detail.startswith("7.") or (code == "554" and not detail),
        ),
        (_("The server of the recipient does not take it at the moment."), code.startswith("4")),
    )
    unknown = _("The server of the recipient does not know this address.")
    return next((words for words, fits in meanings if fits), unknown)


def raw_of(mail: Any) -> str:
    """What the other server, or ours, said itself."""
    return "" if mail.state == State.SENT or mail.error == INTERRUPTED.sentence else mail.error
