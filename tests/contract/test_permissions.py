"""Every route, asked by everybody: what each answers is expected from its declared verb, or written here.

A route without a declared verb that stands in no list of this file fails (first test). With all rights
granted the matrix sees it (last test).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from comptoir.api.authentication import Caller
from comptoir.api.registry import registry
from comptoir.contract.endpoints import Route
from comptoir.people.models import Membership
from comptoir.people.tokens import login_token
from tests.contract.houses import Answer, Door, House, belongings, furnished

WORDED: Final = (
    *("client", "product", "invoice", "quote", "credit", "payment", "project", "task", "vendor"),
    *("expense", "recurring_invoice", "recurring_expense", "purchase_order", "bank_transaction"),
    "documents",
)
FOLLOWS: Final = {"location": "client", "client_gateway_token": "client", "document": "documents"}
FOR_ALL: Final = {"company", "tax_rate", "payment_term", "design", "group_setting", "tag"}
"""What every member sees, since forms are filled in with it."""

EVERYBODY: Final = {
    *("GET settings/enable_two_factor", "POST settings/enable_two_factor"),
    *("GET settings/passkeys", "POST settings/passkeys", "POST settings/passkeys/options"),
    *("POST settings/disable_two_factor", "POST refresh", "POST logout", "GET ping"),
    *("POST one_time_token", "GET statics", "GET activities", "POST search", "POST filters/{entity}"),
    *("GET designs", "GET designs/{id}", "GET designs/{id}/edit", "POST companies/current", "POST templates"),
    *(
        "POST live_design",
        "POST templates/preview/{hash}",
        "POST reports/preview/{hash}",
        "POST exports/preview/{hash}",
        "POST password_timeout",
        "POST connected_account",
        "POST connected_account/gmail",
    ),
}
"""Routes that every member may use; what they show is narrowed to what the member sees."""

OF_ONE_RECORD: Final = {
    "POST activities/entity": "view client",
    "POST activities/notes": "view client",
    "POST clients/{id}/purge": "edit client",
    "POST company_gateways/{id}/test": "edit company_gateway",
    "POST company_gateways/{id}/import_customers": "edit company_gateway",
    "POST clients/{id}/{mergeable_id}/merge": "edit client",
    "POST clients/{id}/documents": "view client",
    "POST clients/{id}/show_settings": "view client",
    "POST clients/{id}/updateTaxData": "edit client",
    "POST designs/set/default": "edit company",
    "GET documents/{id}/download": "view document",
    "GET invoice/{key}/download": "view invoice",
    "GET quote/{key}/download": "none",
    "GET credit/{key}/download": "none",
    "GET recurring_invoice/{key}/download": "none",
    "POST reactivate_email/{id}": "none",
    "POST invoices/{id}/payment_schedule": "edit invoice",
    "DELETE invoices/{id}/payment_schedule": "edit invoice",
    "POST payments/refund": "edit payment",
    "POST preimport": "create client",
    "POST import": "create client",
    "POST emails": "edit invoice",
    "POST emails/entityHistory": "view invoice",
    "POST emails/clientHistory/{id}": "view client",
    "POST live_preview": "create invoice",
    "POST webhooks/{id}/retry": "edit webhook",
    "POST preview": "create invoice",
    "GET activities/download_entity/{id}": "none",
    "POST users/{id}/disconnect_mailer": "edit user",
    "POST users/{id}/disconnect_oauth": "edit user",
    "DELETE settings/passkeys/{id}": "none",
}
"""Routes that ask for the right themselves: which one. ``none``: the house has no such row, 400."""

OPEN: Final = {
    *("POST login", "POST login/precheck", "POST oauth_login", "POST signup", "POST reset_password"),
    *(f"POST {name}_webhook" for name in ("postmark", "mailgun", "brevo", "ses")),
    *("GET health_check", "GET openapi.json", "GET companies/{id}/logo/{key}"),
    *("POST passkeys/login/options", "POST passkeys/login"),
    *("POST contact/login", "GET contact/invoices"),  # contacts have tokens of their own
}

GRANTED: Final = {200, 201, 400, 404, 409, 422}
"""What a caller with the right may get for an empty body: never a refusal of rights, never a crash."""


def name_of(route: Route) -> str:
    return f"{route.method} {'/'.join(route.parts)}"


def is_list(route: Route) -> bool:
    return route.method == "GET" and not route.verb and len(route.parts) == 1


def is_bulk(route: Route) -> bool:
    return route.method == "POST" and route.parts[-1] == "bulk"


def is_action(route: Route) -> bool:
    return route.parts[-1] == "{action}"


def needed(route: Route) -> str | None:
    """The right that a route wants, as "edit client"; "" for none, None when nothing is known of it."""
    name = name_of(route)
    if name in EVERYBODY or is_list(route) or is_bulk(route):
        return ""
    if name in OF_ONE_RECORD:
        return OF_ONE_RECORD[name]
    if is_action(route) and route.home:
        return f"{single_action(route.parts[0])[1]} {route.home.entity}"
    return f"{route.verb} {route.home.entity}" if route.verb and route.home else None


def test_every_route_is_expected() -> None:
    unknown = [
        name_of(route) for route in registry().routes() if route.auth == "token" and needed(route) is None
    ]
    assert unknown == []
    assert {name_of(route) for route in registry().routes() if route.auth != "token"} == OPEN
    served = {name_of(route) for route in registry().routes()}
    assert (EVERYBODY | OF_ONE_RECORD.keys() | OPEN) - served == set()


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Any) -> Iterator[House]:
    settings.MEDIA_ROOT = tmp_path
    call_command("createcachetable", verbosity=0)
    cache.clear()
    yield furnished("ann")
    cache.clear()


@pytest.fixture
def nothing(house: House) -> Door:
    """A member without any right."""
    return Door(login_token(house.employ("nel", "")).value)


@pytest.fixture
def viewer(house: House) -> Door:
    """A member who may look at every kind of record."""
    words = ",".join(f"view_{entity}" for entity in WORDED)
    return Door(login_token(house.employ("vic", words)).value)


def filled(route: Route, house: House) -> str:
    """The route's path with rows of the house in it."""
    beside = {"company_users": "users", "user": "users", "emails": "clients"}
    kind = beside.get(route.parts[0], route.parts[0])
    parts = {
        "id": house.ids.get(kind, "Wpmbk5ezJn"),
        "mergeable_id": house.ids.get(kind, ""),
        "key": house.key,
        "action": single_action(kind)[0] if is_action(route) else "",
        "entity": "clients",
        "hash": "0",
    }
    return re.sub(r"{(\w+)}", lambda found: parts[found[1]], "/".join(route.parts))


