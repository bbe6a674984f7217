from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptoir.clients.models import Client, Contact, Group, Location
from comptoir.contract import listing
from comptoir.contract.filters import codes
from comptoir.kernel.ids import encode
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for


def names(answer: Any) -> str:
    assert answer.status_code == 200, answer.data
    return "".join(row["name"] for row in answer.data["data"])


@pytest.fixture
def five(scope: Any) -> list[Client]:
    """a to e; c is archived, d deleted; balances 0 to 400."""
    rows = []
    for place, name in enumerate("abcde"):
        row = Client.objects.create(name=name, number=f"{place:03}", balance=Decimal(place * 100))
        Contact.objects.create(client=row, email=f"{name}@b.co", **fresh("contact"))
        rows.append(row)
    now = timezone.now()
    Client.objects.filter(name="c").update(archived_at=now)
    Client.objects.filter(name="d").update(archived_at=now, deleted_at=now)
    return rows


def pagination(answer: Any) -> dict[str, Any]:
    return {key: value for key, value in answer.data["meta"]["pagination"].items() if key != "links"}


def test_a_list_has_figures(door: Any, five: Any) -> None:
    answer = door.get("clients")
    assert names(answer) == "abcde"
    assert pagination(answer) == {
        "total": 5,
        "count": 5,
        "per_page": 20,
        "current_page": 1,
        "total_pages": 1,
    }
    assert answer.data["meta"]["pagination"]["links"] == {}


@pytest.mark.parametrize(
    ("page", "shown", "links"),
    [
        ("1", "ab", {"next": "2"}),
        ("2", "cd", {"previous": "1", "next": "3"}),
        ("3", "e", {"previous": "2"}),
        ("9", "", {"previous": "8"}),
    ],
)
def test_pages_and_their_links(door: Any, five: Any, page: str, shown: str, links: Any) -> None:
    for extra in ("", "&created_at=1"):  # with a value that narrows nothing the ORM is asked instead
        a_page_and_its_links(door, f"per_page=2&page={page}&sort=name%7Casc{extra}", page, shown, links)


def a_page_and_its_links(door: Any, query: str, page: str, shown: str, links: Any) -> None:
    answer = door.get(f"clients?{query}")
    assert names(answer) == shown
    assert pagination(answer) == {
        "total": 5,
        "count": len(shown),
        "per_page": 2,
        "current_page": int(page),
        "total_pages": 3,
    }
    found = answer.data["meta"]["pagination"]["links"]
    assert found.keys() == links.keys()
    for name, link in found.items():
        asked = parse_qs(urlsplit(link).query)
        assert urlsplit(link).path == "/api/v1/clients"
        assert (asked["page"], asked["per_page"], asked["sort"]) == ([links[name]], ["2"], ["name|asc"])


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("0", 15),
        ("undefined", 15),
        ("-3", 15),
        ("99999", 5000),
        ("", 20),
        ("7", 7),
        ("1e3", 15),
        ("9" * 30, 15),
    ],
)
def test_the_size_of_a_page(door: Any, five: Any, asked: str, size: int) -> None:
    assert pagination(door.get(f"clients?per_page={asked}"))["per_page"] == size


def test_empty_lists_have_one_page(door: Any, scope: Any) -> None:
    assert pagination(door.get("clients?page=2")) == {
        "total": 0,
        "count": 0,
        "per_page": 20,
        "current_page": 2,
        "total_pages": 1,
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("status=active", "abe"),
        ("status=archived", "c"),
        ("status=deleted", "d"),
        ("status=active,deleted", "abde"),
        ("status=active,archived,deleted", "abcde"),
        ("status=all", "abcde"),
        ("status=", "abcde"),
        ("status=nosuch", "abcde"),
        ("is_deleted=true", "abce"),
        ("is_deleted=false", "abce"),
        ("is_deleted=0", "abce"),
        ("is_deleted=1", "d"),
        ("with_trashed=false", "abce"),
        ("with_trashed=true", "abcde"),
    ],
)
def test_states_of_rows(door: Any, five: Any, query: str, shown: str) -> None:
    assert names(door.get(f"clients?{query}")) == shown
    assert names(door.get(f"clients?{query}&balance=0:gte")) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("filter=b@B.co", "b"),
        ("filter=00", "abcde"),
        ("filter=zzz", ""),
        ("filter=%25", ""),
        ("filter=", "abcde"),
        ("name=E", "e"),
        ("number=001", "b"),
        ("number=00", ""),
        ("email=c@b.co", "c"),
        ("balance=100:gt", "cde"),
        ("balance=100:lte", "ab"),
        ("balance=100", "b"),
        ("balance=100:nonsense", "abcde"),
        ("balance=x:gt", "abcde"),
        ("between_balance=100:300", "bcd"),
        ("between_balance=100", "abcde"),
        ("client_status=owing", "bcde"),
        ("client_status=owing,even", "abcde"),
        ("client_status=nosuch", "abcde"),
        ("owing=true", "bcde"),
        ("owing=1", "abcde"),
        ("exempt=true", ""),
        ("exempt=0", "abcde"),
        ("group=AAAAAAAAAA", ""),
        ("client_id=7", ""),
    ],
)
def test_filters(door: Any, five: Any, query: str, shown: str) -> None:
    assert names(door.get(f"clients?{query}")) == shown


