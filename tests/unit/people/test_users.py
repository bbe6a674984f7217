from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comptoir.activity.models import Activity
from comptoir.kernel.refused import Refused, WrongState
from comptoir.people.bearers import bearer
from comptoir.people.founding import found_company
from comptoir.people.models import Membership, Token, User
from comptoir.people.operations import (
    archive_user,
    ask_again_to_join,
    change_password,
    delete_user,
    invite_user,
    restore_user,
    update_preferences,
    update_user,
)
from comptoir.people.sign_in import open_memberships
from comptoir.tenancy.scope import acting_for

from .conftest import ON, PASSWORD, Cast, invite, told, user

NEW = {
    "email": "eve@example.com",
    "first_name": "Eve",
    "last_name": "Roux",
    "phone": "1",
    "password": "ignored!",
}


def update(who: Membership, by: Membership, rights: Any = None, **fields: Any) -> Membership:
    return update_user(who, fields, rights, by=by.actor(), on=ON)


def refused_at(*fields: str) -> Any:
    """Expect a refusal at these fields."""
    return pytest.raises(Refused, match=".".join(fields))


def test_an_invited_user_has_rights_a_login_token_and_no_password_yet(cast: Cast) -> None:
    membership = invite_user(NEW, {"permissions": "view_client"}, by=cast.alice.actor(), on=ON)
    eve = user("eve")
    assert (eve.name, eve.phone, eve.account) == ("Eve Roux", "1", cast.company.account)
    assert not eve.has_usable_password()
    assert (membership.permissions, membership.is_admin, membership.is_owner) == ("view_client", False, False)
    assert Token.objects.filter(user=eve, is_system=True).count() == 1
    assert told()[-1] == ("UserCreated", 48, "Alice X")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"email": "bad@"}, {"email"}),
        ({"email": "carol@example.com"}, {"email"}),
        ({"email": "CAROL@example.com"}, {"email"}),
        ({"email": "dora@example.com"}, {"email"}),
        ({"first_name": "", "last_name": " "}, {"first_name", "last_name"}),
        ({"first_name": "x" * 101}, {"first_name"}),
    ],
)
def test_a_faulty_invitation_invites_nobody(cast: Cast, change: dict[str, Any], fields: set[str]) -> None:
    before = told()
    with pytest.raises(Refused) as refusal:
        invite_user({**NEW, **change}, by=cast.alice.actor(), on=ON)
    assert set(refusal.value.errors) == fields
    assert User.objects.count() == 4
    assert told() == before


def test_a_colleague_joins_a_second_company_with_the_same_account(cast: Cast) -> None:
    second = found_company(
        cast.company.account, {"name": "Second"}, owner=cast.alice.user, by=cast.alice.actor(), on=ON
    )
    with acting_for(second.company):
        membership = invite_user({"email": "carol@example.com"}, by=second.actor(), on=ON)
    assert membership.user == cast.carol.user
    assert [each.company.name for each in open_memberships(cast.carol.user)] == ["Alice Ltd", "Second"]


def test_a_former_member_comes_back_with_fresh_rights(cast: Cast) -> None:
    update(cast.carol, cast.alice, {"is_admin": True})
    delete_user(cast.carol, by=cast.alice.actor(), on=ON)
    back = invite_user(
        {"email": "carol@example.com"}, {"permissions": "view_task"}, by=cast.alice.actor(), on=ON
    )
    assert back.pk == cast.carol.pk
    assert (back.is_open, back.is_admin, back.permissions) == (True, False, "view_task")


def test_the_invitation_can_be_sent_again_but_not_to_somebody_who_left(cast: Cast) -> None:
    ask_again_to_join(cast.carol, by=cast.alice.actor(), on=ON)
    assert told()[-1] == ("UserInvited", 49, "Alice X")
    delete_user(cast.carol, by=cast.alice.actor(), on=ON)
    before = told()
    with pytest.raises(WrongState):
        ask_again_to_join(cast.carol, by=cast.alice.actor(), on=ON)
    assert told() == before


def test_details_and_rights_change_with_their_traces(cast: Cast) -> None:
    update(cast.carol, cast.bob, {"permissions": "view_task"}, phone="123", email="Carol2@example.com")
    cast.carol.refresh_from_db()
    assert (cast.carol.user.email, cast.carol.user.phone) == ("carol2@example.com", "123")
    assert cast.carol.permissions == "view_task"
    assert cast.carol.permissions_updated_at is not None
    row = Activity.everywhere.latest("pk")
    assert (row.code, row.changes["phone"], row.changes["email"]) == (
        49, ["", "123"], ["carol@example.com", "carol2@example.com"],
    )  # fmt: skip


def test_what_is_not_a_detail_is_not_changed(cast: Cast) -> None:
    update(
        cast.carol, cast.bob, {"user_id": 1, "company_id": 1}, account_id=99, password="x", last_login=None
    )
    carol = user("carol")
    assert carol.account_id == cast.company.account_id
    assert carol.check_password(PASSWORD)


def test_an_address_in_use_is_refused(cast: Cast) -> None:
    with refused_at("email"):
        update(cast.carol, cast.bob, email="bob@example.com", phone="9")
    assert user("carol").phone == ""


@pytest.mark.parametrize("rights", [{"is_admin": False}, {"is_locked": True}, {"is_owner": False}])
def test_the_owner_keeps_every_right(cast: Cast, rights: dict[str, bool]) -> None:
    with pytest.raises(Refused):
        update(cast.alice, cast.bob, rights)
    cast.alice.refresh_from_db()
    assert (cast.alice.is_owner, cast.alice.is_admin, cast.alice.is_locked) == (True, True, False)


