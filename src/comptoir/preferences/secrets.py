"""Keys to somebody else's service among the settings: sealed at rest, masked wherever they are shown.

They are the company's own: what a client or a group sends under such a name is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.tenancy import sealing
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import current_company_id

from .catalogue import CATALOGUE, Kind

MASK: Final = "**********"
"""What is shown of one that is set; sent back, it leaves the key as it is."""

_PASSWORD: Final = "smtp_password"  # noqa: S105 - the purpose it is sealed for

KEYS: Final = frozenset(key for key, setting in CATALOGUE.items() if setting.kind is Kind.SECRET)


def kept(key: str, sent: str, stored: Mapping[str, Any]) -> str:
    """What the company in scope keeps of a key that was sent; "" empties it."""
    if not sent:
        return ""
    if not sent.strip("* "):
        return str(stored.get(key) or "")
    return sealing.seal(sent.strip(), key, current_company_id())


def seal_password(company: Company, password: str) -> str:
    """What the column smtp_password keeps of the password of the company's own mail server."""
    return sealing.seal(password, _PASSWORD, company.pk)


def kept_password(company: Company, sent: Mapping[str, Any]) -> str:
    """What the column smtp_password keeps when ``sent`` changes the company.

    Absent or masked it stays as it is, "" empties it. Raises Refused at ``smtp_password`` when another
    server would get the one that is kept: whoever may name a server need not know it.
    """
    password = sent.get(_PASSWORD)
    if password == "":
        return ""
    if password is not None and password.strip("* "):
        return seal_password(company, password)
    known = company.switch("smtp_host")
    if company.smtp_password and sent.get("smtp_host", known) not in ("", known):
        raise Refused(_PASSWORD, _("Type the password again for another server."))
    return company.smtp_password


def password_of(company: Company) -> str:
    """The password of the company's own mail server, in clear. Raises sealing.Unreadable."""
    return sealing.unseal(company.smtp_password, _PASSWORD, company.pk)


def masked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with asterisks for the keys that are set."""
    return {key: MASK if key in KEYS and value else value for key, value in settings.items()}


def opened(company: Company, key: str) -> str:
    """The key in clear; "" when it is not set. Raises sealing.Unreadable."""
    return sealing.unseal(str(company.settings.get(key) or ""), key, company.pk)
