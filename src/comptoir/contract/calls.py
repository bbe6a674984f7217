"""One request on its way through: what was asked, who asks, and the ways to answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse

from comptoir.contract import answers, bodies, envelopes, problems
from comptoir.contract.fetching import fetch_versioned
from comptoir.contract.fields.keys import read_key
from comptoir.contract.prepared import row_of
from comptoir.contract.queries import Query
from comptoir.contract.views import View

if TYPE_CHECKING:
    from comptoir.contract.endpoints import Route
    from comptoir.contract.registries import Registry
    from comptoir.contract.requesters import Requester
    from comptoir.contract.resources import Resource


class Call:
    """A request with its caller, route and registry. ``params`` are the parts of the path that vary."""

    def __init__(
        self, request: HttpRequest, who: Requester, route: Route, params: dict[str, str], registry: Registry
    ) -> None:
        self.request = request
        self.who = who
        self.route = route
        self.params = params
        self.registry = registry
        self.query = Query.read(request.META.get("QUERY_STRING", ""))

    @property
    def resource(self) -> type[Resource]:
        return self.route.home  # type: ignore[return-value]

    @cached_property
    def _sent(self) -> tuple[dict[str, Any], bodies.Files]:
        return bodies.read(self.request)

    @property
    def body(self) -> dict[str, Any]:
        return self._sent[0]

    @property
    def files(self) -> bodies.Files:
        """Files by the name of their part, brackets left off."""
        return self._sent[1]

    @property
    def link(self) -> str:
        """The address that was asked, without its query; never taken from the request's Host."""
        return f"{settings.BASE_URL}{self.request.path}"

    @cached_property
    def view(self) -> View:
        return View(self.who, self.query)

    def asked(self, name: str) -> Any:
        """A flag or parameter: from the query, else from the body."""
        return self.query[name] if name in self.query else self.body.get(name)

    def sees_all(self, resource: type[Resource]) -> bool:
        """Whether the caller sees every row of a resource that the company has."""
        return self.who.seen(resource.sample(), resource.entity) is resource.sample()

    def need(self, verb: str, row: models.Model | None = None, entity: str = "") -> None:
        """Raise Forbidden unless the caller has the right."""
        if not self.who.may(verb, entity or self.resource.entity, row):
            raise problems.Forbidden

    def key(self, name: str = "id") -> int:
        """The key in the path. Raises Problem 400 for what is no id."""
        key = read_key(self.params[name])
        if key is None:
            raise problems.not_found()
        return key

    def row(self, verb: str, name: str = "id") -> Any:
        """The company's row named in the path, archived and deleted ones too, if the caller may."""
        row = row_of(self.resource, self.key(name))
        if row is None:
            raise problems.not_found()
        self.need(verb, row)
        return row

    def one(self, key: int, resource: type[Resource] | None = None) -> HttpResponse:
        """The answer that shows one row, as it is now; of another resource than the route's where given."""
        plan = self.registry.plan(resource or self.resource, self.query.get("include", ""), strict=False)
        found = fetch_versioned(plan, key, self.view)
        if found is None:
            raise problems.not_found()
        row, version = found
        return answers.json(envelopes.item(row, self), headers={"ETag": f'"{version}"'} if version else None)

    def message(self, sentence: Any, **more: Any) -> HttpResponse:
        return answers.message(sentence, **more)
