"""Services that send for a company, each by its own API, and what they tell of mails afterwards.

- ``provider_of(method) -> Provider | None``: the one behind a value of the setting email_sending_method.
- ``Provider.connect(company) -> BaseEmailBackend``; ``missing(company)``: the settings still to be filled in.
- ``Provider.heard(company, body) -> list[Heard]``: a notification, verified, in our words. Raises NotSigned.
"""

from __future__ import annotations

from typing import Final

from .brevo import Brevo
from .interface import Heard, NotSigned, Provider, What
from .mailgun import Mailgun
from .postmark import Postmark
from .ses import Ses

__all__ = ["PROVIDERS", "Heard", "NotSigned", "Provider", "What", "provider_of"]

PROVIDERS: Final[dict[str, Provider]] = {one.key: one for one in (Postmark(), Mailgun(), Brevo(), Ses())}
"""By the word in addresses and settings: postmark, mailgun, brevo, ses."""


def provider_of(method: str) -> Provider | None:
    """The provider of a way of sending; None for this server, SMTP and what is not installed."""
    return PROVIDERS.get(method.removeprefix("client_"))