def single_action(kind: str) -> tuple[str, str]:
    """A single action with the right that it takes: to edit, where there is such a one."""
    actions = registry().resources[kind].all_actions.items()
    offered = [(name, action.verb) for name, action in actions if action.single]
    return min(offered, key=lambda each: each[1] != "edit")


def asked(route: Route, house: House) -> Any:
    """A body that names a row, where the route wants one."""
    client = {"entity": "client", "entity_id": house.ids["clients"], "notes": "x"}
    bodies = {
        "POST activities/entity": client,
        "POST activities/notes": client,
        "POST payments/refund": {"id": house.ids["payments"]},
        "POST emails": {"entity": "invoice", "entity_id": house.ids["invoices"]},
        "POST emails/entityHistory": {"entity": "invoice", "entity_id": house.ids["invoices"]},
    }
    if is_bulk(route):
        return {"action": "archive", "ids": [house.ids[route.parts[0]]]}
    return bodies.get(name_of(route), {})


def tried(door: Door, route: Route, house: House) -> Answer:
    """What comes back; whatever it changes is undone."""
    with transaction.atomic():
        answer = door(route.method, filled(route, house), asked(route, house))
        transaction.set_rollback(True)
    return answer


def surprises(door: Door, house: House, expected: Callable[[Route], set[int]]) -> list[str]:
    """Where a caller gets something else."""
    found = []
    for route in registry().routes():
        if name_of(route) in OPEN:
            continue
        answer = tried(door, route, house)
        if answer.status not in expected(route):
            found.append(f"{name_of(route)}: {answer.status} {answer.body[:100]}")
    return found


