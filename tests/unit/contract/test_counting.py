from __future__ import annotations

from typing import Any

import pytest
import time_machine

from comptoir.clients.models import Client, Group
from comptoir.contract import counting
from comptoir.contract.counting import capped, capped_text, total_of, whole
from comptoir.contract.prepared import holds, prepared_list
from comptoir.contract.queries import Query
from comptoir.tenancy.scope import acting_for

from .resources import Clients


def fail() -> int:
    raise AssertionError("counted without need")


@pytest.mark.parametrize(
    ("start", "size", "found", "total"), [(0, 20, 0, 0), (0, 20, 20, 20), (40, 20, 3, 43), (0, 20, 7, 7)]
)
def test_a_page_that_is_not_full_needs_no_count(start: int, size: int, found: int, total: int) -> None:
    assert total_of(start, size, found, fail) == total


def test_a_full_page_counts_and_never_less_than_what_was_seen() -> None:
    assert total_of(0, 20, 21, lambda: 55) == 55
    assert total_of(12_000, 20, 21, lambda: 10_000) == 12_021
    assert total_of(100, 20, 0, lambda: 55) == 55


@pytest.fixture
def groups(scope: Any, monkeypatch: Any) -> Any:
    monkeypatch.setattr(counting, "_REMEMBERED", 2)
    monkeypatch.setattr(counting, "_known", {})
    for name in "abc":
        Group.objects.create(name=name)
    return scope


def test_a_large_table_is_counted_by_its_newer_rows(groups: Any, django_assert_num_queries: Any) -> None:
    assert whole(Group) == 3
    Group.objects.create(name="d")
    with django_assert_num_queries(1) as asked:
        assert whole(Group) == 4
    assert "count(*)" in asked[0]["sql"]


def test_a_count_is_taken_again_after_a_while(groups: Any) -> None:
    with time_machine.travel(0, tick=False) as clock:
        assert whole(Group) == 3
        Group.objects.filter(name="a").delete()
        assert whole(Group) == 3
        clock.shift(31)
        assert whole(Group) == 2


def test_companies_are_counted_apart(groups: Any, stranger: Any) -> None:
    assert whole(Group) == 3
    with acting_for(stranger("two")):
        assert whole(Group) == 0


def test_narrowed_lists_are_counted_to_a_cap(groups: Any, monkeypatch: Any) -> None:
    assert capped(Group.objects.all()) == 3
    monkeypatch.setattr(counting, "COUNTED", 2)
    assert capped(Group.objects.all()) == 2
    Client.objects.bulk_create([Client(name=name) for name in "abc"])
    ready = prepared_list(Clients, Query(status="active"))
    assert ready is not None
    assert capped_text(ready.rows) == 2


@pytest.mark.parametrize(
    "query", ["", "sort=name|asc", "status=active", "status=deleted&page=3&sort=nosuch|desc"]
)
def test_common_lists_are_prepared(scope: Any, query: str) -> None:
    ready = prepared_list(Clients, Query.read(query))
    assert ready is not None
    assert ready.whole is ("status" not in query)
    assert ready is prepared_list(Clients, Query.read(query))


@pytest.mark.parametrize(
    "query", ["filter=a", "status=active&client_id=x", "with=VolejRejNm", "updated_at=5"]
)
def test_lists_with_values_are_left_to_the_orm(scope: Any, query: str) -> None:
    assert prepared_list(Clients, Query.read(query)) is None


def test_a_prepared_text_serves_any_company(scope: Any, stranger: Any, door: Any) -> None:
    mine = Client.objects.create(name="mine")
    assert holds(Clients, mine.pk)
    with acting_for(stranger("two")):
        assert not holds(Clients, mine.pk)
        Client.objects.create(name="theirs")
    assert [row["name"] for row in door.get("clients?status=active").data["data"]] == ["mine"]


def test_a_resource_that_hides_rows_is_not_prepared(scope: Any, door: Any) -> None:
    class Few(Clients):
        path = "few"

        @classmethod
        def rows(cls) -> Any:
            return Client.objects.filter(name="a")

    door.registry.add(Few)
    shown, hidden = Client.objects.create(name="a"), Client.objects.create(name="b")
    assert not Few.plain
    assert prepared_list(Few, Query()) is None
    assert (holds(Few, shown.pk), holds(Few, hidden.pk)) == (True, False)
    assert [row["name"] for row in door.get("few").data["data"]] == ["a"]
