"""JSON Schemas of the wire's objects, from the same fields that make them."""

from __future__ import annotations

from typing import Any, Final

from comptoir.contract.fields.base import Field
from comptoir.contract.fields.nested import Nested
from comptoir.contract.registries import Registry
from comptoir.contract.relations import Made, One, Relation
from comptoir.contract.shapes import Shape

Schema = dict[str, Any]

ERRORS: Final[Schema] = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "message": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
            },
        },
    },
}
PAGINATION: Final[Schema] = {
    "type": "object",
    "properties": {
        **{
            name: {"type": "integer"}
            for name in ("total", "count", "per_page", "current_page", "total_pages")
        },
        "links": {
            "type": "object",
            "properties": {"next": {"type": "string"}, "previous": {"type": "string"}},
        },
    },
}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def schemas_of(registry: Registry) -> dict[str, Schema]:
    """Every shape reachable from the registry, as shown and (``…Input``) as taken."""
    found: dict[str, Schema] = {"Error": ERRORS, "Pagination": PAGINATION}
    waiting: list[type[Shape]] = list(registry.resources.values())
    while waiting:
        shape = waiting.pop()
        if shape.__name__ in found:
            continue
        found[shape.__name__] = shown(shape, registry)
        found[f"{shape.__name__}Input"] = taken(shape)
        targets = [registry.resolve(one.target) for one in shape.relations.values() if one.target]
        waiting += [target for target in targets if target]
    return dict(sorted(found.items()))


def shown(shape: type[Shape], registry: Registry) -> Schema:
    """The object in answers; includes are there when asked for."""
    properties = {name: described(field) for name, field in shape.fields.items() if not field.hidden}
    for name, relation in shape.relations.items():
        properties[name] = related(relation, registry) or properties.get(name, {})
    return {
        "type": "object",
        "required": [n for n in properties if n in shape.fields],
        "properties": properties,
    }


def described(field: Field) -> Schema:
    """A key with what is known of it beside its form."""
    words = {"description": field.means} if field.means else {}
    return {**field.schema(), **words, **({} if field.writable else {"readOnly": True})}


def related(relation: Relation, registry: Registry) -> Schema:
    target = None if isinstance(relation, Made) else registry.resolve(relation.target)
    if target is None:
        return {}
    return (
        ref(target.__name__)
        if isinstance(relation, One)
        else {"type": "array", "items": ref(target.__name__)}
    )


def taken(shape: type[Shape]) -> Schema:
    """The object in bodies; keys it does not name are ignored."""
    fields = {name: field for name, field in shape.fields.items() if field.writable}
    return {
        "type": "object",
        "properties": {name: _input(field) for name, field in fields.items()},
        **({"required": wanted} if (wanted := [n for n, f in fields.items() if f.required]) else {}),
    }


def _input(field: Field) -> Schema:
    if isinstance(field, Nested) and isinstance(field.relation, Made):
        return field.schema()
    if isinstance(field, Nested):
        return {"type": "array", "items": ref(f"{field.relation.shape.__name__}Input")}
    return {"type": list(field.takes), **({"description": field.means} if field.means else {})}
