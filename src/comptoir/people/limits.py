"""Too many tries: counted in the database cache, for routes that need no token (decision T2)."""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` within ``seconds`` for one key."""

    name: str
    tries: int
    seconds: int


class TooManyTries(Exception):
    """The door answers 429 with ``Retry-After: retry_after`` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


QUARTER: Final = 15 * 60
BAD_LOGINS_OF_ONE: Final = Limit("login", 5, QUARTER)
"""Per account and address: a stranger's guesses never lock the owner out elsewhere."""

BAD_LOGINS_FROM_ONE_PLACE: Final = Limit("login-ip", 20, QUARTER)
BAD_PASSWORDS: Final = Limit("password", 5, QUARTER)
OPEN_FORMS: Final = Limit("form", 20, QUARTER)
"""Reset, register, set-up, guesses of portal keys: per address."""


def refuse_too_many(limit: Limit, *key: str) -> None:
    """Raise TooManyTries when the key has used up its tries; counts nothing."""
    used = cache.get_many(_slots(limit, key))
    if len(used) >= limit.tries:
        raise TooManyTries(max(1, math.ceil(min(used.values()) + limit.seconds - time.time())))


def count(limit: Limit, *key: str) -> None:
    """Remember one try. Two at the same moment take two slots: ``add`` is atomic."""
    now = time.time()
    for slot in _slots(limit, key):
        if cache.add(slot, now, timeout=limit.seconds):
            return


def try_once(limit: Limit, *key: str) -> None:
    """Count a try of a route that is limited as such. Raises TooManyTries."""
    refuse_too_many(limit, *key)
    count(limit, *key)


def forget(limit: Limit, *key: str) -> None:
    """Start afresh, after a success."""
    cache.delete_many(_slots(limit, key))


def _slots(limit: Limit, key: tuple[str, ...]) -> list[str]:
    name = hashlib.sha256("\0".join(key).encode()).hexdigest()[:32]
    return [f"tries:{limit.name}:{name}:{n}" for n in range(limit.tries)]
