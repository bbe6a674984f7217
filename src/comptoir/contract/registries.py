"""What an installation serves: its resources by path, found by the first part of a URL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from comptoir.contract.endpoints import Endpoints, Route
from comptoir.contract.fetching import fetch
from comptoir.contract.idempotency import Idempotency
from comptoir.contract.plans import Plan, plan_for, tree_of
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row, Shape
from comptoir.contract.views import View

Methods = dict[str, Route]


class Registry:
    """Every resource and endpoint. ``statics`` gives the static lists, ``idempotency`` keeps answers."""

    def __init__(self, statics: Callable[[], Any] = dict, idempotency: Idempotency | None = None) -> None:
        self.statics = statics
        self.idempotency = idempotency
        self.homes: list[type[Endpoints]] = []
        self.resources: dict[str, type[Resource]] = {}
        self._table: dict[tuple[str, int], dict[tuple[str, ...], Methods]] = defaultdict(dict)
        self._plan: Any = lru_cache(maxsize=1024)(self._plan_of)

    def add(self, *homes: type[Endpoints]) -> None:
        """Serve these classes. A resource is found by its path in other resources' includes."""
        for home in homes:
            self.homes.append(home)
            if issubclass(home, Resource):
                self.resources[home.path] = home
            for one in home.routes():
                self._place(one)
        self._plan.cache_clear()

    def _place(self, one: Route) -> None:
        parts = one.parts
        self._table[parts[0], len(parts)].setdefault(parts, {})[one.method] = one
        found = self._table[parts[0], len(parts)]
        # Words before parts that vary: {id}/edit is not an action called "edit".
        ranked = sorted(found, key=lambda path: [part.startswith("{") for part in path])
        self._table[parts[0], len(parts)] = {path: found[path] for path in ranked}

    def find(self, parts: Sequence[str]) -> list[tuple[Methods, dict[str, str]]]:
        """Every path that fits, most literal first, with its methods and the parts that vary."""
        if not parts:
            return []
        paths = self._table.get((parts[0], len(parts)), {})
        return [
            (methods, params) for path, methods in paths.items() if (params := _fit(path, parts)) is not None
        ]

    def plan(self, shape: type[Shape], include: str = "", *, strict: bool = True) -> Plan:
        """The plan for a shape and the text of ``include=``. Raises UnknownInclude when strict."""
        plan: Plan = self._plan(shape, include[:500], strict)
        return plan

    def _plan_of(self, shape: type[Shape], include: str, strict: bool) -> Plan:
        return plan_for(shape, tree_of(include), self.resolve, strict=strict)

    def resolve(self, target: type[Shape] | str) -> type[Shape] | None:
        """A relation's shape; None for a resource that is not served."""
        return self.resources.get(target) if isinstance(target, str) else target

    def fetch(self, path: str, keys: Sequence[int], include: str = "", view: View | None = None) -> list[Row]:
        """The wire rows of a resource, as webhooks and search need them."""
        return fetch(self.plan(self.resources[path], include, strict=False), keys, view or View())

    def routes(self) -> list[Route]:
        """Every route served."""
        return [one for home in self.homes for one in home.routes()]


def _fit(path: tuple[str, ...], parts: Sequence[str]) -> dict[str, str] | None:
    params = {}
    for wanted, given in zip(path, parts, strict=True):
        if wanted.startswith("{"):
            params[wanted[1:-1]] = given
        elif wanted != given:
            return None
    return params
