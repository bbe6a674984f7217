from __future__ import annotations

from typing import Any

import pytest
from django.test.client import RequestFactory

from comptoir.clients.models import Client
from comptoir.contract.dispatching import method_of
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.registries import Registry
from comptoir.contract.requesters import Stranger
from comptoir.tenancy.scope import NoCompany


@pytest.mark.parametrize("path", ["clients", "nosuch", "clients/create", "crash", "ping"])
def test_every_answer_carries_the_headers_apps_look_for(door: Any, scope: Any, path: str) -> None:
    headers = door.get(path).headers
    assert headers["X-APP-VERSION"] == "5.10.42"
    assert headers["X-MINIMUM-CLIENT-VERSION"] == "5.0.16"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Disposition" in headers["Access-Control-Expose-Headers"]
    assert headers["Content-Type"] == "application/json"
    assert "no-store" in headers["Cache-Control"]


def test_a_browser_elsewhere_may_ask_for_leave(door: Any) -> None:
    door.who = None
    answer = door("OPTIONS", "clients/anything")
    assert answer.status_code == 204
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    for name in (
        "x-api-token",
        "x-requested-with",
        "x-react",
        "x-api-password",
        "x-api-secret",
        "content-type",
    ):
        assert name in allowed
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"]


def test_head_is_get(door: Any, scope: Any) -> None:
    assert door("HEAD", "clients").status_code == 200


def test_words_come_before_parts_that_vary(door: Any, scope: Any) -> None:
    assert door.get("clients/create").data["data"]["id"] == ""
    assert door.post("clients/bulk", {}).status_code == 422


def test_a_trailing_slash_is_no_other_route(door: Any, scope: Any) -> None:
    assert door.get("clients/").status_code == 200


def test_a_route_without_rows_asks_for_its_right(door: Any, scope: Any) -> None:
    assert door.post("charts/totals", {}).data == {"message": "totals"}
    door.who.rights = set()
    assert door.post("charts/totals", {}).status_code == 401


def test_only_the_company_of_the_token_is_in_scope(door: Any, company: Any) -> None:
    with pytest.raises(NoCompany):
        Client.objects.count()
    assert door.post("clients", {"name": "Ann"}).status_code == 200
    with pytest.raises(NoCompany):
        Client.objects.count()
    assert Client.everywhere.get().company == company


def test_the_callers_language_ends_with_the_request(door: Any, scope: Any) -> None:
    from django.utils import translation

    before = translation.get_language()
    door.who.locale = "fr"
    assert door.get("clients").status_code == 200
    assert translation.get_language() == before


def test_a_stranger_has_no_company() -> None:
    stranger = Stranger()
    assert not stranger.may("view", "client")
    assert not stranger.password_ok()
    with pytest.raises(NoCompany):
        stranger.company  # noqa: B018
    with pytest.raises(NoCompany):
        stranger.today  # noqa: B018
    assert stranger.seen(Client.everywhere.all(), "client").query.is_empty()


def test_the_verb_meant() -> None:
    rf = RequestFactory()
    assert method_of(rf.patch("/")) == "PUT"
    assert method_of(rf.head("/")) == "GET"
    assert method_of(rf.post("/", {"_method": "delete"})) == "DELETE"
    assert method_of(rf.post("/", {"_method": "GET"})) == "POST"
    assert method_of(rf.put("/", "_method=DELETE", content_type="application/x-www-form-urlencoded")) == "PUT"
    assert method_of(rf.post("/", '{"_method": "PUT"}', content_type="application/json")) == "POST"


def test_one_path_may_have_an_open_and_a_closed_verb(door: Any, scope: Any) -> None:
    class Mixed(Endpoints):
        path = "mixed"

        @route("POST", "/mixed", auth="public")
        def enter(call: Any) -> Any:  # noqa: N805
            return call.message("open")

        @route("GET", "/mixed")
        def look(call: Any) -> Any:  # noqa: N805
            return call.message(call.who.company.company_key)

    registry = Registry()
    registry.add(Mixed)
    door.registry = registry
    assert door.post("mixed").data == {"message": "open"}
    assert door.get("mixed").data == {"message": "one"}
    door.who = None
    assert door.post("mixed").data == {"message": "open"}
    assert door.get("mixed").status_code == 403
