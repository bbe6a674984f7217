"""Who is let in by a token, and how the activity names them."""

from __future__ import annotations

import pytest

from comptoir.activity.models import Activity
from comptoir.api.registry import registry
from comptoir.contract.routes import all_routes
from comptoir.people.models import Membership
from comptoir.people.tokens import create_token, login_token, revoke_token
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import ON, Cast, Door

INVALID = {"message": "Invalid token", "errors": {}}


@pytest.mark.parametrize("token", ["", "null", "x" * 64, "é" * 64, "x" * 5000])
def test_a_token_that_nobody_holds_is_refused(cast: Cast, token: str) -> None:
    answer = Door()("GET", "clients", x_api_token=token)
    assert (answer.status, answer.data) == (403, INVALID)


def test_a_revoked_token_is_refused(cast: Cast, door: Door) -> None:
    with acting_for(cast.company):
        revoke_token(login_token(cast.alice), by=cast.alice.actor(), on=ON)
    assert door.get("clients").data == INVALID


@pytest.mark.parametrize("change", [{"is_locked": True}, {"archived_at": "2026-01-01T00:00:00Z"}])
def test_a_user_who_is_locked_out_gets_403(cast: Cast, carols: Door, change: dict[str, object]) -> None:
    assert carols.get("clients").status == 200
    Membership.everywhere.filter(pk=cast.carol.pk).update(**change)
    answer = carols.get("clients")
    assert (answer.status, answer.data["errors"]) == (403, {})


def test_a_disabled_company_is_closed_to_everybody(cast: Cast, door: Door, doras: Door) -> None:
    Company.objects.filter(pk=cast.company.pk).update(is_disabled=1)
    assert door.get("ping").status == 403
    assert doras.get("ping").status == 200


def test_a_bearer_header_or_a_cookie_opens_nothing(cast: Cast, door: Door) -> None:
    stranger = Door()
    assert stranger("GET", "clients", authorization=f"Bearer {door.token}").status == 403
    assert stranger("GET", "clients", cookie=f"X-API-TOKEN={door.token}").status == 403


def test_the_activity_names_an_integration_but_not_a_signed_in_app(cast: Cast, door: Door) -> None:
    with acting_for(cast.company):
        token = create_token(cast.alice, "Zapier", by=cast.alice.actor(), on=ON)
    door.post("products", {"product_key": "by app"})
    Door(token.value).post("products", {"product_key": "by integration"})
    told = Activity.everywhere.filter(subject_kind="product").order_by("pk")
    assert [(row.token_name, row.actor_name, row.ip) for row in told] == [
        ("", "Alice Martin", "203.0.113.7"),
        ("Zapier", "Alice Martin", "203.0.113.7"),
    ]


def test_answers_speak_the_users_language_else_the_companys(cast: Cast, door: Door) -> None:
    assert door.post("clients", {"country_id": "x"}).data["message"] == "The given data was invalid."
    door.put(f"companies/{_company(door)}", {"settings": {"language_id": "13"}})
    french = door.post("clients", {"country_id": "x"}).data["message"]
    assert french != "The given data was invalid."
    cast.alice.user.language_id = "1"
    cast.alice.user.save()
    assert door.post("clients", {"country_id": "x"}).data["message"] == "The given data was invalid."


def test_every_route_but_the_named_ones_wants_a_token() -> None:
    public = {(route.method, route.path) for route in all_routes(registry()) if route.auth != "token"}
    assert public == {
        ("GET", "/api/v1/contact/invoices"),
        ("POST", "/api/v1/contact/login"),
        ("POST", "/api/v1/login"),
        ("POST", "/api/v1/login/precheck"),
        ("POST", "/api/v1/oauth_login"),
        ("POST", "/api/v1/passkeys/login/options"),
        ("POST", "/api/v1/passkeys/login"),
        ("POST", "/api/v1/signup"),
        ("POST", "/api/v1/reset_password"),
        *(("POST", f"/api/v1/{name}_webhook") for name in ("postmark", "mailgun", "brevo", "ses")),
        ("GET", "/api/v1/health_check"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/api/v1/companies/{id}/logo/{key}"),
    }


def _company(door: Door) -> str:
    return str(door.get("companies").rows[0]["id"])
