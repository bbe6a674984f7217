from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from comptoir.kernel.refused import Refused
from comptoir.people.second_factor import is_on, link, new_secret, passes, picture, switch_off, switch_on

from .conftest import ON, Cast, told


def code(secret: str) -> str:
    """What the app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def test_switched_on_it_takes_the_apps_code_once(cast: Cast) -> None:
    carol, secret = cast.carol.user, new_secret()
    assert not is_on(carol)
    recovery = switch_on(carol, secret, code(secret), by=cast.carol.actor(), on=ON)
    assert is_on(carol)
    assert len(recovery) == 10
    assert passes(carol, code(secret))
    assert not passes(carol, code(secret))
    assert not passes(carol, "")
    assert told()[-1] == ("SecondFactorChanged", 49, "Carol X")


def test_each_recovery_code_works_once(cast: Cast) -> None:
    secret = new_secret()
    recovery = switch_on(cast.carol.user, secret, code(secret), by=cast.carol.actor(), on=ON)
    assert passes(cast.carol.user, recovery[3])
    assert not passes(cast.carol.user, recovery[3])
    assert passes(cast.carol.user, recovery[4])


def test_a_wrong_first_code_switches_nothing_on(cast: Cast) -> None:
    before = told()
    secret = new_secret()
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06}"
    with pytest.raises(Refused) as refusal:
        switch_on(cast.carol.user, secret, wrong + "0", by=cast.carol.actor(), on=ON)
    assert list(refusal.value.errors) == ["one_time_password"]
    assert not is_on(cast.carol.user)
    assert told() == before


def test_switched_off_nothing_is_left(cast: Cast) -> None:
    secret = new_secret()
    switch_on(cast.carol.user, secret, code(secret), by=cast.carol.actor(), on=ON)
    switch_off(cast.carol.user, by=cast.carol.actor(), on=ON)
    assert not is_on(cast.carol.user)
    assert not Authenticator.objects.exists()


def test_the_seed_is_not_stored_in_clear(cast: Cast) -> None:
    secret = new_secret()
    switch_on(cast.carol.user, secret, code(secret), by=cast.carol.actor(), on=ON)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert passes(cast.carol.user, code(secret))


def test_the_app_reads_a_picture_or_a_link(cast: Cast) -> None:
    assert link(cast.carol.user, "SEED") == (
        "otpauth://totp/Comptoir%3Acarol%40example.com?secret=SEED&issuer=Comptoir"
    )
    assert picture(cast.carol.user, "SEED").startswith("data:image/svg+xml")
