"""Every route as a row, for tests that must not forget one (isolation, rights)."""

from __future__ import annotations

from typing import NamedTuple

from comptoir.contract.registries import Registry


class RouteRow(NamedTuple):
    """``verb`` is the right asked for, "" where the answer depends on the rows themselves."""

    method: str
    path: str
    resource: str
    verb: str
    auth: str
    password: bool


def all_routes(registry: Registry) -> list[RouteRow]:
    """What is served, ``{id}`` and the like standing for the parts that vary."""
    return [
        RouteRow(
            one.method,
            f"/api/v1/{one.path}",
            one.home.path if one.home else "",
            one.verb,
            one.auth,
            one.password,
        )
        for one in registry.routes()
    ]
