from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from comptoir.activity.models import Activity
from comptoir.kernel.refused import Refused
from comptoir.people.bearers import bearer
from comptoir.people.models import Token
from comptoir.people.tokens import (
    create_token,
    login_token,
    rename_token,
    restore_token,
    revoke_token,
    show_token,
    sign_out,
)

from .conftest import ON, Cast, told


def made(cast: Cast, name: str = "Zapier") -> Token:
    return create_token(cast.carol, name, by=cast.carol.actor(), on=ON)


def test_a_token_speaks_for_its_member_in_its_company(cast: Cast) -> None:
    token = made(cast)
    found = bearer(token.value)
    assert found == (cast.carol, token)
    assert found[0].company == cast.company
    assert (found[0].user, found[0].is_open) == (cast.carol.user, True)
    assert told()[-1][0] == "TokenCreated"


def test_finding_it_takes_one_query(cast: Cast, django_assert_num_queries) -> None:
    value = made(cast).value
    with django_assert_num_queries(1):
        membership, token = bearer(value) or pytest.fail("unknown")
        _ = (membership.company.settings, membership.is_open, membership.actor(token).name)


def test_nothing_that_opens_is_stored(cast: Cast) -> None:
    token = made(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_token")
        stored = str(cursor.fetchall())
    assert token.value not in stored
    assert token.value[:16] not in stored
    assert token.key_digest in stored


@pytest.mark.parametrize("value", ["", "x" * 64, "x" * 10_000])
def test_an_unknown_key_opens_nothing(cast: Cast, value: str) -> None:
    assert bearer(value) is None


def test_lists_show_the_beginning_only(cast: Cast) -> None:
    token = made(cast)
    assert token.masked == token.value[:10] + "xxxxxxxxxxx"


def test_showing_a_token_stays_on_record_with_its_owner(cast: Cast) -> None:
    token = made(cast)
    assert show_token(token, by=cast.alice.actor(), on=ON) == token.value
    row = Activity.everywhere.latest("pk")
    assert (row.fact, row.actor_name, row.notes) == ("TokenShown", "Alice X", "Carol X")


def test_a_token_has_a_name(cast: Cast) -> None:
    token = made(cast)
    rename_token(token, "Make", by=cast.carol.actor(), on=ON)
    before = told()
    for name in ("", "  "):
        with pytest.raises(Refused) as refusal:
            rename_token(token, name, by=cast.carol.actor(), on=ON)
        assert list(refusal.value.errors) == ["name"]
    token.refresh_from_db()
    assert str(token) == "Make"
    assert told() == before


def test_a_revoked_token_opens_nothing_until_restored(cast: Cast) -> None:
    token = made(cast)
    revoke_token(token, by=cast.carol.actor(), on=ON)
    assert (token.is_archived, token.is_deleted, bearer(token.value)) == (True, False, None)
    revoke_token(token, by=cast.carol.actor(), on=ON, delete=True)
    assert token.is_deleted
    restore_token(token, by=cast.carol.actor(), on=ON)
    assert bearer(token.value) is not None


def test_signing_in_again_gives_the_same_token(cast: Cast) -> None:
    assert login_token(cast.carol) == login_token(cast.carol, "phone")
    assert Token.objects.filter(user=cast.carol.user).count() == 1


def test_an_archived_login_token_comes_back_with_another_key(cast: Cast) -> None:
    token = login_token(cast.carol)
    old = token.value
    Token.objects.filter(pk=token.pk).update(archived_at=timezone.now())
    again = login_token(cast.carol, "phone")
    assert (again.pk, again.name) == (token.pk, "phone")
    assert bearer(old) is None
    assert bearer(again.value) is not None


def test_signing_out_changes_the_key(cast: Cast) -> None:
    token = login_token(cast.carol)
    old = token.value
    sign_out(token)
    assert bearer(old) is None
    assert bearer(token.value) is not None


def test_a_token_that_was_made_by_hand_outlives_signing_out(cast: Cast) -> None:
    token = made(cast)
    sign_out(token)
    assert bearer(token.value) is not None


def test_a_locked_member_is_found_but_not_open(cast: Cast) -> None:
    token = made(cast)
    cast.carol.is_locked = True
    cast.carol.save()
    found = bearer(token.value)
    assert found is not None
    assert not found[0].is_open


def test_the_actor_names_the_token(cast: Cast) -> None:
    token = made(cast)
    actor = cast.carol.actor(token, "192.0.2.9")
    assert (actor.kind, actor.id, actor.name) == ("user", cast.carol.user_id, "Carol X")
    assert (actor.token_id, actor.token_name, actor.ip) == (token.pk, "Zapier", "192.0.2.9")
    assert (cast.carol.actor().token_id, cast.carol.actor().token_name) == (None, "")
