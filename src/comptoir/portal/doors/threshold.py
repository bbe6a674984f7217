"""What every door does with a visitor who does not get through."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from comptoir.people.limits import TooManyTries
from comptoir.portal import pages

View = Callable[..., HttpResponse]


def door(missing: str = "unknown") -> Callable[[View], View]:
    """A view before the door: TooManyTries and Http404 become pages, the latter that of ``missing``."""

    def wrap(view: View) -> View:
        @wraps(view)
        @never_cache
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            try:
                return view(request, **parts)
            except TooManyTries as wait:
                return pages.limited(request, wait)
            except Http404:
                return pages.refusal(request, missing)

        return guarded

    return wrap
