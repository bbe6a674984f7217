"""One row of login and refresh: a company of the user, with everything an app keeps of it.

Rights, user, company, settings and small lists are always whole. The big lists give what changed since
``updated_at``, and nothing at all in a large company, whose apps page them (decision T23).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from comptoir.api.authentication import Caller
from comptoir.api.resources.built_in_designs import built_in
from comptoir.api.resources.company_users import company_users
from comptoir.api.session.accounts import account_row
from comptoir.contract.fetching import fetch
from comptoir.contract.registries import Registry
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.people.models import Membership
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

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
        large = mixed or self.is_large(company)
        row["is_large"] = bool(large)
        for name in BIG:
            row[name] = [] if large else self.listed(name, caller, view, since=self.since)
        for name, path in SMALL.items():
            row[name] = self.listed(path, caller, view)
        row["designs"] = built_in()
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
        rows = caller.seen(resource.rows(), resource.entity)
        if since is not None:
            rows = rows.filter(updated_at__gte=since)
        keys = list(rows.order_by("-pk" if most else "pk").values_list("pk", flat=True)[:most])
        return fetch(self.registry.plan(resource), keys, view)

    def is_large(self, company: Company) -> bool:
        """Whether any big list has more rows than an app should load at once; kept on the company."""
        large = any(_exceeds(rows) for rows in self.big_lists())
        if bool(company.is_large) is not large:
            Company.objects.filter(pk=company.pk).update(is_large=large)
        return large

    def big_lists(self) -> Iterable[QuerySet[Any]]:
        return (self.registry.resources[path].rows() for path in BIG if path in self.registry.resources)


def _exceeds(rows: QuerySet[Any]) -> bool:
    """One row beyond the bound is enough to know; nothing is counted."""
    return rows.order_by("pk")[LARGE : LARGE + 1].exists()
