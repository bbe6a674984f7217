"""API tokens: made, named, shown, revoked."""

from __future__ import annotations

import secrets
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys
from comptoir.tenancy.locking import lock

from .facts import TokenCreated, TokenRenamed, TokenRestored, TokenRevoked, TokenShown
from .models import Membership, Token, User

LOGIN = "Comptoir"
"""The name of the token that an app gets by signing in, unless it names itself."""


@operation
def create_token(membership: Membership, name: str, *, by: Actor, on: date) -> Token:
    """Make a token with a member's rights. Raises Refused at name."""
    token = _planted(Token(membership=membership, user_id=membership.user_id, name=_named(name)))
    token.save(force_insert=True)
    tell(TokenCreated(token, actor=by))
    return token


@operation
def rename_token(token: Token, name: str, *, by: Actor, on: date) -> Token:
    """Raises Refused at name."""
    lock(token)
    changes = changed(token, {"name": _named(name)})
    token.save(update_fields=["name", "updated_at"])
    tell(TokenRenamed(token, actor=by, changes=changes))
    return token


@operation
def show_token(token: Token, *, by: Actor, on: date) -> str:
    """The whole key. Who may ask is decided at the door; that it was shown stays on record (T29)."""
    tell(TokenShown(token, actor=by, notes=token.user.name))
    return token.value


@operation
def revoke_token(token: Token, *, by: Actor, on: date, delete: bool = False) -> Token:
    """Archive or delete a token: from now on it opens nothing."""
    lock(token)
    now = timezone.now()
    token.archived_at = token.archived_at or now
    token.deleted_at = now if delete else token.deleted_at
    token.save(update_fields=["archived_at", "deleted_at", "updated_at"])
    tell(TokenRevoked(token, actor=by))
    return token


@operation
def restore_token(token: Token, *, by: Actor, on: date) -> Token:
    """Let a revoked token open again."""
    lock(token)
    token.archived_at = token.deleted_at = None
    token.save(update_fields=["archived_at", "deleted_at", "updated_at"])
    tell(TokenRestored(token, actor=by))
    return token


def login_token(membership: Membership, name: str = LOGIN) -> Token:
    """The one token that signing in gives a member in a company, made when there is none."""
    rows = Token.everywhere.filter(membership=membership, is_system=True, deleted_at=None)
    token: Token | None = rows.first()
    if token is not None and not token.is_archived:
        return token
    if token is None:
        token = Token(company_id=membership.company_id, membership=membership, user_id=membership.user_id)
        token.is_system = True
    token.name, token.archived_at = name[:190], None
    _planted(token).save()
    return token


def sign_out(token: Token) -> None:
    """Change a login token's key, so that what any device still holds opens nothing."""
    if token.is_system:
        _planted(token).save(update_fields=["key_seed", "key_digest", "updated_at"])


def change_login_keys(user: User, *, but: int | None = None) -> None:
    """Sign every device of a user out, in all companies, except the token that is speaking."""
    for token in Token.everywhere.filter(user=user, is_system=True).exclude(pk=but):
        sign_out(token)


def revoke_all(membership: Membership) -> None:
    """What a member who leaves held opens nothing any more."""
    now = timezone.now()
    live = Token.everywhere.filter(membership=membership, deleted_at=None)
    live.update(archived_at=now, deleted_at=now, updated_at=now)


def _planted(token: Token) -> Token:
    """With a new random seed, and the digest that it is found by."""
    token.key_seed = secrets.randbits(63)
    token.key_digest = keys.digest(token.value)
    return token


def _named(name: str) -> str:
    text = str(name or "").strip()
    if not text:
        raise Refused("name", _("Give the token a name."))
    return text[:190]
