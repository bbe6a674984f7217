"""Two furnished companies for the generated matrices: one row of every resource, made by its own owner."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import RequestFactory

from comptoir.api.door import api
from comptoir.api.models import IdempotentAnswer
from comptoir.api.registry import registry
from comptoir.gateways.registry import CUSTOM
from comptoir.kernel.ids import encode
from comptoir.people.founding import found_account
from comptoir.people.models import Membership
from comptoir.people.operations import invite_user
from comptoir.people.tokens import login_token
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

ON: Final = date(2026, 11, 24)
PASSWORD: Final = "correct horse battery"
UNKNOWN: Final = encode(987_654_321)
"""An id in the right form that no row has."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: str

    @property
    def data(self) -> Any:
        return json.loads(self.body)["data"]


@dataclass(frozen=True)
class Door:
    """Requests with one token, the password typed along."""

    token: str = ""
    factory: RequestFactory = field(default_factory=RequestFactory, repr=False)

    def __call__(self, method: str, path: str, body: Any = None) -> Answer:
        headers = {"HTTP_X_API_TOKEN": self.token, "HTTP_X_API_PASSWORD": PASSWORD}
        text = json.dumps(body) if body is not None else ""
        request = self.factory.generic(method, f"/api/v1/{path}", text, "application/json", **headers)
        return _answer(api(request))

    def upload(self, path: str) -> Answer:
        files = {"_method": "PUT", "documents[]": SimpleUploadedFile("note.txt", b"hello")}
        return _answer(api(self.factory.post(f"/api/v1/{path}", files, HTTP_X_API_TOKEN=self.token)))


def _answer(response: Any) -> Answer:
    raw = b"".join(response) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return Answer(response.status_code, raw.decode("utf-8", "replace"))


@dataclass
class House:
    """A company with its owner; ``ids`` names a row of each resource, by path, ``key`` an invitation."""

    owner: Membership
    door: Door
    ids: dict[str, str] = field(default_factory=dict)
    key: str = ""

    @property
    def company(self) -> Company:
        return self.owner.company

    def employ(self, name: str, permissions: str) -> Membership:
        with acting_for(self.company):
            fields = {"email": f"{name}@example.com", "first_name": name, "last_name": "Petit"}
            member = invite_user(fields, {"permissions": permissions}, by=self.owner.actor(), on=ON)
        member.user.set_password(PASSWORD)
        member.user.save()
        return member


def furnished(name: str) -> House:
    """A new account whose company has a row of everything, under ids that no other table uses."""
    _apart()
    person = {
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "first_name": name,
        "last_name": "Martin",
    }
    owner = found_account(person, {"name": name, "country_id": "840", "currency_id": "1"}, on=ON)
    house = House(owner, Door(login_token(owner).value))
    for path, body in bodies(house):
        if path not in registry().resources:
            continue  # not served by this version
        answer = house.door("POST", path, body)
        assert answer.status == 200, (path, answer.body)
        house.ids[path] = answer.data["id"]
    invoice = house.door("GET", f"invoices/{house.ids['invoices']}").data
    house.key = invoice["invitations"][0]["key"]
    client = house.door.upload(f"clients/{house.ids['clients']}/upload").data
    house.ids["documents"] = client["documents"][0]["id"]
    house.ids["companies"] = house.door("GET", "companies").data[0]["id"]
    house.ids["system_logs"] = _logged(house)
    return house


def bodies(house: House) -> Iterator[tuple[str, dict[str, Any]]]:
    """What makes a row of each resource; later ones may name earlier ones."""
    line = {"cost": 10, "quantity": 1}
    yield "group_settings", {"name": "Group"}
    yield "clients", {"name": "Client", "contacts": [{"first_name": "A", "email": "a@example.com"}]}
    client = {"client_id": house.ids["clients"]}
    yield "locations", {**client, "name": "Shop"}
    yield "products", {"product_key": "Product"}
    yield "tax_rates", {"name": "VAT", "rate": 20}
    yield "payment_terms", {"num_days": 12}
    yield "designs", {"name": "Design", "design": {"body": "$number"}}
    yield "invoices", {**client, "line_items": [line], "number": "I-1"}
    yield "quotes", {**client, "line_items": [line], "number": "Q-1"}
    yield "credits", {**client, "line_items": [line], "number": "C-1"}
    yield "recurring_invoices", {**client, "line_items": [line], "frequency_id": "5", "number": "R-1"}
    yield "company_gateways", {"gateway_key": CUSTOM, "config": '{"name": "Transfer"}'}
    gateway = {"company_gateway_id": house.ids.get("company_gateways", ""), "gateway_type_id": "5"}
    yield "client_gateway_tokens", {**client, **gateway, "token": "t", "meta": {"last4": "1"}}
    yield "payments", {**client, "amount": 5, "number": "P-1"}
    yield "users", {"first_name": "U", "last_name": "U", "email": f"user-{house.company.pk}@example.com"}
    yield "tokens", {"name": "Token"}
    turn = {"frequency_id": "5", "next_run": "2099-01-31", "template": "email_statement"}
    yield "task_schedulers", {"name": "Monthly", **turn}
    yield "tags", {"name": "Tag", "entity_type": "client"}
    yield "webhooks", {"target_url": "https://example.com/hook", "event_id": "1"}


def _logged(house: House) -> str:
    from comptoir.activity import systemlog

    with acting_for(house.company):
        row = systemlog.record(
            systemlog.Category.LOG, systemlog.Event.USER_ACTION, systemlog.Type.GENERIC, log={}
        )
    return encode(row.pk)


def _apart() -> None:
    """Move each table's next id into a range of its own: ids of two kinds never look the same."""
    tables = sorted({model._meta.db_table: model for model in apps.get_models()}.items())
    with connection.cursor() as cursor:
        for place, (table, model) in enumerate(tables):
            if model._meta.pk.get_internal_type() != "BigAutoField":
                continue
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            highest = cursor.fetchone()[0]
            start = (highest // 1_000_000 + 1 + len(tables)) * 1_000_000 + place * 1_000
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, start])


def belongings(company: Company) -> dict[str, list[Any]]:
    """Every row that a company owns, column by column, and its own."""
    owned = [model for model in apps.get_models() if _is_owned(model)]
    found = {model.__name__: _rows(model, company_id=company.pk) for model in owned}
    return {**found, "Company": _rows(Company, pk=company.pk)}


def _is_owned(model: type[models.Model]) -> bool:
    if model is IdempotentAnswer or model.__name__ == "Job":
        return False
    return any(each.name == "company" for each in model._meta.concrete_fields)


def _rows(model: type[models.Model], **which: Any) -> list[Any]:
    return list(model._base_manager.filter(**which).order_by("pk").values_list())
