"""Webhooks at the API's door (contract rules 19; decisions T21, T26)."""

from __future__ import annotations

import pytest

from comptoir.delivery.webhooks import jobs
from comptoir.delivery.webhooks.models import Webhook
from comptoir.delivery.webhooks.posting import Answer as Answered
from comptoir.tenancy.scope import acting_for

from .conftest import Cast, Door

GOOD = {"target_url": "https://example.com/hook", "event_id": "2"}


def test_one_is_kept_as_it_was_sent(door: Door) -> None:
    made = door.post("webhooks", {**GOOD, "rest_method": "put", "headers": {"X-Key": "s"}}).rows
    assert (made["target_url"], made["event_id"], made["rest_method"]) == (GOOD["target_url"], "2", "put")
    assert (made["headers"], made["format"], made["is_deleted"]) == ({"X-Key": "s"}, "JSON", False)
    assert door.get(f"webhooks/{made['id']}").rows == made
    assert door.delete(f"webhooks/{made['id']}").rows["archived_at"] > 0


def test_a_blank_one_is_not_stored(cast: Cast, door: Door) -> None:
    assert door.get("webhooks/create").rows["id"] == ""
    with acting_for(cast.company):
        assert Webhook.objects.count() == 0


@pytest.mark.parametrize("event", ["0", "66", "999"])
def test_an_unknown_event_is_400(cast: Cast, door: Door, event: str) -> None:
    answer = door.post("webhooks", {**GOOD, "event_id": event})
    assert (answer.status, answer.data["message"]) == (400, "There is no such event.")
    with acting_for(cast.company):
        assert Webhook.objects.count() == 0


def test_an_address_inside_is_422_at_its_key(door: Door) -> None:
    answer = door.post("webhooks", {**GOOD, "target_url": "http://169.254.169.254/latest"})
    assert answer.status == 422
    assert answer.data["errors"] == {"target_url": ["This address lies inside a private network."]}


def test_a_record_is_told_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []

    def post(url: str, method: str, headers: object, body: bytes, **_: str) -> Answered:
        heard.append(body)
        return Answered(204)

    monkeypatch.setattr(jobs, "post", post)
    hook = door.post("webhooks", GOOD).rows["id"]
    client = door.post("clients", {"name": "Ann"}).rows["id"]
    answer = door.post(f"webhooks/{hook}/retry", {"entity": "client", "entity_id": client})
    assert (answer.status, answer.data["message"]) == (200, "The target answered 204.")
    assert b'"name":"Ann"' in heard[0]


def test_webhooks_are_for_administrators(carols: Door, door: Door) -> None:
    hook = door.post("webhooks", GOOD).rows["id"]
    assert carols.post("webhooks", GOOD).status == 401
    assert carols.get(f"webhooks/{hook}").status == 401
