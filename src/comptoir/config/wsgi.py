"""The WSGI application that the web process serves: one handler for pages, a shorter one for the API."""

import gc
import os
from collections.abc import Iterable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver


def _handler(middleware: list[str]) -> WSGIHandler:
    """Django reads the list only here, while the handler is made."""
    usual = settings.MIDDLEWARE
    try:
        settings.MIDDLEWARE = middleware
        return WSGIHandler()
    finally:
        settings.MIDDLEWARE = usual


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
django.setup(set_prefix=False)

from comptoir.config.api_wsgi import PREFIX, ApiHandler  # noqa: E402 - needs the packages loaded

_pages = _handler(settings.MIDDLEWARE)
_api = ApiHandler(_handler(settings.API_MIDDLEWARE))


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Requests of the API carry a token: sessions, CSRF, messages and the like only cost them time."""
    if environ["PATH_INFO"].startswith(PREFIX):
        return _api(environ, start_response)
    return _pages(environ, start_response)


# All views are loaded before the first visitor comes; what is loaded is never garbage.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