def allowed(route: Route, views: tuple[str, ...]) -> set[int]:
    """What a member may expect who may view these entities and change nothing."""
    right = needed(route)
    if right == "none":
        return {400}
    verb, _, entity = (right or "").partition(" ")
    if not verb:
        return GRANTED
    if verb == "view" and (entity in FOR_ALL or FOLLOWS.get(entity, entity) in views):
        return GRANTED
    return {401}


def test_the_owner_may_do_everything(house: House) -> None:
    own = {"POST one_time_token", "GET settings/enable_two_factor"}
    assert surprises(house.door, house, lambda route: GRANTED) == []
    assert all(
        tried(house.door, route, house).status == 200
        for route in registry().routes()
        if name_of(route) in own
    )


def test_without_a_right_nothing_is_done_and_little_seen(house: House, nothing: Door) -> None:
    before = belongings(house.company)
    assert surprises(nothing, house, lambda route: allowed(route, ())) == []
    assert belongings(house.company) == before


def test_view_words_let_look_and_no_more(house: House, viewer: Door) -> None:
    before = belongings(house.company)
    assert surprises(viewer, house, lambda route: allowed(route, WORDED)) == []
    assert belongings(house.company) == before


def test_lists_show_a_member_without_rights_only_what_all_see(house: House, nothing: Door) -> None:
    for route in registry().routes():
        resource = registry().resources.get(route.parts[0])
        if resource is None or not is_list(route) or resource.entity in FOR_ALL:
            continue
        rows = nothing("GET", route.parts[0]).data
        seen = {row["id"] for row in rows if row.get("id")}
        assert house.ids.get(route.parts[0]) not in seen, route.path


def test_bulk_leaves_rows_without_the_right_as_they_are(house: House, nothing: Door, viewer: Door) -> None:
    before = belongings(house.company)
    for route in registry().routes():
        if is_bulk(route):
            for door in (nothing, viewer):
                assert door("POST", filled(route, house), asked(route, house)).status in (200, 401, 422)
    assert belongings(house.company) == before


@pytest.mark.parametrize("token", ["", "x" * 64])
def test_without_a_token_there_is_no_way_in(house: House, token: str) -> None:
    assert surprises(Door(token), house, lambda route: {403}) == []


def test_a_revoked_token_opens_nothing(house: House) -> None:
    key = house.door("POST", "tokens", {"name": "x"}).data
    door = Door(key["token"])
    assert door("GET", "ping").status == 200
    house.door("DELETE", f"tokens/{key['id']}")
    assert surprises(door, house, lambda route: {403}) == []


def test_a_locked_user_is_kept_out_everywhere(house: House, viewer: Door) -> None:
    Membership.everywhere.filter(user__first_name="vic").update(is_locked=True)
    assert surprises(viewer, house, lambda route: {403}) == []


def test_an_app_that_signs_out_on_401_gets_403(house: House, nothing: Door) -> None:
    request = nothing.factory.get(
        f"/api/v1/invoices/{house.ids['invoices']}", headers={"X-API-TOKEN": nothing.token, "X-React": "true"}
    )
    from comptoir.api.door import api

    assert api(request).status_code == 403


def test_open_routes_answer_strangers_without_a_crash(house: House) -> None:
    for route in registry().routes():
        if name_of(route) in OPEN:
            answer = tried(Door(), route, house)
            assert answer.status < 500, name_of(route)
            assert "Invalid token" not in answer.body


def test_with_all_rights_granted_the_matrix_sees_it(house: House, nothing: Door, monkeypatch: Any) -> None:
    monkeypatch.setattr(Caller, "may", lambda *_: True)
    assert surprises(nothing, house, lambda route: allowed(route, ()))
