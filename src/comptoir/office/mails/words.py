"""How far a mail came, and why it went no further, in words."""

from __future__ import annotations

import re
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.providers import PROVIDERS
from comptoir.delivery.mail.sending import INTERRUPTED
from comptoir.delivery.mail.transport import has_server
from comptoir.delivery.mail.waiting import PATIENCE
from comptoir.tenancy.scope import current_company

State, Arrival = MailDelivery.State, MailDelivery.Arrival
_SMTP: Final = re.compile(r"^(?:smtp;\s*)?([45]\d\d)\b[ -]?(?:[45]\.(\d+\.\d+))?")
_API: Final = re.compile(rf"^({'|'.join(one.name for one in PROVIDERS.values())}) (\d\d\d): ")
_NO_NETWORK: Final = (
    *("TimeoutError", "Connect", "gaierror", "OSError", "SSL", "SMTPServerDisconnected", "ReadTimeout"),
)
_PASSWORD: Final = ("530", "534", "535")


def state_of(mail: Any) -> tuple[str, str]:
    """A word and the status that gives it its colour."""
    waits = mail.state == State.WAITING and has_server(current_company(), mail.method)
    cases = (
        (_("Complaint"), "bounced", mail.arrival == Arrival.SPAM),
        (pgettext("e-mail", "Opened"), "approved", mail.viewed_at is not None),
        (_("Came back"), "bounced", mail.state == State.FAILED and _came_back(mail)),
        (_("Will be tried again"), "pending", mail.state == State.QUEUED and mail.error),
        (pgettext("e-mail", "Delivered"), "approved", mail.arrival == Arrival.DELIVERED),
        (_("Waits for its turn"), "pending", waits),
        (_("Waiting to leave"), "scheduled", mail.state == State.QUEUED),
        (_("Waits for a mail server"), "pending", mail.state == State.WAITING),
        (_("Leaving"), "running", mail.state == State.SENDING),
        (pgettext("e-mail", "Sent"), "sent", mail.state == State.SENT),
        (pgettext("e-mail", "Failed"), "failed", mail.state == State.FAILED),
    )
    found = next(((word, status) for word, status, fits in cases if fits), None)
    return found or (_("Uncertain"), "pending")


def _came_back(mail: Any) -> bool:
    by_smtp = _SMTP.match(mail.error) and not mail.error.startswith(_PASSWORD)
    return bool(mail.arrival or by_smtp)


def reason_of(mail: Any) -> str:
    """Why it has not arrived, or may not have; "" while all is well."""
    if mail.arrival == Arrival.SPAM:
        return _("The recipient reported it as unwanted: reminders pass this address over.")
    if not mail.error or mail.state == State.SENT:
        return ""
    if mail.state == State.UNKNOWN:
        return _("The connection broke while it was handed over: it may have arrived.")
    return reason(mail.error) or _of_the_arrival(mail.arrival) or _("It could not be sent.")


def reason(error: str) -> str:
    """What a mail server, a provider or our own side means; "" for what we have no words for."""
    if found := _API.match(error):
        return _of_the_provider(found[1], int(found[2]))
    if "not verified" in error:
        return _("The provider has not verified the sender’s address.")
    if found := _SMTP.match(error):
        return _of_the_server(found[1], found[2] or "")
    known = {
        _("The mail server did not answer."): error.startswith(_NO_NETWORK),
        _("No mail server was set within %(n)s days.") % {"n": PATIENCE.days}: "No mail server" in error,
        _("The attachments are too large for an e-mail."): "attachments" in error,
    }
    return next((words for words, fits in known.items() if fits), "")


def _of_the_arrival(arrival: str) -> str:
    return {
        Arrival.BOUNCED: _("The server of the recipient does not know this address."),
        Arrival.RETURNED: _("The server of the recipient did not take it."),
    }.get(arrival, "")  # type: ignore[call-overload]


def _of_the_provider(name: str, code: int) -> str:
    """What a provider's API means by its status; 406 is ours for a recipient that it refuses."""
    meanings = (
        (_("%(provider)s refused the company’s key."), code in (401, 403)),
        (_("The account at %(provider)s has no credit left."), code == 402),
        (_("%(provider)s does not know the domain of the company."), code == 404),
        (
            _("%(provider)s no longer delivers to this address: earlier e-mails came back."),
            code == 406,
        ),
        (_("%(provider)s takes no more e-mails for the moment."), code == 429),
        (_("%(provider)s has trouble of its own at the moment."), code >= 500),
        (_("%(provider)s refused the e-mail."), code >= 400),
    )
    return next((words for words, fits in meanings if fits), "") % {"provider": name}


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
