"""The one-time link to the set-up page: offered while nobody works here, gone once somebody does."""

import functools
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

_NAME = "setup-link"

View = Callable[..., HttpResponse]


def offer(data: Path) -> None:
    """Make the link on an installation without users, and take it back from one that has any."""
    path = data / _NAME
    if _somebody_works_here():
        path.unlink(missing_ok=True)
    elif not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))


def url(data: Path, base_url: str) -> str | None:
    """The link to print, or None once the installation is set up."""
    try:
        return f"{base_url}/setup/{(data / _NAME).read_text()}"
    except FileNotFoundError:
        return None


def behind_link(page: View) -> View:
    """The page, for whoever holds the link; nothing is there for anybody else (404)."""

    @functools.wraps(page)
    def guarded(request: HttpRequest, link: str, **kwargs: Any) -> HttpResponse:
        from django.conf import settings

        offer(settings.DATA)
        try:
            expected = (settings.DATA / _NAME).read_text()
        except FileNotFoundError:
            raise Http404 from None
        if not secrets.compare_digest(link.encode(), expected.encode()):
            raise Http404
        response = page(request, **kwargs)
        offer(settings.DATA)
        return response

    return guarded


def _somebody_works_here() -> bool:
    from django.contrib.auth import get_user_model

    return bool(get_user_model()._default_manager.exists())
