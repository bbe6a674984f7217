"""The installation's own secret, where it has one: who signs in by the API knows it (contract rules 1)."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from comptoir.contract.problems import Problem


def secret_of(request: HttpRequest) -> str:
    return request.headers.get("X-API-SECRET", "")


def refuse_wrong_secret(request: HttpRequest) -> None:
    """Raises Problem 403."""
    if settings.API_SECRET and not secrets.compare_digest(
        secret_of(request).encode(), settings.API_SECRET.encode()
    ):
        raise Problem(403, _("Invalid secret"), errors=True)
