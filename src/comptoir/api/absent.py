"""Lists of what this version does not keep: empty, in the right envelope, so that apps start.

A path disappears from here by itself when a resource of its name is served.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import HttpResponse

from comptoir.contract import answers, envelopes
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.paging import Page
from comptoir.contract.registries import Registry

PATHS: Final = (
    "bank_integrations",
    "bank_transaction_rules",
    "bank_transactions",
    "client_gateway_tokens",
    "company_gateways",
    "expense_categories",
    "expenses",
    "locations",
    "projects",
    "purchase_orders",
    "recurring_expenses",
    "recurring_invoices",
    "recurring_quotes",
    "subscriptions",
    "tags",
    "task_schedulers",
    "task_statuses",
    "tasks",
    "vendors",
    "webhooks",
)


def endpoints(registry: Registry) -> Iterator[type[Endpoints]]:
    """One list for each path that no resource serves."""
    for path in PATHS:
        if path not in registry.resources:
            listed = route("GET", f"/{path}", does="An empty list: this version keeps none.")(empty_list)
            yield type(path, (Endpoints,), {"path": path, "listed": listed})


def empty_list(call: Call) -> HttpResponse:
    figures = Page.asked(call.query).figures(call.query, call.link, 0, 0)
    return answers.json(envelopes.page([], figures, call))
