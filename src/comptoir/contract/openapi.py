"""The OpenAPI 3.1 document of everything a registry serves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from comptoir.contract import bulk, listing, standard, writing
from comptoir.contract.answers import HEADERS
from comptoir.contract.endpoints import Route
from comptoir.contract.registries import Registry
from comptoir.contract.resources import Resource
from comptoir.contract.schemas import Schema, ref, schemas_of

_COMMON: Final = {
    "page": "page number, from 1",
    "per_page": "rows a page: 20, at most 5000",
    "sort": "column|asc or column|desc",
    "with": "ids of rows that come first whatever the filters say",
    "include": "comma list of relations, nested with dots",
    "index": 'another name for "data"; "none" drops the wrapper',
    "include_static": "true adds the static lists",
}
_ONE: Final = {
    writing.store,
    writing.change,
    writing.upload,
    writing.show_blank,
    standard.show,
    writing.remove,
}
_MANY: Final = {listing.show_list, bulk.act_on_many}


def document(registry: Registry, title: str = "Comptoir") -> Schema:
    """The whole API as declared: paths, bodies, answers, errors."""
    paths: dict[str, Schema] = {}
    for route in registry.routes():
        paths.setdefault(f"/{route.path}", {})[route.method.lower()] = operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": HEADERS["X-APP-VERSION"]},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas_of(registry),
            "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "X-API-TOKEN"}},
        },
    }


def operation(route: Route) -> Schema:
    """One verb on one path."""
    resource = route.home if route.home and issubclass(route.home, Resource) else None
    name = route.home.path if route.home else ""
    described: Schema = {
        "operationId": re.sub(r"\W+", "_", f"{route.method.lower()}_{route.path}").strip("_"),
        "summary": route.does.partition("\n")[0],
        "tags": [name or "system"],
        "parameters": [*_path(route), *_query(route, resource)],
        "responses": responses(route, resource),
    }
    if (body := request_body(route, resource)) is not None:
        described["requestBody"] = {"content": body}
    if route.auth == "public":
        described["security"] = []
    return described


def _path(route: Route) -> Iterable[Schema]:
    for name in re.findall(r"{(\w+)}", route.path):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": "^[^/]+$"},
        }


def _query(route: Route, resource: type[Resource] | None) -> Iterable[Schema]:
    names: dict[str, str] = {}
    if resource and route.run is listing.show_list:
        names = {**_COMMON, **dict.fromkeys(resource.all_filters, "filter")}
    elif resource and route.run in (writing.store, writing.change):
        names = {"include": _COMMON["include"], **dict.fromkeys(resource.all_flags, "flag")}
    for name, words in names.items():
        yield {"name": name, "in": "query", "description": words, "schema": {"type": "string"}}


def request_body(route: Route, resource: type[Resource] | None) -> Schema | None:
    if resource is None or route.method not in ("POST", "PUT"):
        return None
    if route.run in (writing.store, writing.change):
        return {"application/json": {"schema": ref(f"{resource.__name__}Input")}}
    if route.run is bulk.act_on_many:
        names = [name for name, action in resource.all_actions.items() if action.bulk]
        ids = {"type": "array", "items": {"type": "string"}}
        return {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["action", "ids"],
                    "properties": {"action": {"enum": names}, "ids": ids},
                }
            }
        }
    if route.run is writing.upload:
        files = {"type": "array", "items": {"type": "string", "format": "binary"}}
        return {"multipart/form-data": {"schema": {"type": "object", "properties": {"documents[]": files}}}}
    return {"application/json": {"schema": {"type": "object"}}}


def responses(route: Route, resource: type[Resource] | None) -> Schema:
    """The good answer, and the errors that any route may give."""
    error = {"description": "Refused", "content": {"application/json": {"schema": ref("Error")}}}
    good: Schema = {"description": "Done"}
    if resource and route.run in _ONE | _MANY:
        good["content"] = {"application/json": {"schema": _envelope(resource, many=route.run in _MANY)}}
    codes = ("400", "401", "403", "404", "409", "412", "413", "422", "429", "500", "503")
    return {"200": good, **dict.fromkeys(codes, error)}


def _envelope(resource: type[Resource], *, many: bool) -> Schema:
    row = ref(resource.__name__)
    if not many:
        return {"type": "object", "properties": {"data": row}}
    meta: dict[str, Any] = {"type": "object", "properties": {"pagination": ref("Pagination")}}
    return {"type": "object", "properties": {"data": {"type": "array", "items": row}, "meta": meta}}
