"""Too many tries at an open door: 429, which no route with a valid token ever answers (decision T2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext as _

from comptoir.contract.problems import Problem
from comptoir.people.limits import QUARTER, Limit, TooManyTries

QUESTIONS: Final = Limit("precheck", 100, QUARTER)
"""How one may sign in, asked before each sign-in: per address."""


@contextmanager
def limited() -> Iterator[None]:
    """Raises Problem 429 for TooManyTries."""
    try:
        yield
    except TooManyTries as wait:
        headers = {"Retry-After": str(wait.retry_after)}
        raise Problem(429, _("Too many requests"), headers=headers) from None
