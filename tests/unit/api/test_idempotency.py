"""The same write under the same key happens once (decision T4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine

from comptoir.api.handlers import KEPT, forget_answers
from comptoir.api.models import IdempotentAnswer
from comptoir.catalogue.models import Product
from comptoir.people.tokens import create_token
from comptoir.tenancy.scope import acting_for

from .conftest import ON, Cast, Door


def test_the_first_answer_is_given_again(cast: Cast, door: Door) -> None:
    first = door.post("products", {"product_key": "A"}, idempotency_key="k")
    again = door.post("products", {"product_key": "A"}, idempotency_key="k")
    assert (again.status, again.raw) == (200, first.raw)
    assert Product.everywhere.count() == 1


def test_a_key_in_the_body_counts_too(cast: Cast, door: Door) -> None:
    body = {"product_key": "A", "idempotency_key": "k"}
    assert door.post("products", body).raw == door.post("products", body).raw
    assert Product.everywhere.count() == 1


def test_the_same_key_for_another_request_is_refused(cast: Cast, door: Door) -> None:
    door.post("products", {"product_key": "A"}, idempotency_key="k")
    answer = door.post("products", {"product_key": "B"}, idempotency_key="k")
    assert (answer.status, list(answer.data["errors"])) == (422, ["idempotency_key"])
    assert [product.product_key for product in Product.everywhere.all()] == ["A"]


def test_a_key_belongs_to_its_token(cast: Cast, door: Door, doras: Door) -> None:
    with acting_for(cast.company):
        other = Door(create_token(cast.alice, "other", by=cast.alice.actor(), on=ON).value)
    for who in (door, other, doras):
        assert who.post("products", {"product_key": "A"}, idempotency_key="k").status == 200
    assert Product.everywhere.count() == 3


def test_a_refused_request_leaves_its_key_free(cast: Cast, door: Door) -> None:
    assert door.post("clients", {"country_id": "x"}, idempotency_key="k").status == 422
    assert door.post("clients", {"country_id": "840"}, idempotency_key="k").status == 200


def test_the_kept_answer_is_sealed_since_it_shows_keys(cast: Cast, door: Door) -> None:
    made = door.post("clients", {"name": "Acme"}, idempotency_key="k").rows
    kept = IdempotentAnswer.everywhere.get()
    assert made["contacts"][0]["contact_key"] not in kept.content
    assert "Acme" not in kept.content


def test_answers_are_forgotten_after_three_days(cast: Cast, door: Door) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC), tick=False) as clock:
        door.post("products", {"product_key": "A"}, idempotency_key="k")
        clock.shift(KEPT - timedelta(minutes=1))
        assert forget_answers() == 0
        clock.shift(timedelta(minutes=2))
        assert forget_answers() == 1
        door.post("products", {"product_key": "A"}, idempotency_key="k")
    assert Product.everywhere.count() == 2
