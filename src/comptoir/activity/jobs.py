"""What the worker can do: functions registered under the names that the outbox stores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.utils.module_loading import autodiscover_modules

Work = Callable[..., object]
F = TypeVar("F", bound=Work)


class Retry(Exception):
    """Raised by a job that is not done yet: run it again ``after`` a while.

    The job itself decides when to stop asking; ``attempts`` does not count against it.
    """

    def __init__(self, after: timedelta, reason: str = "") -> None:
        super().__init__(reason)
        self.after = after


class GiveUp(Exception):
    """Raised by a job that will never succeed; it fails at once with this reason."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A job's function and its promises.

    An ``at_most_once`` job is never run again by itself: an error makes it failed, an interruption
    unknown. Any other is retried up to ``attempts`` times and must bear being run twice. ``given_up`` is
    told, with the same ``args``, that it will never be run again: nothing waits for it in vain.
    """

    name: str
    work: Work
    attempts: int = 8
    at_most_once: bool = False
    given_up: Work | None = None


_registry: dict[str, Registered] = {}


def job(
    name: str, *, attempts: int = 8, at_most_once: bool = False, given_up: Work | None = None
) -> Callable[[F], F]:
    """Register a function; it is called with the job's ``args`` as keyword arguments.

    It runs with the job's company in scope (none for a periodic one) and outside a transaction.
    """

    def register(work: F) -> F:
        known = _registry.get(name)
        if known and known.work.__qualname__ != work.__qualname__:
            raise RuntimeError(f"Two jobs are called {name}.")
        _registry[name] = Registered(name, work, attempts, at_most_once, given_up)
        return work

    return register


def registered(name: str) -> Registered | None:
    """The job of that name; None when this version does not know it."""
    return _registry.get(name)


def discover() -> None:
    """Import every room's ``handlers`` and ``schedule`` modules, where jobs register themselves."""
    autodiscover_modules("handlers", "schedule")
