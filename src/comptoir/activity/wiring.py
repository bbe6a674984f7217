"""Who listens to which fact. The lists themselves stand on one page, config/subscriptions.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from .facts import Fact

During = Callable[[Any], None]


def always(fact: Fact | type[Fact]) -> bool:
    return True


@dataclass(frozen=True)
class Later:
    """A job that follows once the change is committed, if both say so (they must be cheap).

    ``wants`` is asked of each fact, ``wants_kind`` once for all those of a kind that are told together.
    """

    job: str
    wants: Callable[[Any], bool] = always
    wants_kind: Callable[[type[Any]], bool] = always


@lru_cache(maxsize=1)
def _page() -> tuple[Mapping[type[Fact], Sequence[During]], Mapping[type[Fact], Sequence[Later]]]:
    page = import_string(settings.COMPTOIR_SUBSCRIPTIONS + ".subscriptions")
    during, after = page()
    return during, after


@lru_cache(maxsize=512)
def during(kind: type[Fact]) -> tuple[During, ...]:
    """What runs inside the transaction, in the order of the page; bases count."""
    return tuple(step for base, steps in _page()[0].items() if issubclass(kind, base) for step in steps)


@lru_cache(maxsize=512)
def after(kind: type[Fact]) -> tuple[Later, ...]:
    """What the worker does afterwards."""
    return tuple(step for base, steps in _page()[1].items() if issubclass(kind, base) for step in steps)