def test_nobody_becomes_owner_by_a_form(cast: Cast) -> None:
    with refused_at("is_owner"):
        update(cast.bob, cast.bob, {"is_owner": True})
    cast.bob.refresh_from_db()
    assert not cast.bob.is_owner
    update(cast.bob, cast.alice, {"is_owner": False, "is_admin": True})


def test_one_owner_is_the_databases_rule_too(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=cast.bob.pk).update(is_owner=True)


def test_an_administrator_cannot_take_over_the_owners_account(cast: Cast) -> None:
    with refused_at("user"):
        update(cast.alice, cast.bob, email="mine@example.com")
    assert User.objects.filter(email="alice@example.com").exists()
    update(cast.alice, cast.alice, email="alice2@example.com")
    assert User.objects.filter(email="alice2@example.com").exists()


def test_an_administrator_cannot_reach_another_company_through_a_shared_colleague(cast: Cast) -> None:
    second = found_company(
        cast.company.account, {"name": "Second"}, owner=cast.alice.user, by=cast.alice.actor(), on=ON
    )
    with acting_for(second.company):
        invite_user({"email": "carol@example.com"}, by=second.actor(), on=ON)
    with refused_at("user"):
        update(cast.carol, cast.bob, email="mine@example.com")
    assert user("carol").email == "carol@example.com"
    update(cast.carol, cast.alice, phone="5")
    update(cast.carol, cast.carol, phone="6")
    assert user("carol").phone == "6"


def test_apps_get_their_own_settings_back_verbatim(cast: Cast) -> None:
    wish = {"b": [1, {"z": None}], "a": ""}
    update_preferences(cast.carol, {"react_settings": wish, "is_admin": True}, by=cast.carol.actor(), on=ON)
    cast.carol.refresh_from_db()
    assert cast.carol.react_settings == wish
    assert not cast.carol.is_admin


def test_an_archived_user_is_out_at_once_and_can_come_back(cast: Cast) -> None:
    value = Token.objects.get(user=cast.carol.user).value
    archive_user(cast.carol, by=cast.bob.actor(), on=ON)
    assert open_memberships(user("carol")) == []
    found = bearer(value)
    assert found is not None
    assert not found[0].is_open
    restore_user(cast.carol, by=cast.bob.actor(), on=ON)
    assert len(open_memberships(user("carol"))) == 1
    assert [row[:2] for row in told()[-2:]] == [("UserArchived", 50), ("UserRestored", 52)]


def test_a_deleted_user_loses_every_token_and_the_account_closes(cast: Cast) -> None:
    value = Token.objects.get(user=cast.carol.user).value
    delete_user(cast.carol, by=cast.bob.actor(), on=ON)
    assert bearer(value) is None
    carol = user("carol")
    assert (carol.is_active, carol.is_deleted) == (False, True)
    assert told()[-1] == ("UserDeleted", 51, "Bob X")
    with pytest.raises(WrongState):
        update(cast.carol, cast.bob, phone="9")

    restore_user(cast.carol, by=cast.bob.actor(), on=ON)
    assert user("carol").is_active
    assert bearer(value) is None
    assert Token.objects.filter(user=carol, deleted_at=None).count() == 1


def test_leaving_one_company_keeps_the_other_open(cast: Cast) -> None:
    second = found_company(
        cast.company.account, {"name": "Second"}, owner=cast.alice.user, by=cast.alice.actor(), on=ON
    )
    with acting_for(second.company):
        invite_user({"email": "carol@example.com"}, by=second.actor(), on=ON)
    delete_user(cast.carol, by=cast.alice.actor(), on=ON)
    assert user("carol").is_active
    assert [each.company.name for each in open_memberships(user("carol"))] == ["Second"]
    invite_user({"email": "carol@example.com"}, by=cast.alice.actor(), on=ON)
    assert [each.company.name for each in open_memberships(user("carol"))] == ["Alice Ltd", "Second"]


@pytest.mark.parametrize("verb", [archive_user, delete_user])
def test_nobody_removes_the_owner_or_themselves(cast: Cast, verb: Any) -> None:
    before = told()
    for who, by in ((cast.alice, cast.bob), (cast.bob, cast.bob)):
        with refused_at("user"):
            verb(who, by=by.actor(), on=ON)
    assert len(open_memberships(cast.alice.user)) == len(open_memberships(cast.bob.user)) == 1
    assert told() == before


def test_a_new_password_signs_every_other_device_out(cast: Cast) -> None:
    token = Token.objects.get(user=cast.carol.user)
    mine = Token.objects.get(user=cast.bob.user)
    old = token.value
    change_password(cast.carol.user, "another long secret", by=cast.carol.actor(), on=ON)
    assert user("carol").check_password("another long secret")
    assert bearer(old) is None
    change_password(cast.bob.user, "another long secret", by=cast.bob.actor(token=mine), on=ON)
    assert bearer(mine.value) is not None


def test_a_weak_password_is_refused(cast: Cast) -> None:
    before = told()
    with refused_at("password"):
        change_password(cast.carol.user, "carol", by=cast.carol.actor(), on=ON)
    assert user("carol").check_password(PASSWORD)
    assert told() == before


def test_addresses_are_kept_in_lower_case_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.bob.user_id).update(email="Bob@example.com")


def test_people_are_called_by_their_names_else_by_their_address(cast: Cast) -> None:
    assert str(cast.bob) == str(cast.bob.user) == cast.bob.user.get_full_name() == "Bob X"
    assert (cast.bob.user.get_short_name(), User(email="a@b.fr").name) == ("Bob", "a@b.fr")
    assert invite("fay", cast.alice).user == User.objects.get_by_natural_key(" FAY@example.com")
