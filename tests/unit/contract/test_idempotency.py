from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from comptoir.clients.models import Client
from comptoir.kernel.ids import encode
from comptoir.kernel.refused import Refused, Stale


class Memory:
    """A store in a dict; ``running`` keys have been claimed by somebody who has not finished."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, HttpResponse | None]] = {}
        self.calls: list[str] = []

    def earlier(self, who: Any, key: str, digest: str) -> HttpResponse | None:
        self.calls.append("earlier")
        return self.look(key, digest)

    def claim(self, who: Any, key: str, digest: str) -> HttpResponse | None:
        self.calls.append("claim")
        if found := self.look(key, digest):
            return found
        self.kept[key] = (digest, None)
        return None

    def keep(self, who: Any, key: str, response: HttpResponse) -> None:
        self.calls.append("keep")
        self.kept[key] = (self.kept[key][0], response)

    def look(self, key: str, digest: str) -> HttpResponse | None:
        if key not in self.kept:
            return None
        known, response = self.kept[key]
        if known != digest:
            raise Refused("idempotency_key", "Used before.")
        if response is None:
            raise Stale("Still running.")
        return response


@pytest.fixture
def memory(registry: Any) -> Memory:
    registry.idempotency = Memory()
    return registry.idempotency


def test_the_same_write_happens_once(door: Any, scope: Any, memory: Memory) -> None:
    first = door.post("clients", {"name": "Ann"}, idempotency_key="k1")
    again = door.post("clients", {"name": "Ann"}, idempotency_key="k1")
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert Client.objects.count() == 1
    assert memory.calls == ["earlier", "claim", "keep", "earlier"]


def test_the_key_may_be_in_the_body(door: Any, scope: Any, memory: Memory) -> None:
    body = {"name": "Ann", "idempotency_key": "k1"}
    assert door.post("clients", body).content == door.post("clients", body).content
    assert Client.objects.count() == 1


def test_another_body_under_the_key_is_refused(door: Any, scope: Any, memory: Memory) -> None:
    door.post("clients", {"name": "Ann"}, idempotency_key="k1")
    refused = door.post("clients", {"name": "Bob"}, idempotency_key="k1")
    assert (refused.status_code, set(refused.data["errors"])) == (422, {"idempotency_key"})
    assert Client.objects.get().name == "Ann"


def test_a_key_still_at_work_is_409(door: Any, scope: Any, memory: Memory) -> None:
    door.post("clients", {"name": "Ann"}, idempotency_key="k1")
    memory.kept["k1"] = (memory.kept["k1"][0], None)
    assert door.post("clients", {"name": "Ann"}, idempotency_key="k1").status_code == 409
    assert Client.objects.count() == 1


def test_another_request_may_have_been_first_after_we_looked(door: Any, scope: Any, memory: Memory) -> None:
    first = door.post("clients", {"name": "Ann"}, idempotency_key="k1")
    memory.earlier = lambda *_: None  # type: ignore[method-assign]
    assert door.post("clients", {"name": "Ann"}, idempotency_key="k1").content == first.content
    assert Client.objects.count() == 1


def test_a_refused_write_keeps_nothing(door: Any, scope: Any, memory: Memory) -> None:
    assert door.post("clients", {"name": "Bad"}, idempotency_key="k1").status_code == 422
    assert memory.calls == ["earlier"]


def test_writes_without_a_key_are_never_stored(door: Any, scope: Any, memory: Memory) -> None:
    made = door.post("clients", {"name": "Ann"})
    door.put(f"clients/{made.data['data']['id']}", {"name": "Bob"}, idempotency_key="k1")
    assert memory.calls == []


def test_bulk_actions_and_odd_routes_know_keys(door: Any, scope: Any, memory: Memory) -> None:
    row, other = Client.objects.create(name="a"), Client.objects.create(name="b")
    body = {"action": "archive", "ids": [encode(row.pk)]}
    first = door.post("clients/bulk", body, idempotency_key="k1")
    assert door.post("clients/bulk", body, idempotency_key="k1").content == first.content
    merge = f"clients/{encode(row.pk)}/{encode(other.pk)}/merge"
    assert door.post(merge, {}, idempotency_key="k2").status_code == 200
    assert door.post(merge, {}, idempotency_key="k1").status_code == 422


@pytest.mark.parametrize("key", ["k" * 65, 7, ["a"]])
def test_a_key_is_a_short_text(door: Any, scope: Any, memory: Memory, key: Any) -> None:
    refused = door.post("clients", {"name": "Ann", "idempotency_key": key})
    assert set(refused.data["errors"]) == {"idempotency_key"}
    assert Client.objects.count() == 0
