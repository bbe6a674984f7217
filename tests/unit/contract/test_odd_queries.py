"""Nothing in a query string may make the server fail (decisions T10)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from comptoir.clients.models import Client
from comptoir.contract.queries import Query

from .resources import Clients

ODD = [
    *["undefined", "null", "NaN", "[object Object]", "-1", "0", "1", "9" * 40, "1.5", "true", " ", "()", "{"],
    *[
        "a|b|c",
        "%",
        "%7C",
        "\\",
        "'",
        '"',
        ";--",
        "\0",
        "é",
        "💶",
        "a,b",
        ",",
        "|",
        ":",
        "..",
        "?",
        "x" * 5000,
    ],
    *["2026-02-31", "2026-01-01", "1,2,3", "1:2:3", "VolejRejNm", "AAAAAAAAAA", "contacts__email", "-name"],
    *["company", "password", "99999999999999999999:gt", "1e400:gt", "9223372036854775808"],
]
NAMES = sorted(
    {*Clients.all_filters, "page", "per_page", "sort", "with", "include", "index", "include_static", "nosuch"}
)


@pytest.mark.parametrize("name", NAMES)
def test_odd_values_never_break_a_list(door: Any, scope: Any, name: str) -> None:
    Client.objects.create(name="a")
    for value in ODD:
        answer = door.get(f"clients?{name}={quote(value)}")
        wanted = {200, 400} if name == "include" else {200}
        assert answer.status_code in wanted, (name, value, answer.data)


@pytest.mark.parametrize(
    "query",
    [
        "&a=b", "?", "=", "&&&", "page", "page[]=1&page[]=2", "per_page=5&per_page=7", "sort[]=name|asc",
        "filter[a][b]=1", "status[]=active&status[]=deleted", "with[]=VolejRejNm", "%", "%zz=%zz", "a=%ff%fe",
        "include[]=group_settings", "page=1;per_page=2", "é=é", "filter=\xe9",
    ],
)  # fmt: skip
def test_odd_query_strings_never_break_a_list(door: Any, scope: Any, query: str) -> None:
    Client.objects.create(name="a")
    assert door.get(f"clients?{query}").status_code == 200


def test_the_last_of_several_values_counts() -> None:
    query = Query.read("per_page=5&per_page=7&status[]=active&status[]=deleted&x=a%00b")
    assert query == {"per_page": "7", "status": "active,deleted", "x": "ab"}


def test_bytes_of_the_gateway_are_utf8() -> None:
    assert Query.read("filter=\xc3\xa9t\xc3\xa9") == {"filter": "été"}


@pytest.mark.parametrize(
    "path", ["clients/1", "clients/VolejRejNm", "clients/AAAAAAAAAA", "clients/é", "clients/%00"]
)
def test_an_id_that_names_nothing_is_always_the_same_error(door: Any, scope: Any, path: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = door(method, path, {} if method == "PUT" else None)
        assert (answer.status_code, answer.data) == (400, {"message": "No record was found for this id."})