def test_a_filter_by_id_takes_several(door: Any, five: list[Client]) -> None:
    ids = ",".join(encode(row.pk) for row in five[1:3])
    assert names(door.get(f"clients?client_id={ids}")) == "bc"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("created_at=1767225600", "b"),
        ("created_at=2026-01-01", "b"),
        ("created_at=0", "ab"),
        ("created_at=nonsense", "ab"),
        ("created_between=2025-01-01,2025-12-31", "a"),
        ("created_between=2025-06-01,2026-06-01", "ab"),
        ("created_between=2026-06-01", "ab"),
        ("date_range=2025-06-01,2025-06-01", "a"),
        ("date_range=updated_at,2000-01-01,2000-12-31", ""),
        ("date_range=nosuch,2025-06-01,2025-06-01", "a"),
        ("date_range=x,y", "ab"),
    ],
)
def test_filters_by_time(door: Any, scope: Any, query: str, shown: str) -> None:
    for name, year in (("a", 2025), ("b", 2026)):
        row = Client.objects.create(name=name)
        Client.objects.filter(pk=row.pk).update(created_at=datetime(year, 6, 1, tzinfo=UTC))
    assert names(door.get(f"clients?{query}")) == shown


@pytest.mark.parametrize(
    ("sort", "shown"),
    [
        ("name|desc", "edcba"),
        ("name|asc", "abcde"),
        ("name", "abcde"),
        ("display_name|desc", "edcba"),
        ("balance|desc", "edcba"),
        ("id|desc", "edcba"),
        ("group.name|asc", "abcde"),
        ("nosuch|desc", "abcde"),
        ("", "abcde"),
        ("|", "abcde"),
        ("name%7Cdesc", "edcba"),
        ("name%257Cdesc", "edcba"),
        ("contacts|asc", "abcde"),
        ("settings__x|asc", "abcde"),
    ],
)
def test_orders(door: Any, five: Any, sort: str, shown: str) -> None:
    assert names(door.get(f"clients?sort={sort}")) == shown
    assert names(door.get(f"clients?sort={sort}&balance=0:gte")) == shown


@pytest.mark.parametrize("sort", ["", "id|desc", "name|desc", "balance|asc", "group.name|asc"])
@pytest.mark.parametrize("asked", ["balance=0:gte", "filter=b", "status=archived,active&balance=0:gte"])
def test_very_many_rows_are_listed_like_few(
    door: Any, five: Any, monkeypatch: pytest.MonkeyPatch, sort: str, asked: str
) -> None:
    """Beyond so many they are come upon in the order of the list, and counted apart."""
    pages = [f"clients?{asked}&sort={sort}&per_page=2&page={page}" for page in (1, 2, 3)]
    answers = [(names(one), pagination(one)) for one in map(door.get, pages)]
    assert answers[0][0]
    monkeypatch.setattr(listing, "FEW", 0)
    assert [(names(one), pagination(one)) for one in map(door.get, pages)] == answers


def test_few_rows_are_found_before_they_are_sorted(door: Any, five: Any) -> None:
    """A question that narrows and sorts at once leaves it to the database whether all are read."""
    with CaptureQueriesContext(connection) as questions:
        assert names(door.get("clients?sort=name|desc&balance=200:gt")) == "ed"
    narrowing = [one["sql"] for one in questions if '"balance" >' in one["sql"]]
    assert len(narrowing) == 1
    assert "ORDER BY" not in narrowing[0]


