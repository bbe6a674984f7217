"""Passkeys: a device that signs its owner in, instead of a password and a code (WebAuthn).

What is kept is allauth's, so that the pages of the account and the API show the same ones.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    PublicKeyCredentialRpEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.refused import Refused

from .facts import PasskeyAdded, PasskeyRemoved
from .models import User

SECONDS: Final = 300
"""How long a challenge may be answered."""


def passkeys(user: User) -> QuerySet[Authenticator]:
    """A user's own, the oldest first."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return rows.order_by("pk")


def begin_adding(user: User) -> dict[str, Any]:
    """The challenge for a new device, as browsers read it (``navigator.credentials.create``)."""
    options, state = _server().register_begin(
        user=auth.build_user_payload(user),
        credentials=auth.get_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions=auth.EXTENSIONS,
    )
    cache.set(_adding(user), state, SECONDS)
    return _plain(options)


@operation
def add_passkey(
    user: User, credential: Mapping[str, Any], name: str, *, by: Actor, on: date
) -> tuple[Authenticator, list[str]]:
    """Keep the device that answered; also answers fresh recovery codes where the user had none.

    Raises Refused at ``credential`` for an answer to no challenge, a late or a wrong one.
    """
    state = cache.get(_adding(user))
    cache.delete(_adding(user))
    if not state:
        raise Refused("credential", _("This took too long. Try again."))
    try:
        auth.parse_registration_response(dict(credential))
        _server().register_complete(state, dict(credential))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise Refused("credential", _("This device did not answer as it should.")) from None
    added = auth.WebAuthn.add(user, name.strip()[:100] or _("Passkey"), dict(credential)).instance
    has_codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists()
    codes: list[str] = [] if has_codes else RecoveryCodes.activate(user).get_unused_codes()
    tell(PasskeyAdded(user, actor=by, notes=added.wrap().name))
    return added, codes


@operation
def remove_passkey(passkey: Authenticator, *, by: Actor, on: date) -> None:
    """It opens nothing any more. Recovery codes go with the last way of a second factor."""
    user, name = passkey.user, passkey.wrap().name
    passkey.delete()
    others = Authenticator.objects.filter(user=user)
    if not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        others.delete()
    tell(PasskeyRemoved(user, actor=by, notes=name))


def begin_entering() -> tuple[str, dict[str, Any]]:
    """A word for the ceremony and its challenge (``navigator.credentials.get``); the device says who."""
    options, state = _server().authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    word = secrets.token_urlsafe(24)
    cache.set(_entering(word), state, SECONDS)
    return word, _plain(options)


def entering(word: str, credential: Mapping[str, Any]) -> User | None:
    """Who the device signs in; None for a late, wrong or unknown answer. A challenge is answered once."""
    state = cache.get(_entering(word))
    cache.delete(_entering(word))
    if not state:
        return None
    try:
        user = auth.extract_user_from_response(dict(credential))
        binding = _server().authenticate_complete(state, auth.get_credentials(user), dict(credential))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    used = auth.get_authenticator_by_credential_id(user, binding.credential_id)
    if used is None or not isinstance(user, User) or not user.is_active:
        return None
    used.last_used_at = timezone.now()
    used.save(update_fields=["last_used_at"])
    return user


def _server() -> Fido2Server:
    """For the address that people use: devices answer no other."""
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=urlsplit(settings.BASE_URL).hostname or "", name="Comptoir")
    )


def _plain(value: Any) -> Any:
    """Options as JSON: bytes in base64url."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, bytes):
        return websafe_encode(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _adding(user: User) -> str:
    return f"passkey-adding:{user.pk}"


def _entering(word: str) -> str:
    return f"passkey-entering:{word[:64]}"
