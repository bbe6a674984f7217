"""Two-factor sign-in by an authenticator app, with recovery codes; allauth keeps and checks them."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

import segno
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.refused import Refused

from .facts import SecondFactorChanged
from .models import User

ISSUER = "Comptoir"


def is_on(user: User) -> bool:
    """Whether signing in asks for more than the password."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(rows.exists())


def passes(user: User, code: str) -> bool:
    """Whether the code of the app, or an unused recovery code, is right. Each works once."""
    code = code.replace(" ", "")
    if not code:
        return False
    for row in Authenticator.objects.filter(user=user):
        wrapped = row.wrap()
        if isinstance(wrapped, (TOTP, RecoveryCodes)) and wrapped.validate_code(code):
            return True
    return False


def new_secret() -> str:
    """A seed for the app, to be sent back with the first code."""
    return str(generate_totp_secret())


def link(user: User, secret: str) -> str:
    """What the app reads: an otpauth address."""
    label = quote(f"{ISSUER}:{user.email}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def picture(user: User, secret: str) -> str:
    """The link as a QR code: an SVG data address."""
    return segno.make(link(user, secret)).svg_data_uri()


@operation
def switch_on(user: User, secret: str, code: str, *, by: Actor, on: date) -> list[str]:
    """Ask for codes from now on; answers the recovery codes. Raises Refused at one_time_password."""
    if not validate_totp_code(secret, code.replace(" ", "")):
        raise Refused("one_time_password", _("This code is not right."))
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    tell(SecondFactorChanged(user, actor=by, notes="on"))
    return codes


@operation
def switch_off(user: User, *, by: Actor, on: date) -> None:
    """Ask for the password alone."""
    Authenticator.objects.filter(user=user).delete()
    tell(SecondFactorChanged(user, actor=by, notes="off"))
