from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity
from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.kernel.refused import Refused
from comptoir.tagging import operations
from comptoir.tagging.models import Tag, TagLink
from comptoir.tagging.queries import tags_on
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


@dataclass
class House:
    """A company in scope and somebody who acts."""

    company: Company
    alice: Actor

    def tag(self, name: str, kind: str = "client", color: str = "") -> Tag:
        return operations.create_tag({"kind": kind, "name": name, "color": color}, by=self.alice, on=ON)

    def client(self, name: str = "Verger") -> Client:
        return create_client({"name": name}, by=self.alice, on=ON)

    def product(self, key: str = "Advice") -> Product:
        return create_product({"product_key": key}, by=self.alice, on=ON)

    def change(self, *records: Any, add: Any = (), remove: Any = ()) -> int:
        return operations.change_tags(list(records), add=add, remove=remove, by=self.alice, on=ON)

    def set(self, record: Any, *tags: Tag) -> int:
        return operations.set_tags(record, tags, by=self.alice, on=ON)


def worn(record: Any) -> list[str]:
    """The names of the tags on a record."""
    return [tag.name for tag in tags_on(record._meta.model_name, [record.pk]).get(record.pk, ())]


def figures() -> list[Any]:
    """Everything stored of tags and where they are, and how much has been told."""
    tags, links = Tag.objects.order_by("pk").values(), TagLink.objects.order_by("pk").values()
    return [list(tags), list(links), Activity.objects.count()]


def refused(run: Any) -> dict[str, list[str]]:
    """The errors of what is refused; and nothing has moved."""
    before = figures()
    with pytest.raises(Refused) as refusal:
        run()
    assert figures() == before
    return {path: [str(text) for text in texts] for path, texts in refusal.value.errors.items()}


@pytest.fixture
def house(db: None) -> Iterator[House]:
    company = factories.account_with_company()
    alice = factories.actor(factories.user(company))
    with acting_for(company):
        yield House(company, alice)
