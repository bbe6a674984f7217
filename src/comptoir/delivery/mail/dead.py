"""Addresses that nobody reads, or whose owner complained: reminders pass them over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .models import DeadAddress, MailDelivery

_UNKNOWN: Final = re.compile(r"\b5\.1\.(1|2|3|6|10)\b")
"""There is no such mailbox, server or syntax, or it has moved away (RFC 3463, RFC 7505)."""


def bury(mail: MailDelivery, address: str, said: str, *, is_complaint: bool = False) -> None:
    """Remember that an address is not to be written to by the clock; a complaint stays one."""
    known = {"mail": mail, "said": said[:500], **({"is_complaint": True} if is_complaint else {})}
    DeadAddress.objects.update_or_create(company_id=mail.company_id, address=address.lower(), defaults=known)


def revive(address: str) -> bool:
    """Write to an address of the company in scope again; whether it was dead."""
    return bool(DeadAddress.objects.filter(address=address.lower()).delete()[0])


def lives(mail: MailDelivery, address: str) -> None:
    """A mail has arrived there: what an earlier one met with no longer counts, but for a complaint."""
    DeadAddress.objects.filter(address=address.lower(), mail_id__lte=mail.pk, is_complaint=False).delete()


def dead(addresses: Iterable[str]) -> dict[str, DeadAddress]:
    """Those of the addresses that are dead, by the address in lower case."""
    wanted = {one.strip().lower() for one in addresses if one.strip()}
    found = DeadAddress.objects.filter(address__in=wanted) if wanted else ()
    return {row.address: row for row in found}


def is_unknown(said: str) -> bool:
    """Whether a mail server's final answer says that there is no such address."""
    return bool(_UNKNOWN.search(said))
