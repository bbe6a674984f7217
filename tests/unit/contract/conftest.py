"""A small API over real tables: clients with contacts and groups, written by plain functions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from comptoir.activity.actors import Actor
from comptoir.contract.dispatching import dispatch
from comptoir.contract.problems import invalid_token
from comptoir.contract.registries import Registry
from comptoir.tenancy.models import Account, Company
from comptoir.tenancy.scope import acting_for

from . import resources


@dataclass
class Someone:
    """A caller with the rights a test gives; without ``sees_all`` only their own rows are seen."""

    company: Company
    rights: set[str] = field(default_factory=lambda: {"view", "create", "edit"})
    sees_all: bool = True
    password: bool = True
    locale: str = "en"
    actor: Actor = field(default_factory=lambda: Actor("user", 1))
    today: date = date(2026, 11, 24)
    headers: dict[str, str] = field(default_factory=dict)

    def may(self, verb: str, entity: str, row: Any = None) -> bool:
        return verb in self.rights and getattr(row, "name", "") != "Forbidden"

    def seen(self, rows: Any, entity: str) -> Any:
        return rows if self.sees_all else rows.filter(private_notes="mine")

    def password_ok(self) -> bool:
        return self.password


class Door:
    """Sends requests through ``dispatch`` and reads the JSON that comes back."""

    def __init__(self, who: Someone | None, registry: Registry) -> None:
        self.who = who
        self.registry = registry
        self.factory = RequestFactory()

    def requester(self, request: HttpRequest) -> Someone:
        if self.who is None:
            raise invalid_token()
        return self.who

    def send(self, request: HttpRequest) -> Any:
        response = dispatch(request, self.requester, self.registry)
        response.data = json.loads(response.content) if response.content else None
        return response

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        content = body if isinstance(body, (bytes, str)) else json.dumps(body) if body is not None else ""
        options = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return self.send(
            self.factory.generic(
                method, f"/api/v1/{path}", content, content_type="application/json", **options
            )
        )

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self("DELETE", path, **headers)


def found(name: str) -> Company:
    account = Account.objects.create(key=name)
    return Company.objects.create(account=account, company_key=name)


@pytest.fixture
def company(db: None) -> Company:
    return found("one")


@pytest.fixture
def scope(company: Company) -> Any:
    with acting_for(company):
        yield company


@pytest.fixture
def registry() -> Registry:
    registry = Registry(statics=lambda: {"sizes": [{"id": "1", "name": "1 - 3"}]})
    registry.add(resources.Groups, resources.Clients, resources.Places, resources.Charts)
    return registry


@pytest.fixture
def someone(company: Company) -> Someone:
    return Someone(company)


@pytest.fixture
def door(someone: Someone, registry: Registry) -> Door:
    return Door(someone, registry)


@pytest.fixture
def stranger() -> Any:
    """Another company with its own rows."""
    return found
