"""Postmark: its API takes the mail, its webhooks tell of deliveries, bounces and complaints."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from comptoir.tenancy.models import Company

from .api import Api
from .interface import Heard, Provider, What, read, text

_OF_THE_ACCOUNT: Final = frozenset({10, 400, 401, 405, 412, 413, 429})
"""Postmark's codes for faults of the token, the sender or the account, which a person puts right."""

_KEEP_OUR_ID: Final = {"X-PM-KeepID": "true"}
"""Otherwise Postmark writes a Message-ID of its own, and an answer would not find what it answers."""

_BOUNCES: Final = {
    "HardBounce": What.BOUNCED,
    "BadEmailAddress": What.BOUNCED,
    "SpamComplaint": What.SPAM,
    "SpamNotification": What.RETURNED,
    "SoftBounce": What.RETURNED,
    "Blocked": What.RETURNED,
    "DMARCPolicy": What.RETURNED,
    "VirusNotification": What.RETURNED,
    "ManuallyDeactivated": What.RETURNED,
    "SMTPApiError": What.RETURNED,
    "TemplateRenderingFailed": What.RETURNED,
    "Transient": What.DELAYED,
    "DnsError": What.DELAYED,
}
"""Types of bounces; answering machines and address changes among them are not bounces of ours."""


class Postmark(Provider):
    key, name, needs = "postmark", "Postmark", ("postmark_secret",)

    def connect(self, company: Company) -> BaseEmailBackend:
        return Api(
            self.name,
            "postmark",
            _OF_THE_ACCOUNT,
            headers=_KEEP_OUR_ID,
            server_token=self.secret(company, "postmark_secret"),
            api_url=settings.MAIL_PROVIDERS["postmark"],
            send_defaults={"track_opens": False, "track_clicks": False},
        )

    def heard(self, company: Company, body: bytes) -> list[Heard]:
        told = read(body)
        what = _what(told)
        if what is None:
            return []
        number = text(told, "MessageID")
        return [
            Heard(
                what,
                text(told, "Email") or text(told, "Recipient"),
                key=text(told, "ID") or f"{number}:{what}:{text(told, 'DeliveredAt')}",
                mark=text(told, "Metadata", "mail"),
                number=number,
                said=text(told, "Details") or text(told, "Description"),
            )
        ]


def _what(told: dict[str, Any]) -> What | None:
    match told.get("RecordType"):
        case "Delivery":
            return What.DELIVERED
        case "SpamComplaint":
            return What.SPAM
        case "Bounce":
            return _BOUNCES.get(text(told, "Type"))
        case _:
            return None
