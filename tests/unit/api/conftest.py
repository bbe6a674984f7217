"""A cast at the API's door: Alice owns a company, Carol has few rights in it, Dora owns another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from comptoir.api.door import api
from comptoir.people.founding import found_account
from comptoir.people.models import Membership
from comptoir.people.operations import invite_user
from comptoir.people.tokens import login_token
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.noon import noon_of

ON = date(2026, 11, 24)
PASSWORD = "correct horse battery"
DOLLARS = {"country_id": "840", "currency_id": "1"}

_noon = noon_of(ON)


@dataclass
class Answer:
    """What came back; ``data`` is the JSON, ``rows`` its data."""

    status: int
    data: Any
    raw: bytes
    headers: Any

    @property
    def rows(self) -> Any:
        return self.data["data"]

    @classmethod
    def of(cls, response: HttpResponseBase) -> Answer:
        raw = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        for close in response._resource_closers:  # type: ignore[attr-defined]
            close()  # the file; the response's own close() would end the test's connection
        told = (response.headers.get("Content-Type") or "").startswith("application/json")
        return cls(response.status_code, json.loads(raw) if told and raw else None, raw, response.headers)


@dataclass
class Door:
    """Sends requests as the holder of a token."""

    token: str = ""
    ip: str = "203.0.113.7"
    factory: RequestFactory = field(default_factory=RequestFactory)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        text = json.dumps(body) if body is not None else ""
        sent = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        if self.token:
            sent.setdefault("HTTP_X_API_TOKEN", self.token)
        request = self.factory.generic(
            method, f"/api/v1/{path}", text, "application/json", REMOTE_ADDR=self.ip, **sent
        )
        return Answer.of(api(request))

    def get(self, path: str, **headers: str) -> Answer:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self("POST", path, body if body is not None else {}, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self("PUT", path, body if body is not None else {}, **headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self("DELETE", path, **headers)

    def upload(self, path: str, files: dict[str, Any]) -> Answer:
        request = self.factory.post(f"/api/v1/{path}", files, HTTP_X_API_TOKEN=self.token)
        return Answer.of(api(request))


@dataclass
class Cast:
    alice: Membership
    carol: Membership
    dora: Membership

    @property
    def company(self) -> Company:
        return self.alice.company


def found(name: str, company: str) -> Membership:
    person = {
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "first_name": name.title(),
        "last_name": "Martin",
    }
    return found_account(person, {"name": company, **DOLLARS}, on=ON)


def hired(name: str, by: Membership, permissions: str) -> Membership:
    fields = {"email": f"{name}@example.com", "first_name": name.title(), "last_name": "Petit"}
    membership = invite_user(fields, {"permissions": permissions}, by=by.actor(), on=ON)
    membership.user.set_password(PASSWORD)
    membership.user.save()
    return membership


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, and no tries counted; nothing is in scope, as before a request."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    alice, dora = found("alice", "Alice Ltd"), found("dora", "Dora Ltd")
    with acting_for(alice.company):
        carol = hired("carol", alice, "view_client,create_product")
    yield Cast(alice, carol, dora)
    cache.clear()


@pytest.fixture
def at_alices(cast: Cast) -> Iterator[None]:
    """The test itself looks at the rows of Alice's company."""
    with acting_for(cast.company):
        yield


@pytest.fixture
def door(cast: Cast) -> Door:
    """Alice's."""
    return Door(login_token(cast.alice).value)


@pytest.fixture
def carols(cast: Cast) -> Door:
    return Door(login_token(cast.carol).value)


@pytest.fixture
def doras(cast: Cast) -> Door:
    return Door(login_token(cast.dora).value)


@pytest.fixture
def nobody(cast: Cast) -> Door:
    return Door()
