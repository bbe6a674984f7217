"""Mailgun: its API takes the mail, its webhooks are signed with a key of their own."""

from __future__ import annotations

import hmac
from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

from .api import Api
from .interface import Heard, NotSigned, Provider, What, read, text

_OF_THE_ADDRESS: Final = ("bounce", "suppress-bounce")
"""Reasons of a permanent failure that lie in the address; "old" is a mailbox that was full for too long."""


class Mailgun(Provider):
    key, name, needs = "mailgun", "Mailgun", ("mailgun_secret", "mailgun_domain")

    def connect(self, company: Company) -> BaseEmailBackend:
        domain = str(company.settings.get("mailgun_domain") or "").strip()
        if not domain:
            raise Refused("mailgun_domain", _("Mailgun needs the domain that sends."))
        europe = company.settings.get("mailgun_endpoint") == "api.eu.mailgun.net"
        return Api(
            self.name,
            "mailgun",
            api_key=self.secret(company, "mailgun_secret"),
            sender_domain=domain,
            api_url=settings.MAIL_PROVIDERS["mailgun_eu" if europe else "mailgun"],
            send_defaults={"track_opens": False, "track_clicks": False},
        )

    def heard(self, company: Company, body: bytes) -> list[Heard]:
        told = read(body)
        self._verify(company, told)
        event = told.get("event-data")
        what = _what(event)
        if what is None:
            return []
        return [
            Heard(
                what,
                text(event, "recipient"),
                key=text(event, "id") or text(told, "signature", "token"),
                mark=text(event, "user-variables", "mail"),
                number=text(event, "message", "headers", "message-id"),
                said=_said(event),
            )
        ]

    def _verify(self, company: Company, told: dict[str, Any]) -> None:
        """Older accounts sign with the key of the API. A replay moves nothing: age is no matter."""
        own = company.settings.get("mailgun_webhook_secret")
        name = "mailgun_webhook_secret" if own else "mailgun_secret"
        stamp, token = text(told, "signature", "timestamp"), text(told, "signature", "token")
        ours = hmac.new(self.secret(company, name).encode(), f"{stamp}{token}".encode(), "sha256").hexdigest()
        if not stamp or not hmac.compare_digest(ours.encode(), text(told, "signature", "signature").encode()):
            raise NotSigned("signature")


def _what(event: Any) -> What | None:
    match text(event, "event"):
        case "delivered":
            return What.DELIVERED
        case "complained":
            return What.SPAM
        case "rejected":
            return What.RETURNED
        case "failed" if text(event, "severity") == "temporary":
            return What.DELAYED
        case "failed":
            return _failed(text(event, "reason"))
        case _:
            return None


def _failed(reason: str) -> What:
    if reason == "suppress-complaint":
        return What.SPAM
    return What.BOUNCED if reason in _OF_THE_ADDRESS else What.RETURNED


def _said(event: Any) -> str:
    code = text(event, "delivery-status", "code")
    words = text(event, "delivery-status", "message") or text(event, "delivery-status", "description")
    return f"{code} {words or text(event, 'reason')}".strip()
