"""The API for people who write programs: one page made from the declarations (/api/docs)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.api.registry import registry
from comptoir.contract.endpoints import Route
from comptoir.contract.resources import Resource


@dataclass(frozen=True)
class Line:
    """One verb on one path."""

    method: str
    path: str
    does: str
    auth: str


@dataclass(frozen=True)
class Key:
    """One key of a resource: its JSON type, and whether it may be sent."""

    name: str
    type: str
    writable: bool
    means: str


@dataclass(frozen=True)
class Section:
    """Everything about one resource, or about one group of routes."""

    name: str
    routes: list[Line]
    keys: list[Key]
    includes: str
    filters: str
    actions: str


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every route and every key."""
    return render(
        request, "api/documentation.html", {"sections": sections(), "address": f"{settings.BASE_URL}/api/v1"}
    )


@lru_cache(maxsize=1)
def sections() -> list[Section]:
    """By name; what stands alone under the first word of its path."""
    routes = sorted(registry().routes(), key=lambda one: (_name(one), one.path, one.method))
    return [_section(name, list(found)) for name, found in groupby(routes, key=_name)]


def _name(one: Route) -> str:
    return one.parts[0]


def _section(name: str, routes: list[Route]) -> Section:
    resource = registry().resources.get(name)
    return Section(
        name,
        [_line(one) for one in routes],
        list(_keys(resource)) if resource else [],
        ", ".join(resource.relations) if resource else "",
        ", ".join(sorted(resource.all_filters)) if resource else "",
        ", ".join(name for name, action in resource.all_actions.items() if action.bulk) if resource else "",
    )


def _line(one: Route) -> Line:
    auth = "public" if one.auth == "public" else "password" if one.password else ""
    return Line(one.method, f"/{one.path}", one.does.partition("\n")[0], auth)


def _keys(resource: type[Resource]) -> Iterator[Key]:
    for name, field in resource.fields.items():
        if not field.hidden:
            yield Key(name, _type(field.schema()), field.writable, field.means)


def _type(schema: dict[str, Any]) -> str:
    return str(schema.get("type") or ("constant" if "const" in schema else ""))
