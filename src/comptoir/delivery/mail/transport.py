"""How mail leaves: the installation's server (EMAIL_URL), or a company's own."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

TIMEOUT: Final = 30
_DJANGOS: Final = "django.core.mail.backends.smtp.EmailBackend"


Refusals = dict[str, tuple[int, bytes]]


class _Watched(smtplib.SMTP):
    """Tells its backend when the message itself is about to go, and whom the server refused."""

    backend: Smtp

    def __init__(self, host: str = "", port: int = 0, **options: Any) -> None:
        if self.backend.local_domain:
            options["local_hostname"] = self.backend.local_domain
        super().__init__(host, port, **options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.backend.before_body()
        self.backend.body_given = True
        return super().data(msg)

    def sendmail(self, *args: Any, **options: Any) -> Refusals:
        self.backend.refused = super().sendmail(*args, **options)
        return self.backend.refused


class _WatchedSsl(_Watched, smtplib.SMTP_SSL):
    pass


class Smtp(EmailBackend):
    """Django's SMTP, watched, with a time limit; certificates are checked unless told otherwise.

    Once ``body_given``, a lost connection leaves open whether the mail was taken. ``refused`` are
    recipients that the server did not take although it took the message for others.
    """

    def __init__(self, *, local_domain: str = "", verify: bool = True, **options: Any) -> None:
        super().__init__(**{"timeout": settings.EMAIL_TIMEOUT or TIMEOUT, **options})
        self.local_domain = local_domain
        self.verify = verify
        self.before_body: Callable[[], None] = lambda: None
        self.body_given = False
        self.refused: Refusals = {}

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        base = _WatchedSsl if self.use_ssl else _Watched
        return type(base.__name__, (base,), {"backend": self})

    @property
    def ssl_context(self) -> ssl.SSLContext:
        context = super().ssl_context
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def has_server(company: Company, method: str) -> bool:
    """Whether somebody has set a server for mails sent by ``method``; without one they wait."""
    if method in ("", "default"):
        return bool(settings.MAIL_SERVER_IS_SET)
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
        password=company.smtp_password,
        use_ssl=implicit,
        use_tls=not implicit and encryption in ("tls", "starttls"),
        local_domain=str(company.switch("smtp_local_domain")),
        verify=bool(company.switch("smtp_verify_peer")),
    )


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
