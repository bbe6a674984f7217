"""One row of login and refresh: a company of the user, with everything an app keeps of it.

Rights, user, company, settings and small lists are always whole. The big lists give what changed since
``updated_at``, and nothing at all in a large company, whose apps page them (decision T23).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from comptoir.api.authentication import Caller
from comptoir.api.resources.company_users import company_users
from comptoir.api.resources.designs import built_in
from comptoir.api.session.accounts import account_row
from comptoir.contract.fetching import fetch
from comptoir.contract.prepared import prepared_list
from comptoir.contract.queries import Query
from comptoir.contract.registries import Registry
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.people.models import Membership
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for, current_company_id
from comptoir.tenancy.statements import run

BIG: Final = (
    "clients",
    "products",
    "invoices",
    "recurring_invoices",
    "quotes",
    "credits",
    "payments",
    "projects",
    "tasks",
    "vendors",
    "expenses",
    "recurring_expenses",
    "purchase_orders",
    "bank_transactions",
)
SMALL: Final = {
    "users": "users",
    "task_statuses": "task_statuses",
    "expense_categories": "expense_categories",
    "subscriptions": "subscriptions",
    "groups": "group_settings",
    "payment_terms": "payment_terms",
    "tax_rates": "tax_rates",
    "tokens_hashed": "tokens",
    "company_gateways": "company_gateways",
    "webhooks": "webhooks",
    "bank_integrations": "bank_integrations",
    "bank_transaction_rules": "bank_transaction_rules",
    "task_schedulers": "task_schedulers",
}
"""By the wire's key: the resource that gives the list."""

LATEST: Final = {"activities": 50, "system_logs": 50}
"""How many of what happened last are given when everything is asked for."""

LARGE: Final = 1_000
"""Rows of one big list above which a company is large."""


ALL: Final = 1_000_000
"""More than any list of a company that is not large."""


class Payload:
    """Builds the rows for one caller; ``since`` cuts the big lists, ``whole`` adds what happened last."""

    def __init__(self, registry: Registry, caller: Caller, since: datetime | None, *, whole: bool) -> None:
        self.registry = registry
        self.caller = caller
        self.since = since
        self.whole = whole

    def row(self, membership: Membership, token: Any, *, mixed: bool) -> Row:
        """One company. ``mixed``: the user has more rights in another one, so apps must page this."""
        caller = replace(self.caller, membership=membership, token=token)
        with acting_for(membership.company):
            view = View(caller)
            rights = company_users([membership.user_id], view)[membership.user_id]
            company = self.company(caller, membership.company, view, mixed=mixed)
            user = self.registry.fetch("users", [membership.user_id], view=view)[0]
            short = {"id": company["id"], "company_key": company["company_key"]}
            return {
                **rights,
                "account": account_row(membership.company.account_id, view),
                "user": {**user, "company_user": {**user["company_user"], "company": short}},
                "company": company,
                "token": self.token(token, view),
            }

    def token(self, token: Any, view: View) -> Row:
        return {**self.registry.fetch("tokens", [token.pk], view=view)[0], "token": token.value}

    def company(self, caller: Caller, company: Company, view: View, *, mixed: bool) -> Row:
        row = self.registry.fetch("companies", [company.pk], view=view)[0]
        large = row["is_large"] = self.is_large(company, row["is_large"]) or mixed
        for name in BIG:
            row[name] = [] if large else self.listed(name, caller, view, since=self.since)
        for name, path in SMALL.items():
            row[name] = self.listed(path, caller, view)
        row["designs"] = [*built_in(), *self.listed("designs", caller, view)]
        for name, most in LATEST.items():
            row[name] = self.listed(name, caller, view, most=most) if self.whole else []
        return row

    def listed(
        self,
        path: str,
        caller: Caller,
        view: View,
        *,
        since: datetime | None = None,
        most: int | None = None,
    ) -> list[Row]:
        """The rows of a resource that the caller may see; none of what is not served."""
        resource = self.registry.resources.get(path)
        if resource is None:
            return []
        whole = since is None and caller.seen(resource.sample(), resource.entity) is resource.sample()
        ready = prepared_list(resource, Query()) if whole else None
        if ready is not None:
            found = run(f"{ready.keys} LIMIT {most or ALL}", (current_company_id(),))
            keys = [row[0] for row in found]
        else:
            seen = caller.seen(resource.rows(), resource.entity)
            chosen = seen.filter(updated_at__gte=since) if since else seen
            keys = list(chosen.order_by(resource.default_sort).values_list("pk", flat=True)[:most])
        return fetch(self.registry.plan(resource), keys, view)

    def is_large(self, company: Company, known: bool) -> bool:
        """Whether any big list has more rows than an app should load at once; kept on the company."""
        served = (self.registry.resources[path] for path in BIG if path in self.registry.resources)
        large = any(_exceeds(resource) for resource in served)
        if large is not known:
            Company.objects.filter(pk=company.pk).update(is_large=large)
        return large


def _exceeds(resource: type[Resource]) -> bool:
    """One row beyond the bound is enough to know; nothing is counted."""
    ready = prepared_list(resource, Query())
    if ready is None:
        return resource.rows().order_by("pk")[LARGE : LARGE + 1].exists()
    return bool(run(f"{ready.rows} LIMIT 1 OFFSET {LARGE}", (current_company_id(),)))
