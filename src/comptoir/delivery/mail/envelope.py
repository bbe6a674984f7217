"""Who a mail is from and who gets a copy, as the settings in force have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings as installation
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

from .addresses import address, addresses, bare, named
from .look import Settings
from .providers import provider_of

MOST_COPIES: Final = 4


def envelope(
    company: Company, settings: Settings, cc: Sequence[str] = (), *, bcc: bool = True
) -> dict[str, Any]:
    """The sender, Reply-To, copies and way of sending: columns of MailDelivery.

    Raises Refused at the setting that holds no address, or at ``cc_email``.
    """
    copies = [address(one, "cc_email") for one in cc]
    if len(copies) > MOST_COPIES:
        raise Refused("cc_email", _("At most four copies can be sent."))
    hidden = addresses(str(settings["bcc_email"]), "bcc_email") if bcc else []
    name = str(settings["email_from_name"]) or str(settings["name"])
    return {
        "sender": named(name, _from(company, settings)),
        "reply_to": _reply_to(settings),
        "cc": copies,
        "bcc": [one for one in hidden if one not in copies],
        "method": str(settings["email_sending_method"]),
    }


def _from(company: Company, settings: Settings) -> str:
    """The installation's address on its own server; on another one, an address of that server."""
    method = str(settings["email_sending_method"])
    if method == "default":
        return bare(installation.DEFAULT_FROM_EMAIL)
    provider = provider_of(method)
    if provider and provider.sender and (own := str(company.settings.get(provider.sender) or "").strip()):
        return address(own, provider.sender)
    if own := str(settings["custom_sending_email"]).strip():
        return address(own, "custom_sending_email")
    user = "" if provider else str(company.switch("smtp_username"))
    return _address_or_none(str(settings["email"])) or _address_or_none(user) or _missing()


def _missing() -> str:
    raise Refused("custom_sending_email", _("The sender's address is missing."))


def _reply_to(settings: Settings) -> str:
    """Where an answer goes: the address set for it, else the company's own."""
    if chosen := str(settings["reply_to_email"]).strip():
        return named(str(settings["reply_to_name"]), address(chosen, "reply_to_email"))
    return _address_or_none(str(settings["email"])) or ""


def _address_or_none(text: str) -> str | None:
    try:
        return address(text)
    except Refused:
        return None
