"""What is said about the API comes from what it does."""

from __future__ import annotations

import json
import re
from typing import Any

from comptoir.contract.openapi import document
from comptoir.contract.routes import all_routes


def test_every_route_is_listed_once(registry: Any) -> None:
    rows = all_routes(registry)
    assert len({(row.method, row.path) for row in rows}) == len(rows)
    assert ("POST", "/api/v1/clients/{id}/purge", "clients", "", "token", True) in rows
    assert ("GET", "/api/v1/clients/create", "clients", "create", "token", False) in rows
    assert ("PUT", "/api/v1/clients/{id}", "clients", "edit", "token", False) in rows
    assert ("GET", "/api/v1/ping", "charts", "", "public", False) in rows
    assert ("DELETE", "/api/v1/group_settings/{id}", "group_settings", "edit", "token", True) in rows
    assert not any("upload" in row.path and row.resource == "group_settings" for row in rows)


def test_the_document_names_every_route(registry: Any) -> None:
    api = document(registry)
    described = {(method.upper(), path) for path, verbs in api["paths"].items() for method in verbs}
    assert described == {(row.method, row.path.removeprefix("/api/v1")) for row in all_routes(registry)}
    assert json.loads(json.dumps(api)) == api


def test_every_reference_leads_somewhere(registry: Any) -> None:
    api = document(registry)
    wanted = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(api)))
    assert wanted <= set(api["components"]["schemas"])
    assert {"Clients", "ClientsInput", "Groups", "ContactShape", "ContactShapeInput"} <= wanted


def test_operation_ids_are_unique(registry: Any) -> None:
    paths = document(registry)["paths"].values()
    names = [verb["operationId"] for verbs in paths for verb in verbs.values()]
    assert len(names) == len(set(names))


def test_schemas_say_what_is_shown_and_taken(registry: Any) -> None:
    schemas = document(registry)["components"]["schemas"]
    shown, taken = schemas["Clients"]["properties"], schemas["ClientsInput"]["properties"]
    assert shown["balance"] == {"type": "number", "readOnly": True}
    assert "balance" not in taken
    assert taken["credit_balance"] == {"type": ["number", "string", "null"]}
    assert shown["classification"]["enum"] == ["", "individual", "business"]
    assert taken["contacts"] == {"type": "array", "items": {"$ref": "#/components/schemas/ContactShapeInput"}}
    assert shown["group_settings"] == {"$ref": "#/components/schemas/Groups"}
    assert schemas["GroupsInput"]["required"] == ["name"]


def test_answers_keep_to_their_schema(registry: Any, door: Any, scope: Any) -> None:
    schemas = document(registry)["components"]["schemas"]
    made = door.post("clients", {"name": "Ann", "contacts": [{"email": "a@b.co"}]}).data["data"]
    kinds = {
        "string": str,
        "number": (int, float),
        "integer": int,
        "boolean": bool,
        "object": dict,
        "array": list,
    }
    for name, schema in schemas["Clients"]["properties"].items():
        if name in schemas["Clients"]["required"]:
            wanted = kinds[schema["type"]] if "type" in schema else object
            assert isinstance(made[name], wanted), name  # type: ignore[arg-type]


def test_bulk_offers_its_actions(registry: Any) -> None:
    body = document(registry)["paths"]["/clients/bulk"]["post"]["requestBody"]["content"]["application/json"]
    assert "archive" in body["schema"]["properties"]["action"]["enum"]
    assert "lock" not in body["schema"]["properties"]["action"]["enum"]


def test_public_routes_need_no_token(registry: Any) -> None:
    assert document(registry)["paths"]["/ping"]["get"]["security"] == []
    assert "security" not in document(registry)["paths"]["/crash"]["get"]
