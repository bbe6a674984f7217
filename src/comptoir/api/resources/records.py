"""Records named in a body as ``entity`` and ``entity_id``."""

from __future__ import annotations

from typing import Any

from django.db import models

from comptoir.contract import problems
from comptoir.contract.calls import Call
from comptoir.contract.fields.keys import read_key
from comptoir.contract.resources import Resource


def resource_named(call: Call, word: Any) -> type[Resource] | None:
    """By its entity or its path: "client", "clients" and "Client" are the same."""
    wanted = str(word or "").rpartition("\\")[2].lower()
    for path, resource in call.registry.resources.items():
        if wanted in (path, resource.entity, resource.entity.replace("_", ""), f"{resource.entity}s"):
            return resource
    return None


def record_named(call: Call) -> models.Model:
    """The company's row that the body names. Raises Problem 400, Forbidden without the right to see it."""
    resource = resource_named(call, call.body.get("entity"))
    key = read_key(call.body.get("entity_id"))
    if resource is None or key is None:
        raise problems.not_found()
    rows = resource.rows().filter(pk=key)
    found: models.Model | None = call.who.seen(rows, resource.entity).first()
    if found is None:
        raise problems.Forbidden if rows.exists() else problems.not_found()
    return found
