"""Brevo: its API takes the mail, its transactional webhooks tell what became of it."""

from __future__ import annotations

import json
from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from comptoir.tenancy.models import Company

from .api import Api
from .interface import Heard, Provider, What, read, text

_EVENTS: Final = {
    "delivered": What.DELIVERED,
    "hard_bounce": What.BOUNCED,
    "invalid_email": What.BOUNCED,
    "soft_bounce": What.RETURNED,
    "blocked": What.RETURNED,
    "error": What.RETURNED,
    "deferred": What.DELAYED,
    "spam": What.SPAM,
    "complaint": What.SPAM,
}


class Brevo(Provider):
    key, name, needs = "brevo", "Brevo", ("brevo_secret",)

    def connect(self, company: Company) -> BaseEmailBackend:
        return Api(
            self.name,
            "brevo",
            api_key=self.secret(company, "brevo_secret"),
            api_url=settings.MAIL_PROVIDERS["brevo"],
        )

    def heard(self, company: Company, body: bytes) -> list[Heard]:
        told = read(body)
        what = _EVENTS.get(text(told, "event"))
        if what is None:
            return []
        number = text(told, "message-id")
        moment = text(told, "ts_epoch") or text(told, "ts_event") or text(told, "ts")
        return [
            Heard(
                what,
                text(told, "email"),
                key=f"{number}:{text(told, 'event')}:{text(told, 'email')}:{moment}",
                mark=_mark(told),
                number=number,
                said=text(told, "reason"),
            )
        ]


def _mark(told: dict[str, Any]) -> str:
    """What we wrote on the mail comes back as a JSON text."""
    try:
        return text(json.loads(text(told, "X-Mailin-custom") or "{}"), "mail")
    except ValueError:
        return ""
