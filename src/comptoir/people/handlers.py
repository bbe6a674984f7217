from __future__ import annotations

from comptoir.activity.jobs import job
from comptoir.activity.systemlog import Event, Type

from . import sign_in
from .models import User


@job(sign_in.LOG_FAILURE)
def log_failed_sign_in(*, email: str, ip: str) -> None:
    """Somebody tried an address with a wrong password: on record where the address is one of ours."""
    user = User.objects.filter(email=email).first()
    if user is not None:
        sign_in.log(user, Event.AUTH_FAILURE, Type.LOGIN_FAILURE, ip)
