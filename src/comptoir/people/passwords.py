"""Passwords: how strong, and when a person must type theirs again."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError

from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

from .limits import BAD_PASSWORDS, TooManyTries, count, forget, refuse_too_many
from .models import User

_NEVER_EXPIRES: Final = 0


def refuse_weak(password: str, user: User | None = None) -> None:
    """Raise Refused at ``password`` with everything that is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused.many({"password": error.messages}) from error


def is_confirmed(user: User, company: Company, typed: str | None) -> bool:
    """Whether a gated action may go on (contract rules 1, decision T8); else the door answers 412.

    No or an empty password is fine within the company's ``default_password_timeout`` (ms, 0: for good)
    of the last right one, and for people who sign in elsewhere unless the company says otherwise. A
    wrong one is never fine, and after five of them a right one is not looked at for a while.
    """
    if not typed:
        return _stands_open(user, company)
    try:
        refuse_too_many(BAD_PASSWORDS, str(user.pk))
    except TooManyTries:
        return False
    if not user.check_password(typed):
        count(BAD_PASSWORDS, str(user.pk))
        return False
    forget(BAD_PASSWORDS, str(user.pk))
    confirm(user, company)
    return True


def confirm(user: User, company: Company) -> None:
    """Remember that the right password was typed just now."""
    milliseconds = int(company.switch("default_password_timeout"))
    seconds = None if milliseconds == _NEVER_EXPIRES else max(1, milliseconds // 1000)
    cache.set(_key(user), True, timeout=seconds)


def ask_again(user: User) -> None:
    """Forget it: the password has changed, or its owner signed out."""
    cache.delete(_key(user))


def _stands_open(user: User, company: Company) -> bool:
    if user.oauth_provider_id and not company.switch("oauth_password_required"):
        return True
    return bool(cache.get(_key(user)))


def _key(user: User) -> str:
    return f"password-confirmed:{user.pk}"
