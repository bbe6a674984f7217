"""Sign-in, sign-up and the one answer that an app starts from (contract rules 5, apps 3)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client as Browser

from comptoir.activity.models import Job
from comptoir.activity.worker import run_once
from comptoir.api.session import rows as payload
from comptoir.people import second_factor, setup
from comptoir.people.founding import found_company
from comptoir.people.models import User
from comptoir.people.tokens import create_token
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import ON, PASSWORD, Cast, Door

ALICE = {"email": "alice@example.com", "password": PASSWORD}


def test_signing_in_gives_everything_an_app_starts_from(cast: Cast, door: Door, nobody: Door) -> None:
    client = door.post("clients", {"name": "Acme"}).rows
    answer = nobody.post("login", ALICE)
    (row,) = answer.rows
    assert row["token"]["token"] == door.token
    assert (row["is_owner"], row["user"]["email"]) == (True, "alice@example.com")
    assert row["account"]["default_company_id"] == row["company"]["id"]
    assert row["user"]["company_user"]["company"]["id"] == row["company"]["id"]
    assert row["user"]["company_user"]["notifications"] == row["notifications"]
    assert [each["id"] for each in row["company"]["clients"]] == [client["id"]]
    assert len(row["company"]["payment_terms"]) == 8
    assert row["company"]["activities"][0]["activity_type_id"] == "1"
    assert answer.data["meta"]["pagination"]["total"] == 1


def test_every_list_of_the_contract_is_there(cast: Cast, nobody: Door) -> None:
    company = nobody.post("login", ALICE).rows[0]["company"]
    for name in (*payload.BIG, *payload.SMALL, *payload.LATEST, "designs", "documents"):
        assert isinstance(company[name], list), name


@pytest.mark.parametrize("sent", [{}, {"email": "", "password": ""}, {"email": None, "password": []}])
def test_both_fields_are_asked_for_at_once(cast: Cast, nobody: Door, sent: dict[str, Any]) -> None:
    answer = nobody.post("login", sent)
    assert (answer.status, sorted(answer.data["errors"])) == (422, ["email", "password"])


def test_a_wrong_password_and_an_unknown_address_answer_the_same(cast: Cast, nobody: Door) -> None:
    wrong = nobody.post("login", {**ALICE, "password": "wrong"})
    unknown = nobody.post("login", {**ALICE, "email": "nobody@example.com"})
    assert wrong.status == unknown.status == 401
    assert wrong.data == unknown.data == {"message": "These credentials do not match our records"}


def test_after_five_bad_tries_from_one_place_it_asks_to_wait(cast: Cast, nobody: Door) -> None:
    for _ in range(5):
        assert nobody.post("login", {**ALICE, "password": "wrong"}).status == 401
    answer = nobody.post("login", ALICE)
    assert (answer.status, answer.data) == (429, {"message": "Too many requests"})
    assert int(answer.headers["Retry-After"]) > 0
    assert Door(ip="198.51.100.9").post("login", ALICE).status == 200


def test_a_spoofed_forwarded_address_does_not_help(cast: Cast, nobody: Door) -> None:
    for place in range(6):
        answer = nobody.post("login", {**ALICE, "password": "wrong"}, x_forwarded_for=f"198.51.100.{place}")
    assert answer.status == 429


def test_with_two_factors_the_code_is_asked_for(cast: Cast, nobody: Door) -> None:
    secret = second_factor.new_secret()
    with acting_for(cast.company):
        second_factor.switch_on(cast.alice.user, secret, _code(secret, -30), by=cast.alice.actor(), on=ON)
    assert nobody.post("login/precheck", ALICE).data["methods"] == ["password", "totp"]
    assert nobody.post("login", ALICE).status == 401
    assert nobody.post("login", {**ALICE, "one_time_password": "000000"}).status == 401
    assert nobody.post("login", {**ALICE, "one_time_password": _code(secret)}).status == 200


def test_precheck_says_the_same_of_an_unknown_address(cast: Cast, nobody: Door) -> None:
    known, unknown = (nobody.post("login/precheck", {"email": f"{n}@example.com"}) for n in ("alice", "x"))
    assert known.data == unknown.data == {"methods": ["password"], "secret_required": False}


def test_an_installation_may_want_its_secret(cast: Cast, nobody: Door, settings: Any) -> None:
    settings.API_SECRET = "open sesame"
    assert nobody.post("login/precheck", {}).data["secret_required"] is True
    assert nobody.post("login", ALICE).status == 403
    assert nobody.post("login", ALICE, x_api_secret="open sesame").status == 200


def test_refresh_always_gives_the_whole_skeleton_and_cuts_the_long_lists(cast: Cast, door: Door) -> None:
    door.post("clients", {"name": "Old"})
    door.post("tax_rates", {"name": "VAT", "rate": 20})
    (row,) = door.post(f"refresh?updated_at={int(time.time()) + 60}").rows
    assert row["company"]["clients"] == []
    assert [rate["name"] for rate in row["company"]["tax_rates"]] == ["VAT"]
    assert row["company"]["settings"]["name"] == "Alice Ltd"
    assert row["user"]["company_user"]["is_owner"] is True
    (row,) = door.post("refresh?updated_at=1").rows
    assert [client["name"] for client in row["company"]["clients"]] == ["Old"]
    (row,) = door.post(f"refresh?first_load=true&updated_at={int(time.time()) + 60}").rows
    assert [client["name"] for client in row["company"]["clients"]] == ["Old"]


def test_a_large_company_gives_no_long_lists(cast: Cast, door: Door, monkeypatch: Any) -> None:
    monkeypatch.setattr(payload, "LARGE", 2)
    for name in "ab":
        door.post("clients", {"name": name})
    assert door.post("refresh").rows[0]["company"]["is_large"] is False
    door.post("clients", {"name": "c"})
    (row,) = door.post("refresh").rows
    assert (row["company"]["is_large"], row["company"]["clients"]) == (True, [])
    assert Company.objects.get(pk=cast.company.pk).is_large


def test_include_static_brings_the_static_lists_along(cast: Cast, door: Door) -> None:
    assert door.post("refresh?include_static=true").data["static"]["currencies"]


def test_an_app_gets_every_company_an_integration_only_its_own(cast: Cast, door: Door) -> None:
    by = cast.alice.actor()
    second = found_company(cast.company.account, {"name": "Second"}, owner=cast.alice.user, by=by, on=ON)
    names = [row["company"]["settings"]["name"] for row in door.post("refresh").rows]
    assert names == ["Alice Ltd", "Second"]
    assert len(door.post("refresh?current_company=true").rows) == 1
    with acting_for(second.company):
        token = create_token(second, "Zapier", by=by, on=ON)
    (row,) = Door(token.value).post("refresh").rows
    assert (row["company"]["settings"]["name"], row["token"]["token"]) == ("Second", token.value)


def test_a_member_with_few_rights_gets_what_they_may_see(cast: Cast, door: Door, carols: Door) -> None:
    client = door.post("clients", {"name": "Acme"}).rows["id"]
    door.post("invoices", {"client_id": client})
    company = carols.post("refresh").rows[0]["company"]
    assert [each["name"] for each in company["clients"]] == ["Acme"]
    assert company["invoices"] == []
    assert company["tokens_hashed"] == company["system_logs"] == []


def test_signing_out_closes_every_device_and_leaves_integrations(cast: Cast, door: Door) -> None:
    with acting_for(cast.company):
        integration = Door(create_token(cast.alice, "z", by=cast.alice.actor(), on=ON).value)
    assert integration.post("logout").status == 200
    assert door.get("ping").status == 200
    assert door.post("logout").status == 200
    assert door.get("ping").status == 403
    assert integration.get("ping").status == 200


def test_signing_up_is_over_once_somebody_works_here(cast: Cast, nobody: Door) -> None:
    assert nobody.post("signup", {"email": "x@example.com", "password": PASSWORD}).status == 400
    assert not User.objects.filter(email="x@example.com").exists()


def test_signing_up_needs_the_word_of_the_console(db: None, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    word = setup.word(tmp_path)
    assert word
    sent = {"email": "x@example.com", "password": PASSWORD, "company_name": "X Ltd", "currency_id": "3"}
    nobody = Door()
    assert nobody.post("signup", sent).status == 403
    assert not User.objects.exists()
    (row,) = nobody.post("signup", sent, x_api_secret=word).rows
    assert row["company"]["settings"]["name"] == "X Ltd"
    assert Door(row["token"]["token"]).get("ping").data["company_name"] == "X Ltd"
    assert nobody.post("signup", sent, x_api_secret=word).status == 400


def test_signing_in_through_another_service_is_clearly_refused(cast: Cast, nobody: Door) -> None:
    answer = nobody.post("oauth_login?provider=google", {"id_token": "x"})
    assert answer.status == 400
    assert "e-mail and password" in answer.data["message"]


@pytest.mark.urls("comptoir.people.urls")
def test_a_reset_link_goes_to_the_known_only_and_the_answer_tells_nothing(cast: Cast, nobody: Door) -> None:
    known, unknown = (nobody.post("reset_password", {"email": f"{n}@example.com"}) for n in ("alice", "x"))
    assert known.status == unknown.status == 201
    assert known.data == unknown.data
    while run_once():
        pass
    assert [letter.to for letter in mail.outbox] == [["alice@example.com"]]
    assert f"{django_settings.BASE_URL}/password/reset/key/" in mail.outbox[0].body
    assert not Job.objects.filter(state=Job.State.FAILED).exists()


@pytest.mark.urls("comptoir.api.urls")
def test_a_word_hands_over_to_a_browser_once(cast: Cast, door: Door) -> None:
    word = door.post("one_time_token", {"return_url": "/clients"}).data["hash"]
    browser = Browser()
    first = browser.get(f"/token_hash_router?hash={word}")
    assert (first.status_code, first.headers["Location"]) == (302, "/clients")
    assert int(browser.session["_auth_user_id"]) == cast.alice.user_id
    assert Browser().get(f"/token_hash_router?hash={word}").status_code == 404


@pytest.mark.urls("comptoir.api.urls")
def test_a_word_leads_nowhere_else(cast: Cast, door: Door) -> None:
    word = door.post("one_time_token", {"return_url": "https://evil.example"}).data["hash"]
    assert Browser().get(f"/token_hash_router?hash={word}").headers["Location"] == "/"


def test_an_integration_cannot_hand_over_or_touch_two_factors(cast: Cast) -> None:
    with acting_for(cast.company):
        integration = Door(create_token(cast.alice, "z", by=cast.alice.actor(), on=ON).value)
    assert integration.post("one_time_token").status == 401
    assert integration.get("settings/enable_two_factor").status == 401
    assert integration.post("settings/disable_two_factor").status == 401


def test_two_factors_are_switched_on_and_off(cast: Cast, door: Door) -> None:
    shown = door.get("settings/enable_two_factor").rows
    assert shown["qrCode"].startswith("data:image/svg+xml")
    wrong = door.post("settings/enable_two_factor", {**shown, "one_time_password": "1"})
    assert (wrong.status, list(wrong.data["errors"])) == (422, ["one_time_password"])
    right = {**shown, "one_time_password": _code(shown["secret"])}
    assert len(door.post("settings/enable_two_factor", right).data["recovery_codes"]) == 10
    assert door.post("refresh").rows[0]["user"]["google_2fa_secret"] is True
    assert door.post("settings/disable_two_factor").status == 200
    assert door.post("refresh").rows[0]["user"]["google_2fa_secret"] is False


def test_health_says_nothing_of_the_inside_and_needs_no_token(cast: Cast, nobody: Door) -> None:
    assert nobody.get("health_check").data == {
        "system_health": True,
        "api_version": "5.10.42",
        "is_docker": False,
    }


def test_the_last_error_is_for_administrators(cast: Cast, door: Door, carols: Door) -> None:
    assert door.get("last_error").data == {"last_error": ""}
    assert carols.get("last_error").status == 401


def _code(secret: str, shift: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time() + shift) // 30)))
