"""The mail server that EMAIL_URL names."""

from typing import Any
from urllib.parse import unquote, urlsplit

from comptoir.config.environment import Misconfigured

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_CONSOLE = "django.core.mail.backends.console.EmailBackend"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
PROVIDERS = {
    "postmark": "https://api.postmarkapp.com/",
    "mailgun": "https://api.mailgun.net/v3/",
    "mailgun_eu": "https://api.eu.mailgun.net/v3/",
    "brevo": "https://api.brevo.com/v3/",
    "ses": "smtp+tls://email-smtp.{region}.amazonaws.com:587",
}
"""Where a company's own provider takes mails."""

_EXAMPLE = "smtp+tls://user:password@mail.example.com:587"


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings. smtp+tls begins plainly and then encrypts, smtps encrypts from the start."""
    if url == "console:":
        return {"EMAIL_BACKEND": _CONSOLE}
    parts = urlsplit(url)
    if url and (parts.scheme not in _PORTS or not parts.hostname):
        # never the address itself: it may hold a password, and this goes to a log
        raise Misconfigured(f"EMAIL_URL must look like {_EXAMPLE} (or smtp://, smtps://, console:).")
    return {
        "EMAIL_BACKEND": _SMTP,
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or _PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
