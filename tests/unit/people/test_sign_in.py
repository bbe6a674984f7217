from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comptoir.activity.models import Job
from comptoir.people import sign_in
from comptoir.people.handlers import log_failed_sign_in
from comptoir.people.limits import BAD_LOGINS_OF_ONE, Limit, TooManyTries, count, try_once
from comptoir.people.models import Membership, User
from comptoir.people.operations import archive_user
from comptoir.people.passwords import is_confirmed

from .conftest import ON, PASSWORD, Cast, logged, user

HOME, AWAY = "192.0.2.1", "198.51.100.7"


def bad(times: int, email: str = "carol@example.com", ip: str = HOME) -> None:
    for _ in range(times):
        assert sign_in.check(email, "wrong", ip) is None


def test_the_right_password_signs_in_whatever_the_case_of_the_address(cast: Cast) -> None:
    assert sign_in.check(" Carol@EXAMPLE.com", PASSWORD, HOME) == cast.carol.user


def test_wrong_unknown_empty_archived_and_invited_do_not(cast: Cast) -> None:
    assert sign_in.check("carol@example.com", "wrong", HOME) is None
    assert sign_in.check("nobody@example.com", PASSWORD, HOME) is None
    assert sign_in.check("", "", HOME) is None
    User.objects.filter(pk=cast.bob.user_id).update(password="!")
    assert sign_in.check("bob@example.com", "", HOME) is None
    archive_user(cast.carol, by=cast.alice.actor(), on=ON)
    assert sign_in.check("carol@example.com", PASSWORD, HOME) is None


def test_after_five_bad_tries_even_the_right_password_waits(cast: Cast) -> None:
    bad(5)
    with pytest.raises(TooManyTries) as wait:
        sign_in.check("carol@example.com", PASSWORD, HOME)
    assert 890 <= wait.value.retry_after <= 900


def test_the_owner_can_still_sign_in_from_elsewhere(cast: Cast) -> None:
    bad(5, ip=AWAY)
    assert sign_in.check("carol@example.com", PASSWORD, HOME) == cast.carol.user


def test_twenty_bad_tries_block_a_place_for_every_account(cast: Cast) -> None:
    for number in range(4):
        bad(5, email=f"guess{number}@example.com", ip=AWAY)
    with pytest.raises(TooManyTries):
        sign_in.check("carol@example.com", PASSWORD, AWAY)
    assert sign_in.check("carol@example.com", PASSWORD, HOME) == cast.carol.user


def test_a_network_of_ipv6_counts_as_one_place(cast: Cast) -> None:
    bad(5, ip="2001:db8::1")
    with pytest.raises(TooManyTries):
        sign_in.check("carol@example.com", PASSWORD, "2001:db8::ffff")
    assert sign_in.check("carol@example.com", PASSWORD, "2001:db8:0:1::1") == cast.carol.user


def test_the_wait_ends(cast: Cast) -> None:
    bad(5)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in.check("carol@example.com", PASSWORD, HOME) == cast.carol.user


def test_a_success_forgets_the_slips_of_that_account(cast: Cast) -> None:
    bad(4)
    sign_in.succeeded(cast.carol.user, HOME)
    bad(4)
    assert sign_in.check("carol@example.com", PASSWORD, HOME) == cast.carol.user


def test_two_tries_at_the_same_moment_take_two_places(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(5):
            count(BAD_LOGINS_OF_ONE, "x")
    with pytest.raises(TooManyTries):
        sign_in.refuse_too_many(BAD_LOGINS_OF_ONE, "x")


def test_a_limited_route_counts_every_try(cast: Cast) -> None:
    once_a_minute = Limit("reset", 2, 60)
    try_once(once_a_minute, HOME)
    try_once(once_a_minute, AWAY)
    try_once(once_a_minute, HOME)
    with pytest.raises(TooManyTries) as wait:
        try_once(once_a_minute, HOME)
    assert 50 <= wait.value.retry_after <= 60
    count(once_a_minute, HOME)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        try_once(once_a_minute, HOME)


def test_somebody_in_no_company_is_not_signed_in_nor_logged(cast: Cast) -> None:
    Membership.everywhere.filter(user=cast.carol.user).delete()
    assert sign_in.check("carol@example.com", PASSWORD, HOME) is None
    sign_in.succeeded(cast.carol.user, HOME)
    assert logged() == []


def test_signing_in_is_logged_and_opens_gated_actions_for_a_while(cast: Cast) -> None:
    bad(1)
    bad(1, email="nobody@example.com")
    for work in Job.objects.filter(name=sign_in.LOG_FAILURE).order_by("pk"):
        log_failed_sign_in(**work.args)
    sign_in.succeeded(cast.carol.user, HOME)
    assert logged() == [(5, 60, 801), (5, 61, 800)]
    carol = user("carol")
    assert carol.last_login is not None
    assert is_confirmed(carol, cast.company, "")


def test_people_land_in_the_accounts_default_company(cast: Cast) -> None:
    assert sign_in.home_company(cast.carol.user) == cast.company
    archive_user(cast.carol, by=cast.alice.actor(), on=ON)
    assert sign_in.home_company(cast.carol.user) is None
