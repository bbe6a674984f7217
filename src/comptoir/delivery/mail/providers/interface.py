"""What a provider is."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.preferences import secrets
from comptoir.tenancy.models import Company
from comptoir.tenancy.sealing import Unreadable


class NotSigned(Exception):
    """The notification is not from the provider, or is not one."""


class What(StrEnum):
    """What became of a mail. ``RETURNED``: for now, or for a reason that lies not in the address."""

    DELAYED = "delayed"
    RETURNED = "returned"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    SPAM = "spam"


@dataclass(frozen=True)
class Heard:
    """One thing told of one recipient of one mail.

    ``mark`` is what we wrote on the mail (``marks.py``), ``number`` what the provider calls it: one of
    them finds it. ``key`` is the provider's name of this event, ``said`` the other server's words.
    """

    what: What
    recipient: str
    key: str
    mark: str = ""
    number: str = ""
    said: str = ""


class Provider(ABC):
    """``needs`` are the settings without which it cannot send; ``sender`` one that names its From."""

    key: ClassVar[str]
    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]
    sender: ClassVar[str] = ""

    @abstractmethod
    def connect(self, company: Company) -> BaseEmailBackend:
        """A closed connection in the company's name. Raises Refused at the setting that is not usable."""

    @abstractmethod
    def heard(self, company: Company, body: bytes) -> list[Heard]:
        """What a notification to the company says; [] for news we do not follow. Raises NotSigned."""

    def missing(self, company: Company) -> list[str]:
        """The settings that are still empty."""
        return [key for key in self.needs if not company.settings.get(key)]

    def secret(self, company: Company, key: str) -> str:
        """A key in clear. Raises Refused at its setting."""
        try:
            found = secrets.opened(company, key)
        except Unreadable:
            raise Refused(key, _("This key cannot be read any more. Type it again.")) from None
        if not found:
            raise Refused(key, _("%(provider)s needs its key.") % {"provider": self.name})
        return found


def read(body: bytes) -> dict[str, Any]:
    """The JSON object of a notification. Raises NotSigned."""
    try:
        found = json.loads(body)
    except ValueError:
        raise NotSigned("no JSON") from None
    if not isinstance(found, dict):
        raise NotSigned("no object")
    return found


def part(of: Any, *names: str) -> Any:
    """What stands at a path of nested objects; None where it ends early."""
    for name in names:
        of = of.get(name) if isinstance(of, dict) else None
    return of


def text(of: Any, *names: str) -> str:
    """The same as a text, "" for nothing."""
    found = part(of, *names)
    return "" if found is None or isinstance(found, (dict, list)) else str(found)
