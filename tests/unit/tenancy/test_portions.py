"""Very many rows, few in memory: each once, in order, as they are when their turn comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.signals import post_init

from comptoir.clients.models import Client
from comptoir.tenancy import portions
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.models import Company
from comptoir.tenancy.portions import in_portions
from comptoir.tenancy.scope import acting_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    """Seven clients, read three by three; a neighbour's beside them."""
    monkeypatch.setattr(portions, "AT_ONCE", 3)
    with acting_for(factories.account_with_company("Elsewhere")):
        _clients("b")
    company = factories.account_with_company()
    with acting_for(company):
        _clients("ebaycfd")
        yield company


def _clients(names: str) -> None:
    insert([Client(name=name, display_name=name, sort_name=name) for name in names])


def test_each_comes_once_in_the_order_of_the_query(home: Company) -> None:
    rows = Client.objects.order_by("-sort_name")
    assert [row.name for row in in_portions(rows)] == [*"yfedcba"]
    assert [row.name for row in in_portions(rows.filter(name__in="abc"))] == [*"cba"]
    assert list(in_portions(rows.filter(name="z"))) == []


def test_one_question_for_the_keys_and_one_for_each_portion(
    home: Company, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1 + 3):
        assert len(list(in_portions(Client.objects.select_related("company")))) == 7


def test_a_portion_is_read_when_its_turn_comes(home: Company) -> None:
    made: list[int] = []

    def count(**_: Any) -> None:
        made.append(1)

    post_init.connect(count, sender=Client)
    try:
        assert [len(made) for _row in in_portions(Client.objects.order_by("pk"))] == [3, 3, 3, 6, 6, 6, 7]
    finally:
        post_init.disconnect(count, sender=Client)


def test_what_is_written_meanwhile_neither_comes_twice_nor_is_out_of_date(home: Company) -> None:
    seen = []
    for row in in_portions(Client.objects.exclude(name="gone").order_by("sort_name")):
        seen.append((row.name, row.city))
        if row.name == "a":  # d is of the second portion, y of the third
            Client.objects.filter(name="d").update(name="gone")
            Client.objects.filter(name="y").update(city="Dinan")
        Client.objects.filter(pk=row.pk).update(sort_name=f"{row.sort_name}z")
    assert seen == [("a", ""), ("b", ""), ("c", ""), ("e", ""), ("f", ""), ("y", "Dinan")]
