from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comptoir.people.operations import change_password
from comptoir.people.passwords import confirm, is_confirmed

from .conftest import ON, PASSWORD, Cast


def test_a_gated_action_asks_until_the_password_was_typed(cast: Cast) -> None:
    carol = cast.carol.user
    for typed in (None, ""):
        assert not is_confirmed(carol, cast.company, typed)
    assert is_confirmed(carol, cast.company, PASSWORD)
    for typed in (None, ""):
        assert is_confirmed(carol, cast.company, typed)


def test_a_wrong_password_is_wrong_even_inside_the_window(cast: Cast) -> None:
    confirm(cast.carol.user, cast.company)
    assert not is_confirmed(cast.carol.user, cast.company, "wrong")
    assert is_confirmed(cast.carol.user, cast.company, "")


def test_the_window_is_the_persons_own(cast: Cast) -> None:
    confirm(cast.carol.user, cast.company)
    assert not is_confirmed(cast.bob.user, cast.company, "")


@pytest.mark.parametrize(
    ("milliseconds", "minutes", "open_"), [(1_800_000, 29, True), (1_800_000, 31, False), (0, 9999, True)]
)
def test_the_company_says_how_long_the_window_stays_open(
    cast: Cast, milliseconds: int, minutes: int, open_: bool
) -> None:
    cast.company.switches = {"default_password_timeout": milliseconds}
    confirm(cast.carol.user, cast.company)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert is_confirmed(cast.carol.user, cast.company, "") is open_


def test_five_wrong_passwords_make_the_right_one_wait(cast: Cast) -> None:
    for _ in range(5):
        assert not is_confirmed(cast.carol.user, cast.company, "wrong")
    assert not is_confirmed(cast.carol.user, cast.company, PASSWORD)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert is_confirmed(cast.carol.user, cast.company, PASSWORD)


def test_people_who_sign_in_elsewhere_are_not_asked_unless_the_company_wants_it(cast: Cast) -> None:
    cast.carol.user.oauth_provider_id = "google"
    assert is_confirmed(cast.carol.user, cast.company, "")
    cast.company.switches = {"oauth_password_required": True}
    assert not is_confirmed(cast.carol.user, cast.company, "")


def test_a_new_password_closes_the_window(cast: Cast) -> None:
    confirm(cast.carol.user, cast.company)
    change_password(cast.carol.user, "another long secret", by=cast.carol.actor(), on=ON)
    assert not is_confirmed(cast.carol.user, cast.company, "")
