"""Who speaks with an API token."""

from __future__ import annotations

from comptoir.tenancy import keys

from .models import Membership, Token


def bearer(value: str) -> tuple[Membership, Token] | None:
    """The member and the token behind a key; None for an unknown or revoked one.

    The membership comes with its user and its company. A locked or archived one is given back too: the
    door answers it with 403 (``membership.is_open``).
    """
    if len(value) > 100:
        return None
    rows = Token.everywhere.select_related("membership__user", "company")
    token = rows.filter(key_digest=keys.digest(value), archived_at=None, deleted_at=None).first()
    if token is None:
        return None
    token.membership.company = token.company
    return token.membership, token
