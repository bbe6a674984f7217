"""Too many tries at an open door: 429, which no route with a valid token ever answers (decision T2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.api.authentication import address_of
from comptoir.contract.problems import Problem
from comptoir.people.limits import OPEN_FORMS, QUARTER, Limit, TooManyTries, count, refuse_too_many

View = Callable[..., HttpResponseBase]

QUESTIONS: Final = Limit("precheck", 100, QUARTER)
"""How one may sign in, asked before each sign-in: per address."""


@contextmanager
def limited() -> Iterator[None]:
    """Raises Problem 429 for TooManyTries."""
    try:
        yield
    except TooManyTries as wait:
        raise Problem(429, _("Too many requests"), headers=_later(wait)) from None


def guesses_counted(view: View) -> View:
    """A page behind a key in its address: whoever guesses too often is asked to wait (reliability S8)."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        place = ("key", address_of(request))
        try:
            refuse_too_many(OPEN_FORMS, *place)
        except TooManyTries as wait:
            return HttpResponse(_("Too many requests"), status=429, headers=_later(wait))
        try:
            return view(request, **parts)
        except Http404:
            count(OPEN_FORMS, *place)
            raise

    return guarded


def _later(wait: TooManyTries) -> dict[str, str]:
    return {"Retry-After": str(wait.retry_after)}
