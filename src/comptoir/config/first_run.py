"""Who may open the set-up page: whoever holds the link, while nobody works here."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse

from comptoir.config import setup_link

View = Callable[..., HttpResponse]


def is_due() -> bool:
    """Whether nobody works here yet."""
    return not get_user_model()._default_manager.exists()


def keep_link() -> None:
    """The link exists exactly as long as it is needed."""
    if is_due():
        setup_link.make(settings.DATA)
    else:
        setup_link.forget(settings.DATA)


def behind_link(page: View) -> View:
    """The page for whoever holds the link; for everybody else nothing is there (404)."""

    @functools.wraps(page)
    def guarded(request: HttpRequest, link: str, **kwargs: Any) -> HttpResponse:
        keep_link()
        if not setup_link.opens(settings.DATA, link):
            raise Http404
        response = page(request, **kwargs)
        keep_link()
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guarded