def test_ties_are_broken_by_id_in_the_same_direction(door: Any, scope: Any) -> None:
    keys = [Client.objects.create(name="x").pk for _ in range(4)]
    for direction, wanted in (("asc", keys), ("desc", keys[::-1])):
        rows = door.get(f"clients?sort=name|{direction}&per_page=2").data["data"]
        rows += door.get(f"clients?sort=name|{direction}&per_page=2&page=2").data["data"]
        assert [row["id"] for row in rows] == [encode(key) for key in wanted]


def test_with_puts_rows_first_whatever_the_filters(door: Any, five: list[Client]) -> None:
    asked = f"clients?sort=name|asc&status=active&with={encode(five[3].pk)},{encode(five[1].pk)},AAAAAAAAAA"
    answer = door.get(asked)
    assert names(answer) == "dbae"
    assert pagination(answer)["total"] == 4
    first, second = door.get(f"{asked}&per_page=3"), door.get(f"{asked}&per_page=3&page=2")
    assert (names(first), names(second)) == ("dba", "e")
    assert pagination(second)["total_pages"] == 2


def test_with_shows_nothing_of_others(door: Any, five: Any, stranger: Any) -> None:
    other = stranger("two")
    with acting_for(other):
        theirs = Client.objects.create(name="X")
    assert names(door.get(f"clients?with={encode(theirs.pk)}")) == "abcde"


def test_only_rows_that_the_caller_sees(door: Any, five: Any) -> None:
    door.who.sees_all = False
    Client.objects.filter(name="b").update(private_notes="mine")
    answer = door.get("clients")
    assert names(answer) == "b"
    assert pagination(answer)["total"] == 1


def test_only_rows_of_the_company(door: Any, five: Any, stranger: Any) -> None:
    with acting_for(stranger("two")):
        Client.objects.create(name="X")
    assert names(door.get("clients")) == "abcde"
    assert names(door.get("clients?filter=X")) == ""


def test_index_renames_or_drops_the_wrapper(door: Any, five: list[Client]) -> None:
    assert [row["name"] for row in door.get("clients?index=rows").data["rows"]] == list("abcde")
    assert [row["name"] for row in door.get("clients?index=none").data] == list("abcde")
    assert door.get(f"clients/{encode(five[0].pk)}?index=none").data["name"] == "a"


def test_static_lists_on_demand(door: Any, five: Any) -> None:
    answer = door.get("clients?include_static=true")
    assert answer.data["static"] == {"sizes": [{"id": "1", "name": "1 - 3"}]}
    assert "static" not in door.get("clients").data


def test_show_flags_reach_finish(door: Any, five: list[Client]) -> None:
    shown = door.get(f"clients/{encode(five[0].pk)}?show_len=true").data["data"]
    assert (shown["len"], shown["display_name"]) == (1, "a")
    assert "len" not in door.get(f"clients/{encode(five[0].pk)}").data["data"]


def test_live_parents_only(door: Any, scope: Any) -> None:
    Group.objects.create(name="g", deleted_at=timezone.now())
    assert door.get("group_settings?status=active").data["data"] == []


def test_filters_named_only_follow_the_form_of_their_key(door: Any, five: list[Client]) -> None:
    Location.objects.create(client=five[0], name="Depot", is_shipping_location=True)
    Location.objects.create(client=five[3], name="Shop")
    for query, shown in (
        ("name=Depot", "Depot"),
        ("name=depo", ""),
        ("is_shipping_location=true", "Depot"),
        (f"client_id={encode(five[3].pk)}", "Shop"),
        ("without_deleted_clients=true", "Depot"),
        ("filter_deleted_clients=true", "Depot"),
        ("filter_deleted_clients=false", "DepotShop"),
    ):
        assert names(door.get(f"places?{query}")) == shown


def test_codes_are_small_numbers(scope: Any) -> None:
    rows = Client.objects.all()
    narrowed = codes("country_id")(rows, "250, x,9223372036854775808,840", None)  # type: ignore[arg-type]
    assert list(narrowed.query.where.children[-1].rhs) == ["250", "840"]
