"""The API's way in: from WSGI straight to the one view behind /api/v1.

For a request that carries a token, resolving the address, the middleware and Django's signals cost as much
as its own work. What they would do for it is done here once, at the start, or in two lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from comptoir.api.door import api

PREFIX: Final = "/api/v1/"


class ApiHandler:
    """Serves what begins with PREFIX. ``usual`` takes plain http where it must become https."""

    def __init__(self, usual: WSGIHandler) -> None:
        self._usual = usual
        self._headers = headers_of(settings.API_MIDDLEWARE)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = WSGIRequest(environ)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return self._usual(environ, start_response)
        connection.close_if_unusable_or_obsolete()  # what Django does between two requests
        response = api(request)
        headers = [
            *response.items(),
            *(("Set-Cookie", one.OutputString()) for one in response.cookies.values()),
        ]
        headers += [(name, value) for name, value in self._headers if name not in response.headers]
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        if not isinstance(response, HttpResponse):  # a stream
            return response
        request.close()  # uploaded files
        return [response.content]


def headers_of(middleware: Sequence[str]) -> list[tuple[str, str]]:
    """What a chain of middleware puts on every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    chain = reduce(lambda inner, name: import_string(name)(inner), reversed(middleware), answer)
    request = HttpRequest()
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "443", **_secure()}
    return [(name, value) for name, value in chain(request).items() if name != "Content-Type"]


def _secure() -> dict[str, str]:
    """The header by which a proxy says that the request came by https, where we expect one."""
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    return {name: value} if name else {}
