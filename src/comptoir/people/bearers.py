"""Who speaks with an API token."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from django.db import models

from comptoir.tenancy import keys
from comptoir.tenancy.models import Company
from comptoir.tenancy.reading import Columns
from comptoir.tenancy.statements import run

from .models import TOKEN_LENGTH, Membership, Token, User

NEEDED: Final = {
    Token: ("id", "company", "membership", "user", "name", "is_system", "key_seed"),
    Membership: (
        *("id", "user", "company", "is_owner", "is_admin", "is_locked", "permissions"),
        *("archived_at", "deleted_at"),
    ),
    User: (
        *("id", "account", "email", "first_name", "last_name", "language_id", "oauth_provider_id"),
        *("archived_at", "deleted_at"),
    ),
    Company: ("id", "account", "company_key", "settings", "switches", "is_disabled", "deleted_at"),
}
"""What every request asks of them; anything else is read when somebody wants it."""

_FROM: Final = """
FROM people_token t JOIN people_membership m ON m.id = t.membership_id JOIN people_user u ON u.id = m.user_id
JOIN tenancy_company c ON c.id = t.company_id
WHERE t.key_digest = %s AND t.archived_at IS NULL AND t.deleted_at IS NULL
"""


def bearer(value: str) -> tuple[Membership, Token] | None:
    """The member and the token behind a key; None for an unknown or revoked one.

    The membership comes with its user and its company. A locked or archived one is given back too: the
    door answers it with 403 (``membership.is_open``).
    """
    found = _query().find(keys.digest(value)) if len(value) == TOKEN_LENGTH else None
    if found is None:
        return None
    token, membership, user, company = found
    _introduce(membership, user=user, company=company)
    _introduce(token, user=user, company=company, membership=membership)
    return membership, token


def _introduce(row: models.Model, **others: models.Model) -> None:
    """What assigning each would do; every request does it five times."""
    row._state.fields_cache.update(others)


class _Query:
    """A token with its member, user and company in one statement, since every API request asks it."""

    def __init__(self) -> None:
        tables = zip(NEEDED.items(), "tmuc", strict=True)
        self._parts: list[Columns[Any]] = [Columns(model, names, table) for (model, names), table in tables]
        self._text = f"SELECT {', '.join(part.sql for part in self._parts)} {_FROM}"
        ends = [0]
        for part in self._parts:
            ends.append(ends[-1] + len(part.names))
        self._places = list(pairwise(ends))

    def find(self, digest: str) -> list[Any] | None:
        for row in run(self._text, (digest,)):
            pieces = zip(self._parts, self._places, strict=True)
            return [part.row(row[start:end]) for part, (start, end) in pieces]
        return None


@lru_cache(maxsize=1)
def _query() -> _Query:
    return _Query()
