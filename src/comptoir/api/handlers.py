"""What the API leaves to the worker."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Final
from urllib.parse import urlsplit

from allauth.account.forms import ResetPasswordForm
from allauth.core.context import request_context
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone, translation

from comptoir.activity.jobs import job
from comptoir.activity.models import Job
from comptoir.activity.schedule import every
from comptoir.api.languages import locale_of
from comptoir.api.models import IdempotentAnswer
from comptoir.people.models import User
from comptoir.people.sign_in import home_company

RESET: Final = "api.send_reset_link"
KEPT: Final = timedelta(days=3)
"""How long an answer is given again under the key of its request."""


def ask_for_reset_link(email: str) -> None:
    """Leave it to the worker whether anybody has this address: the asker cannot tell (S10)."""
    Job.objects.create(name=RESET, args={"email": email}, run_at=timezone.now())


@job(RESET, at_most_once=True)
def send_reset_link(*, email: str) -> None:
    """Mail a link with which its owner chooses a new password."""
    user = User.objects.filter(email=email).first()
    home = home_company(user) if user else None
    if user is None or home is None:
        return
    request = _request_at_base_url()
    with request_context(request), translation.override(locale_of(user, home)):
        form = ResetPasswordForm({"email": email})
        if form.is_valid():
            form.save(request)


@every(name="api.forget_answers", hours=1)
def forget_answers(*, turn: str = "") -> int:
    """Drop answers that nobody will ask for again; how many."""
    old = IdempotentAnswer.everywhere.filter(created_at__lt=timezone.now() - KEPT)
    return int(old.delete()[0])


def _request_at_base_url() -> WSGIRequest:
    """allauth makes its links from a request; ours carry the installation's address."""
    address = urlsplit(settings.BASE_URL)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "SERVER_NAME": address.hostname,
            "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
            "HTTP_X_FORWARDED_PROTO": address.scheme,
            "wsgi.url_scheme": address.scheme,
            "wsgi.input": BytesIO(),
        }
    )
