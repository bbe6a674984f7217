"""The portal's cookies: never those of staff. ``__Host-`` where the installation is on https."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PORTAL: Final = "portal"
"""The token of the contact's session."""

LINK: Final = "portal-link"
"""A key out of a mailed link, on its way from the address to the page that uses it."""


def name(cookie: str) -> str:
    """What the cookie is called on the wire."""
    return f"__Host-{cookie}" if settings.SESSION_COOKIE_SECURE else cookie


def read(request: HttpRequest, cookie: str) -> str:
    return request.COOKIES.get(name(cookie), "")


def write(response: HttpResponse, cookie: str, value: str, lasts: timedelta) -> None:
    response.set_cookie(
        name(cookie),
        value,
        max_age=lasts,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, cookie: str) -> None:
    response.delete_cookie(name(cookie), samesite="Lax")
    response.cookies[name(cookie)]["secure"] = settings.SESSION_COOKIE_SECURE
