"""What this installation serves: every declaration that stands in ``resources`` and ``session``, and what
other doors say on the wire (``COMPTOIR_WIRE``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeGuard

from django.conf import settings

from comptoir.api import absent, resources, session
from comptoir.api.idempotency import Answers
from comptoir.contract.endpoints import Endpoints
from comptoir.contract.registries import Registry
from comptoir.contract.resources import Resource


@lru_cache(maxsize=1)
def registry() -> Registry:
    """Everything, made once. A new file in ``resources`` is served without another word."""
    from comptoir.api.resources.statics import static_lists

    made = Registry(static_lists, Answers())
    made.add(*declared(session), *declared(resources))
    for name in settings.COMPTOIR_WIRE:
        made.add(*_stated(import_module(name)))
    made.add(*absent.endpoints(made))
    return made


def declared(package: ModuleType) -> Iterator[type[Endpoints]]:
    """The classes with routes in a package's modules, in the order they are written."""
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        yield from _stated(import_module(found.name))


def _stated(module: ModuleType) -> Iterator[type[Endpoints]]:
    for value in vars(module).values():
        if _is_served(value) and value.__module__ == module.__name__:
            yield value


def _is_served(value: object) -> TypeGuard[type[Endpoints]]:
    if not isinstance(value, type) or not issubclass(value, Endpoints):
        return False
    return bool(value.declared or (issubclass(value, Resource) and value.path))
