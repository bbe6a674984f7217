"""Amazon SES by its SMTP door, whose password follows from the secret key: the wire's own keys suffice.

What becomes of mails it tells by Amazon SNS (``sns.py``): the topic is set in the company's settings.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from comptoir.activity.outbox import queue
from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

from ..smtp import Smtp
from . import sns
from .interface import Heard, NotSigned, Provider, What, part, read, text

_VERSION: Final = b"\x04"


class Ses(Provider):
    key, name, needs = "ses", "Amazon SES", ("ses_access_key", "ses_secret_key", "ses_region")
    sender = "ses_from_address"

    def connect(self, company: Company) -> BaseEmailBackend:
        region = str(company.settings.get("ses_region") or "").strip().lower()
        if not re.fullmatch(sns.REGION, region):
            raise Refused("ses_region", _("A region of Amazon is written like this: eu-west-3."))
        server = urlsplit(settings.MAIL_PROVIDERS["ses"].format(region=region))
        return Smtp(
            host=server.hostname,
            port=server.port,
            username=self.secret(company, "ses_access_key"),
            password=smtp_password(self.secret(company, "ses_secret_key"), region),
            use_tls=server.scheme == "smtp+tls",
            use_ssl=False,
        )

    def heard(self, company: Company, body: bytes) -> list[Heard]:
        told = read(body)
        topic = str(company.settings.get("ses_topic_arn") or "").strip()
        if not topic or text(told, "TopicArn") != topic:
            raise NotSigned("topic")
        sns.verify(told)
        if told["Type"] == "SubscriptionConfirmation":
            queue(sns.CONFIRM, {"url": text(told, "SubscribeURL")})
        return _events(told) if told["Type"] == "Notification" else []


def smtp_password(secret_key: str, region: str) -> str:
    """The password of the SMTP door (Amazon SES, “Converting existing AWS credentials”)."""
    key = f"AWS4{secret_key}".encode()
    for step in ("11111111", region, "ses", "aws4_request", "SendRawEmail"):
        key = hmac.digest(key, step.encode(), sha256)
    return b64encode(_VERSION + key).decode()


def _events(told: dict[str, Any]) -> list[Heard]:
    """Both forms of SES, notifications of an identity and events of a configuration set, are alike."""
    try:
        inner = json.loads(text(told, "Message"))
    except ValueError:
        return []  # Amazon's word that the topic works
    number, key = text(inner, "mail", "messageId"), text(told, "MessageId")
    match text(inner, "eventType") or text(inner, "notificationType"):
        case "Delivery":
            words = text(inner, "delivery", "smtpResponse")
            people = [(each, words) for each in part(inner, "delivery", "recipients") or ()]
            what = What.DELIVERED
        case "Bounce":
            hard = text(inner, "bounce", "bounceType") == "Permanent"
            people = _people(inner, "bounce", "bouncedRecipients")
            what = What.BOUNCED if hard else What.RETURNED
        case "Complaint":
            people, what = _people(inner, "complaint", "complainedRecipients"), What.SPAM
        case _:
            return []
    return [
        Heard(what, str(person), key=f"{key}:{person}", number=number, said=words) for person, words in people
    ]


def _people(inner: Any, event: str, listed: str) -> list[tuple[str, str]]:
    rows = part(inner, event, listed) or ()
    return [(text(row, "emailAddress"), text(row, "diagnosticCode")) for row in rows]
