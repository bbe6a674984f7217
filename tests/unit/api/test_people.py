"""Users, their rights in the company, and tokens (contract schemas.json user, company_user, token)."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.people.models import Membership, Token, User
from comptoir.people.tokens import login_token

from .conftest import PASSWORD, Cast, Door

TYPED = {"x_api_password": PASSWORD}
NEW = {"first_name": "Lo", "last_name": "Wright", "email": "lo@example.com"}


def test_a_user_is_invited_with_rights_and_a_login_token(cast: Cast, door: Door) -> None:
    rights = {"is_admin": False, "permissions": "view_client"}
    made = door.post("users", {**NEW, "password": "ignored", "company_user": rights}, **TYPED).rows
    assert (made["email"], made["has_password"]) == ("lo@example.com", False)
    assert made["company_user"]["permissions"] == "view_client"
    newest = door.get("tokens?sort=id|desc&per_page=1").rows[0]
    assert (newest["user_id"], newest["is_system"], newest["token"][10:]) == (made["id"], True, "x" * 11)
    assert User.objects.get(email="lo@example.com").has_usable_password() is False


def test_the_same_person_is_not_added_twice(cast: Cast, door: Door) -> None:
    again = {**NEW, "email": "carol@example.com"}
    answer = door.post("users", again, **TYPED)
    assert (answer.status, list(answer.data["errors"])) == (422, ["email"])
    assert Membership.everywhere.filter(company=cast.company).count() == 2


def test_another_companys_people_are_not_there(cast: Cast, door: Door, doras: Door) -> None:
    mine = {user["email"] for user in door.get("users").rows}
    assert mine == {"alice@example.com", "carol@example.com"}
    dora = doras.get("users").rows[0]["id"]
    assert door.get(f"users/{dora}", **TYPED).status == 400
    assert door.put(f"users/{dora}", {"first_name": "X"}, **TYPED).status == 400
    assert User.objects.get(pk=cast.dora.user_id).first_name == "Dora"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hideOwnerUsers=true", ["carol@example.com"]),
        ("without={alice}", ["carol@example.com"]),
        ("sending_users=true", []),
        ("status=active", ["alice@example.com"]),
        ("status=archived", ["carol@example.com"]),
        ("filter=ali", ["alice@example.com"]),
    ],
)
def test_users_are_narrowed(cast: Cast, door: Door, query: str, found: list[str]) -> None:
    people = {user["first_name"].lower(): user["id"] for user in door.get("users").rows}
    door.post("users/bulk", {"action": "archive", "ids": [people["carol"]]}, **TYPED)
    rows = door.get(f"users?{query.format(**people)}").rows
    assert [user["email"] for user in rows] == found


def test_archived_is_said_of_this_company_only(cast: Cast, door: Door) -> None:
    carol = _id(door, "carol")
    door.post("users/bulk", {"action": "archive", "ids": [carol]}, **TYPED)
    shown = door.get(f"users/{carol}").rows
    assert (shown["archived_at"] > 0, shown["is_deleted"]) == (True, False)
    assert User.objects.get(pk=cast.carol.user_id).archived_at is None
    door.post("users/bulk", {"action": "restore", "ids": [carol]}, **TYPED)
    assert door.get(f"users/{carol}").rows["archived_at"] == 0


def test_detached_users_are_out_at_once(cast: Cast, door: Door, carols: Door) -> None:
    answer = door.delete(f"users/{_id(door, 'carol')}/detach_from_company", **TYPED)
    assert (answer.status, list(answer.data)) == (200, ["message"])
    assert carols.get("ping").status == 403


def test_the_owner_and_oneself_cannot_be_removed(cast: Cast, door: Door) -> None:
    alice = _id(door, "alice")
    assert door.delete(f"users/{alice}", **TYPED).status == 422
    assert door.get("ping").status == 200


def test_people_change_their_own_profile_but_not_their_rights(cast: Cast, carols: Door) -> None:
    own = carols.post("refresh").rows[0]["user"]["id"]
    sent = {"phone": "123", "company_user": {"is_admin": True, "permissions": "view_all,edit_all"}}
    assert carols.put(f"users/{own}", sent, **TYPED).rows["phone"] == "123"
    assert carols.put(f"company_users/{own}", {"company_user": sent["company_user"]}).status == 200
    cast.carol.refresh_from_db()
    assert (cast.carol.is_admin, cast.carol.permissions) == (False, "view_client,create_product")


def test_a_password_is_changed_by_its_owner_alone(cast: Cast, door: Door, carols: Door) -> None:
    carol = _id(door, "carol")
    fresh = {"password": "another long walk"}
    answer = door.put(f"users/{carol}", fresh, **TYPED)
    assert (answer.status, list(answer.data["errors"])) == (422, ["password"])
    assert User.objects.get(pk=cast.carol.user_id).check_password(PASSWORD)
    assert carols.put(f"users/{carol}", fresh, **TYPED).status == 200
    assert User.objects.get(pk=cast.carol.user_id).check_password("another long walk")
    assert carols.get("ping").status == 200


def test_what_an_app_remembers_comes_back_exactly(cast: Cast, carols: Door, door: Door) -> None:
    kept: dict[str, Any] = {"dark_mode": True, "columns": {"client": ["name", "balance"]}, "n": 2.5, "e": []}
    own = _id(door, "carol")
    answer = carols.put(f"company_users/{own}/preferences", {"react_settings": kept})
    assert answer.rows["company_user"]["react_settings"] == kept
    row = carols.post("refresh").rows[0]
    assert row["react_settings"] == row["user"]["company_user"]["react_settings"] == kept


def test_nobody_sets_anothers_preferences_but_an_administrator(cast: Cast, carols: Door, door: Door) -> None:
    alice, carol = _id(door, "alice"), _id(door, "carol")
    assert carols.put(f"company_users/{alice}", {"notifications": {"email": []}}).status == 401
    rights = {"company_user": {"permissions": "view_all"}}
    assert door.put(f"company_users/{carol}", rights).rows["permissions"] == "view_all"
    assert door.put(f"company_users/{alice}", {"company_user": {"is_owner": False}}).status == 422


def test_a_new_token_is_shown_whole_and_masked_in_lists(cast: Cast, door: Door) -> None:
    made = door.post("tokens", {"name": "Zapier"}, **TYPED).rows
    assert Door(made["token"]).get("ping").status == 200
    listed = door.get("tokens?filter=Zapier&is_system=false").rows
    assert [token["token"] for token in listed] == [made["token"][:10] + "xxxxxxxxxxx"]
    renamed = door.put(f"tokens/{made['id']}", {"name": "Make"}, **TYPED).rows
    assert (renamed["name"], renamed["token"]) == ("Make", listed[0]["token"])


def test_a_token_shown_again_is_on_record(cast: Cast, door: Door) -> None:
    carol = login_token(cast.carol)
    shown = door.get(f"tokens/{_token(door, carol)}", **TYPED).rows
    assert shown["token"] == carol.value
    told = Activity.everywhere.filter(fact="TokenShown").get()
    assert (told.actor_name, told.notes) == ("Alice Martin", "Carol Petit")


def test_without_the_password_a_token_stays_masked(cast: Cast, door: Door) -> None:
    key = _token(door, login_token(cast.carol))
    assert door.get(f"tokens/{key}").rows["token"].endswith("xxxxxxxxxxx")
    assert door.get(f"tokens/{key}/edit", **TYPED).rows["token"].endswith("xxxxxxxxxxx")
    assert not Activity.everywhere.filter(fact="TokenShown").exists()


def test_an_administrator_does_not_get_the_owners_token(cast: Cast, door: Door, carols: Door) -> None:
    Membership.everywhere.filter(pk=cast.carol.pk).update(is_admin=True)
    key = _token(door, login_token(cast.alice))
    assert carols.get(f"tokens/{key}", **TYPED).rows["token"].endswith("xxxxxxxxxxx")


def test_a_deleted_token_opens_nothing(cast: Cast, door: Door) -> None:
    made = door.post("tokens", {"name": "Zapier"}, **TYPED).rows
    gone = door.delete(f"tokens/{made['id']}").rows
    assert (gone["archived_at"] > 0, gone["is_deleted"]) == (True, False)
    assert Door(made["token"]).get("ping").status == 403
    door.post("tokens/bulk", {"action": "restore", "ids": [made["id"]]})
    assert Door(made["token"]).get("ping").status == 200


def test_tokens_are_for_administrators(cast: Cast, carols: Door) -> None:
    assert carols.get("tokens").rows == []
    assert carols.post("tokens", {"name": "x"}, **TYPED).status == 401
    assert Token.everywhere.filter(company=cast.company).count() == 2


def _id(door: Door, name: str) -> str:
    return str(door.get(f"users?filter={name}").rows[0]["id"])


def _token(door: Door, token: Token) -> str:
    rows = door.get("tokens?per_page=50").rows
    return str(next(row["id"] for row in rows if token.value.startswith(row["token"][:10])))
