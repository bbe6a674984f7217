from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity
from comptoir.clients import groups, operations
from comptoir.clients.models import Client, Contact, Group
from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


@dataclass
class House:
    """A company in scope and somebody who acts."""

    company: Company
    alice: Actor

    def create(self, **fields: Any) -> Client:
        return operations.create_client(fields, by=self.alice, on=ON)

    def update(self, client: Client, **fields: Any) -> Client:
        return operations.update_client(client, fields, by=self.alice, on=ON)

    def group(self, name: str = "Members", **settings: Any) -> Group:
        return groups.create_group({"name": name, "settings": settings}, by=self.alice, on=ON)

    def refuses(self, **fields: Any) -> dict[str, list[str]]:
        """The errors of a create that is refused; and nothing has moved."""
        before = figures()
        with pytest.raises(Refused) as refusal:
            self.create(**fields)
        assert figures() == before
        return {path: [str(text) for text in texts] for path, texts in refusal.value.errors.items()}

    def refuses_update(self, client: Client, **fields: Any) -> dict[str, list[str]]:
        """The errors of an update that is refused; and nothing has moved."""
        before = figures()
        with pytest.raises(Refused) as refusal:
            self.update(client, **fields)
        assert figures() == before
        return {path: [str(text) for text in texts] for path, texts in refusal.value.errors.items()}


def figures() -> list[Any]:
    """Everything stored of clients and people, and how much has been told."""
    clients = list(Client.objects.order_by("pk").values())
    people = list(Contact.objects.order_by("pk").values())
    return [clients, people, Activity.objects.count()]


def people(client: Client) -> list[tuple[str, str, bool, bool]]:
    """The live contacts in order: first name, e-mail, primary, receives."""
    live = client.contacts.live()
    return [(one.first_name, one.email, one.is_primary, one.send_email) for one in live]


def last_activity() -> Activity:
    return Activity.objects.order_by("-pk")[0]


@pytest.fixture
def house(db: None) -> Iterator[House]:
    company = factories.account_with_company()
    alice = factories.actor(factories.user(company))
    with acting_for(company):
        yield House(company, alice)
