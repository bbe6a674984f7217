"""Where a request comes from, and how often from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest

from comptoir.people.addresses import client_ip, network_of
from comptoir.people.limits import OPEN_FORMS, QUARTER, Limit, count, refuse_too_many, try_once

MAILS_TO_ONE: Final = Limit("portal-mail", 3, QUARTER)
"""Links mailed to one address: nobody's mailbox is flooded."""


def address_of(request: HttpRequest) -> str:
    return client_ip(request.META, settings.TRUSTED_PROXIES)


def place_of(request: HttpRequest) -> str:
    """What counts as one visitor."""
    return network_of(address_of(request))


@contextmanager
def guesses_counted(request: HttpRequest) -> Iterator[None]:
    """Around a look-up by a key: misses (Http404) count. Raises TooManyTries (reliability S8).

    The same count as at the keys that the API's doors take.
    """
    place = ("key", address_of(request))
    refuse_too_many(OPEN_FORMS, *place)
    try:
        yield
    except Http404:
        count(OPEN_FORMS, *place)
        raise


def count_form(request: HttpRequest, form: str) -> None:
    """Count the sending of an open form. Raises TooManyTries."""
    try_once(OPEN_FORMS, form, place_of(request))
