"""The password that gated routes want typed again (contract rules 1, decision T8)."""

from __future__ import annotations

import base64

from comptoir.people.models import Token
from comptoir.people.passwords import ask_again

from .conftest import PASSWORD, Cast, Door

NEEDED = {"message": "Invalid Password", "errors": {}}


def test_without_a_password_a_gated_route_answers_412(cast: Cast, door: Door) -> None:
    answer = door.post("tokens", {"name": "x"})
    assert (answer.status, answer.data) == (412, NEEDED)
    assert not Token.everywhere.filter(name="x").exists()


def test_the_right_password_opens_the_window_for_a_while(cast: Cast, door: Door) -> None:
    assert door.post("tokens", {"name": "a"}, x_api_password=PASSWORD).status == 200
    assert door.post("tokens", {"name": "b"}).status == 200
    assert door.post("tokens", {"name": "c"}, x_api_password="").status == 200
    ask_again(cast.alice.user)
    assert door.post("tokens", {"name": "d"}).status == 412


def test_a_wrong_password_is_refused_even_within_the_window(cast: Cast, door: Door) -> None:
    door.post("tokens", {"name": "a"}, x_api_password=PASSWORD)
    assert door.post("tokens", {"name": "b"}, x_api_password="wrong").status == 412
    assert not Token.everywhere.filter(name="b").exists()


def test_the_password_may_come_in_base64(cast: Cast, door: Door) -> None:
    good = base64.b64encode(PASSWORD.encode()).decode()
    assert door.post("tokens", {"name": "a"}, x_api_password_base64=good).status == 200
    assert door.post("tokens", {"name": "b"}, x_api_password_base64="%%%").status == 412


def test_signing_in_opens_the_window(cast: Cast, nobody: Door) -> None:
    row = nobody.post("login", {"email": "alice@example.com", "password": PASSWORD}).rows[0]
    assert Door(row["token"]["token"]).post("tokens", {"name": "a"}, x_api_password="").status == 200


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at(cast: Cast, door: Door) -> None:
    for _ in range(5):
        assert door.post("tokens", {"name": "a"}, x_api_password="wrong").status == 412
    assert door.post("tokens", {"name": "a"}, x_api_password=PASSWORD).status == 412


def test_the_gate_comes_before_the_right(cast: Cast, carols: Door) -> None:
    assert carols.post("tokens", {"name": "a"}).status == 412
    assert carols.post("tokens", {"name": "a"}, x_api_password=PASSWORD).status == 401
