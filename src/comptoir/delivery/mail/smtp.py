"""SMTP, watched: when the message itself goes, what was answered, who was refused."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

TIMEOUT: Final = 30

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
        self.backend.reply = super().data(msg)
        return self.backend.reply

    def sendmail(self, *args: Any, **options: Any) -> Refusals:
        self.backend.refused = super().sendmail(*args, **options)
        return self.backend.refused


class _WatchedSsl(_Watched, smtplib.SMTP_SSL):
    pass


class Smtp(EmailBackend):
    """Django's SMTP, watched, with a time limit; certificates are checked unless told otherwise.

    Once ``body_given``, a lost connection leaves open whether the mail was taken; ``reply`` is what the
    server answered to it. ``refused`` are
    recipients that the server did not take although it took the message for others.
    """

    def __init__(self, *, local_domain: str = "", verify: bool = True, **options: Any) -> None:
        super().__init__(**{"timeout": settings.EMAIL_TIMEOUT or TIMEOUT, **options})
        self.local_domain = local_domain
        self.verify = verify
        self.before_body: Callable[[], None] = lambda: None
        self.body_given = False
        self.reply: tuple[int, bytes] = (0, b"")
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
