"""Which bulk actions a list offers, as apps ask before they draw their menus (contract rules 27)."""

from __future__ import annotations

from django.http import HttpResponse

from comptoir.api.resources.records import resource_named
from comptoir.contract import answers, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route


class BulkActions(Endpoints):
    path, entity = "filters", "filters"

    @route("POST", "/filters/{entity}")
    def of(call: Call) -> HttpResponse:
        """The names of an entity's bulk actions."""
        resource = resource_named(call, call.params["entity"])
        if resource is None:
            raise problems.no_route()
        return answers.json([name for name, action in resource.all_actions.items() if action.bulk])
