"""Passkeys at the API: a device is added, signs its owner in, and is taken away."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from comptoir.activity.models import Activity
from comptoir.people import second_factor
from comptoir.people.models import User
from comptoir.people.operations import delete_user
from comptoir.people.tokens import create_token
from comptoir.tenancy.scope import acting_for

from .conftest import ON, PASSWORD, Cast, Door
from .soft_device import Device

TYPED = {"x_api_password": PASSWORD}
ADDRESS = "https://comptoir.example"


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    settings.BASE_URL = ADDRESS


def added(door: Door, origin: str = ADDRESS, name: str = "Phone") -> tuple[Device, Any]:
    device = Device(origin)
    options = door.post("settings/passkeys/options", **TYPED).rows
    answer = door.post("settings/passkeys", {"credential": device.create(options), "name": name}, **TYPED)
    return device, answer


def entering(nobody: Door, device: Device) -> Any:
    asked = nobody.post("passkeys/login/options").data
    sent = {"ceremony": asked["ceremony"], "credential": device.get(asked["data"])}
    return nobody.post("passkeys/login", sent), sent


def test_a_device_is_added_and_signs_its_owner_in(cast: Cast, door: Door, nobody: Door) -> None:
    device, answer = added(door)
    assert (answer.status, answer.rows["name"], len(answer.data["recovery_codes"])) == (200, "Phone", 10)
    signed_in, _sent = entering(nobody, device)
    assert signed_in.status == 200
    assert signed_in.rows[0]["user"]["email"] == "alice@example.com"
    methods = nobody.post("login/precheck", {"email": "alice@example.com"}).data["methods"]
    assert methods == ["password", "totp", "passkey"]
    (shown,) = door.get("settings/passkeys").rows
    assert (shown["id"], shown["name"]) == (answer.rows["id"], "Phone")
    assert shown["last_used_at"] >= shown["created_at"] > 0
    with acting_for(cast.company):
        assert Activity.objects.get(fact="PasskeyAdded").notes == "Phone"
    _second, again = added(door, name="Key")
    assert again.data["recovery_codes"] == []


def test_an_answer_opens_once_and_only_to_its_challenge(cast: Cast, door: Door, nobody: Door) -> None:
    device, _answer = added(door)
    first, sent = entering(nobody, device)
    assert first.status == 200
    assert nobody.post("passkeys/login", sent).status == 401
    other = nobody.post("passkeys/login/options").data
    assert nobody.post("passkeys/login", sent | {"ceremony": other["ceremony"]}).status == 401
    assert nobody.post("passkeys/login", {}).status == 401


def test_another_sites_answer_and_a_strangers_device_open_nothing(
    cast: Cast, door: Door, nobody: Door
) -> None:
    _device, refused = added(door, "https://evil.example")
    assert (refused.status, list(refused.data["errors"])) == (422, ["credential"])
    assert not Authenticator.objects.exists()
    known, _answer = added(door)
    stranger = Device(ADDRESS)
    stranger.owner, stranger.id = known.owner, known.id
    assert entering(nobody, stranger)[0].status == 401


def test_a_challenge_is_asked_for_first_and_answered_once(cast: Cast, door: Door) -> None:
    device = Device(ADDRESS)
    options = door.post("settings/passkeys/options", **TYPED).rows
    sent = {"credential": device.create(options)}
    assert door.post("settings/passkeys", sent, **TYPED).status == 200
    assert door.post("settings/passkeys", sent, **TYPED).status == 422
    assert door.post("settings/passkeys", {}, **TYPED).status == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_it_takes_the_password_and_an_app(cast: Cast, door: Door, carols: Door) -> None:
    assert door.post("settings/passkeys/options").status == 412
    device, answer = added(door)
    assert device.owner
    assert carols.delete(f"settings/passkeys/{answer.rows['id']}", **TYPED).status == 400
    with acting_for(cast.company):
        integration = create_token(cast.alice, "Zapier", by=cast.alice.actor(), on=ON)
    assert Door(integration.value).get("settings/passkeys").status == 401


def test_a_removed_device_and_one_of_a_former_member_open_nothing(
    cast: Cast, door: Door, nobody: Door, carols: Door
) -> None:
    device, answer = added(door)
    assert second_factor.is_on(cast.alice.user)
    assert door.delete(f"settings/passkeys/{answer.rows['id']}", **TYPED).status == 200
    assert entering(nobody, device)[0].status == 401
    assert not second_factor.is_on(User.objects.get(pk=cast.alice.user_id))
    assert not Authenticator.objects.exists()
    hers, _answer = added(carols)
    assert entering(nobody, hers)[0].status == 200
    with acting_for(cast.company):
        delete_user(cast.carol, by=cast.alice.actor(), on=ON)
    assert entering(nobody, hers)[0].status == 401


def test_whoever_fails_too_often_waits(cast: Cast, nobody: Door) -> None:
    answers = [nobody.post("passkeys/login", {"ceremony": "x"}).status for _ in range(6)]
    assert answers == [401] * 5 + [429]
