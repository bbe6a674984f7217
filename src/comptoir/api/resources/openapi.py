"""The description of this API for programs."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpResponse

from comptoir.contract import openapi
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.objects import EXACT
from comptoir.contract.registries import Registry


@lru_cache(maxsize=2)
def _written(registry: Registry) -> bytes:
    return EXACT.encode(openapi.document(registry))


class OpenApi(Endpoints):
    path = "openapi.json"

    @route("GET", "/openapi.json", auth="public")
    def show(call: Call) -> HttpResponse:
        """Every route, body and answer, in OpenAPI 3.1."""
        return HttpResponse(_written(call.registry), content_type="application/json")
