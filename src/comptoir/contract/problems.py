"""What goes wrong before the domain is asked: errors of the wire itself (contract rules 4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Problem(Exception):
    """An answer that ends a request: a status, a sentence, and whether ``errors`` comes with it."""

    def __init__(
        self, status: int, sentence: Any, *, errors: bool = False, headers: dict[str, str] | None = None
    ):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.errors = errors
        self.headers = headers or {}


def not_found() -> Problem:
    """An unknown id and another company's answer the same (decisions T5)."""
    return Problem(400, _("No record was found for this id."))


def no_route() -> Problem:
    """Neither this path nor this verb on it (decisions T6)."""
    return Problem(404, _("Route does not exist"))


def wrong_verb() -> Problem:
    return Problem(404, _("Method not supported for this route"))


def invalid_token() -> Problem:
    return Problem(403, _("Invalid token"), errors=True)


def password_needed() -> Problem:
    return Problem(412, _("Invalid Password"), errors=True)


def malformed() -> Problem:
    """A body that cannot be read is refused whole (decisions T7)."""
    return Problem(400, _("The body of the request could not be read."))


def busy() -> Problem:
    """The database did not come free in time; nothing was written."""
    return Problem(
        503, _("The server is busy. Please try again in a moment."), errors=True, headers={"Retry-After": "2"}
    )


class Forbidden(Exception):
    """The caller has no right to this: 401, or 403 to an app that signs out on 401 (decisions T1)."""
