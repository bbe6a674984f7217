"""What we write on a mail so that a provider's news about it can be told from anybody else's."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from comptoir.kernel import ids
from comptoir.tenancy.keys import derive

from .models import MailDelivery


class Mark(NamedTuple):
    """A mail of this installation, and which of its handings over."""

    pk: int
    handed: int


def marked(delivery: MailDelivery) -> str:
    """The mark for the next handing over, letters, digits and hyphens only."""
    return f"{ids.encode(delivery.pk)}-{derive('mail', delivery.pk)}-{delivery.handed + 1}"


def read(text: str) -> Mark | None:
    """The mail behind a mark; None for what is none of this installation's."""
    key, _, rest = text.partition("-")
    proof, _, handed = rest.partition("-")
    pk = ids.decode(key)
    if pk is None or not handed.isascii() or not handed.isdigit():
        return None
    ours = secrets.compare_digest(proof.encode(), derive("mail", pk).encode())
    return Mark(pk, int(handed)) if ours else None
