"""How mail leaves: the installation's server (EMAIL_URL), a company's own, or a provider's API."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.preferences import secrets
from comptoir.tenancy.models import Company
from comptoir.tenancy.sealing import Unreadable

from .providers import provider_of
from .smtp import Refusals, Smtp

_DJANGOS: Final = "django.core.mail.backends.smtp.EmailBackend"
_OK: Final = re.compile(rb"^Ok (\S+)$", re.IGNORECASE)
"""Amazon's answer to a message; its name for it stands behind the word."""


def has_server(company: Company, method: str) -> bool:
    """Whether somebody has set a server for mails sent by ``method``; without one they wait."""
    if method in ("", "default"):
        return bool(settings.MAIL_SERVER_IS_SET)
    if provider := provider_of(method):
        return not provider.missing(company)
    return method != "smtp" or bool(company.switch("smtp_host"))


def transport(company: Company, method: str) -> BaseEmailBackend:
    """A closed connection for mails sent by ``method`` (the setting email_sending_method).

    Raises Refused when the company's own server is not filled in, or the method is not there.
    """
    if method in ("", "default"):
        ours = settings.EMAIL_BACKEND == _DJANGOS
        return Smtp() if ours else get_connection(fail_silently=False)
    if method == "smtp":
        return _own_server(company)
    if provider := provider_of(method):
        return provider.connect(company)
    raise Refused("email_sending_method", _("This way of sending mail is not installed."))


def _own_server(company: Company) -> Smtp:
    if not company.switch("smtp_host"):
        raise Refused("smtp_host", _("The mail server is missing."))
    port = int(company.switch("smtp_port") or 587)
    encryption = str(company.switch("smtp_encryption")).lower()
    implicit = encryption == "ssl" or port == 465
    return Smtp(
        host=str(company.switch("smtp_host")),
        port=port,
        username=str(company.switch("smtp_username")),
        password=_password(company),
        use_ssl=implicit,
        use_tls=not implicit and encryption in ("tls", "starttls"),
        local_domain=str(company.switch("smtp_local_domain")),
        verify=bool(company.switch("smtp_verify_peer")),
    )


def _password(company: Company) -> str:
    try:
        return secrets.password_of(company)
    except Unreadable:
        raise Refused("smtp_password", _("This key cannot be read any more. Type it again.")) from None


def open_and_send(
    connection: BaseEmailBackend, message: EmailMessage, before_body: Callable[[], None]
) -> None:
    """Send one message; ``before_body`` is called at the last moment at which nothing was sent yet."""
    if isinstance(connection, Smtp):
        connection.before_body = before_body
    else:
        before_body()
    connection.open()
    connection.send_messages([message])


def was_given(connection: BaseEmailBackend) -> bool:
    """Whether a connection that was lost may have been lost after the server took the message."""
    return connection.body_given if isinstance(connection, Smtp) else True


def refused_by(connection: BaseEmailBackend) -> Refusals:
    """The recipients that the server refused while it took the message for others."""
    return connection.refused if isinstance(connection, Smtp) else {}


def number_of(connection: BaseEmailBackend, message: EmailMessage) -> str:
    """What the provider calls the message that it took; "" from an ordinary mail server."""
    if isinstance(connection, Smtp):
        found = _OK.match(connection.reply[1])
        return found[1].decode("ascii", "replace") if found else ""
    status = getattr(message, "anymail_status", None)
    known = status.message_id if status is not None else ""
    return known.strip("<>")[:190] if isinstance(known, str) else ""
