"""Users, API tokens and companies: asked in, ticked, shown once, closed."""

from __future__ import annotations

import re

from comptoir.activity.models import Activity
from comptoir.kernel import ids
from comptoir.people.bearers import bearer
from comptoir.people.models import Membership, Token
from comptoir.people.permissions import words
from comptoir.tenancy.models import Company

from .conftest import PASSWORD, Office


def member(office: Office) -> Membership:
    return Membership.objects.get(pk=office.carol.pk)


def of_carol(office: Office, act: str = "") -> str:
    return f"/settings/users/{ids.encode(office.carol.pk)}" + (f"/{act}" if act else "")


CAROL = {"first_name": "Carol", "last_name": "X", "email": "carol@example.com", "role": "chosen"}


def test_somebody_is_asked_in_with_the_ticked_rights(office: Office) -> None:
    sent = {"first_name": "Bob", "last_name": "Y", "email": "bob@example.com", "role": "chosen"}
    answer = office.browser().post("/settings/users/new", {**sent, "words": ["view_client", "view_reports"]})
    assert answer.status_code == 302
    bob = Membership.objects.get(user__email="bob@example.com")
    assert words(bob.permissions) == {"view_client", "view_reports"}
    assert (bob.is_admin, bob.user.has_usable_password()) == (False, False)
    page = office.browser().get("/settings/users").content.decode()
    assert "Invited" in page


def test_an_invitation_without_names_keeps_the_form(office: Office) -> None:
    before = Membership.objects.count()
    answer = office.browser().post(
        "/settings/users/new", {"email": "bob@example.com", "words": ["view_client"]}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"first_name", "last_name"}
    assert 'value="view_client" aria-label="Clients: See" checked' in answer.content.decode()
    assert Membership.objects.count() == before


def test_rights_are_ticked_and_words_that_are_not_shown_stay(office: Office) -> None:
    Membership.objects.filter(pk=office.carol.pk).update(permissions="view_vendor,view_client")
    office.browser().post(of_carol(office), {**CAROL, "words": ["edit_invoice", "nonsense"]})
    assert words(member(office).permissions) == {"view_vendor", "edit_invoice"}


def test_an_administrator_needs_no_ticks_and_the_lock_holds(office: Office) -> None:
    office.browser().post(of_carol(office), {**CAROL, "role": "admin", "is_locked": "1"})
    assert (member(office).is_admin, member(office).is_locked) == (True, True)


def test_the_owners_rights_cannot_be_taken(office: Office) -> None:
    sent = {
        "first_name": "Alice",
        "last_name": "X",
        "email": "alice@example.com",
        "role": "chosen",
        "is_locked": "1",
    }
    assert office.browser().post(f"/settings/users/{ids.encode(office.alice.pk)}", sent).status_code == 302
    alice = Membership.objects.get(pk=office.alice.pk)
    assert (alice.is_owner, alice.is_admin, alice.is_locked) == (True, True, False)


def test_who_is_removed_signs_in_no_more_and_can_come_back(office: Office) -> None:
    hers = office.browser(office.carol)
    assert hers.get("/me").status_code == 200
    office.browser().post(of_carol(office, "remove"))
    assert member(office).is_deleted
    assert hers.get("/me").status_code in (302, 403)
    assert "Let back in" in office.browser().get("/settings/users").content.decode()
    office.browser().post(of_carol(office, "restore"))
    assert not member(office).is_deleted


def test_nobody_removes_the_owner_or_themselves(office: Office) -> None:
    office.browser().post(f"/settings/users/{ids.encode(office.alice.pk)}/remove")
    assert not Membership.objects.get(pk=office.alice.pk).is_deleted


def test_users_are_for_administrators_of_this_company(office: Office) -> None:
    assert office.browser(office.carol).get("/settings/users").status_code == 403
    assert office.browser(office.carol).post(of_carol(office), {**CAROL, "role": "admin"}).status_code == 403
    assert office.browser(office.dora).post(of_carol(office, "remove")).status_code == 404
    assert (member(office).is_admin, member(office).is_deleted) == (False, False)


def test_a_new_token_is_shown_once_and_opens_the_api(office: Office) -> None:
    answer = office.browser().post("/settings/tokens/new", {"name": "Web shop"})
    shown = re.search(r"data-token>([A-Za-z0-9]{64})<", answer.content.decode())
    assert shown
    found = bearer(shown[1])
    assert found is not None and found[0].user_id == office.alice.user_id
    page = office.browser().get("/settings/tokens").content.decode()
    assert shown[1] not in page
    assert shown[1][:10] in page


def test_a_nameless_token_is_not_made(office: Office) -> None:
    before = Token.objects.count()
    answer = office.browser().post("/settings/tokens/new", {"name": " "})
    assert answer.status_code == 422
    assert Token.objects.count() == before


def test_the_key_is_shown_again_after_the_password_alone(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/tokens/new", {"name": "Web shop"})
    token = Token.objects.get(name="Web shop")
    at = f"/settings/tokens/{ids.encode(token.pk)}/show"
    for typed in ("", "wrong"):
        refused = browser.post(at, {"password": typed})
        assert refused.status_code == 422
        assert token.value not in refused.content.decode()
    assert token.value in browser.post(at, {"password": PASSWORD}).content.decode()
    assert Activity.objects.latest("pk").fact == "TokenShown"


def test_an_administrator_does_not_see_the_keys_of_others(office: Office) -> None:
    office.browser().post("/settings/tokens/new", {"name": "Web shop"})
    Membership.objects.filter(pk=office.carol.pk).update(is_admin=True)
    token = Token.objects.get(name="Web shop")
    answer = office.browser(member(office)).post(
        f"/settings/tokens/{ids.encode(token.pk)}/show", {"password": PASSWORD}
    )
    assert answer.status_code == 403
    assert token.value not in answer.content.decode()


def test_a_revoked_token_opens_nothing(office: Office) -> None:
    office.browser().post("/settings/tokens/new", {"name": "Web shop"})
    token = Token.objects.get(name="Web shop")
    office.browser().post(f"/settings/tokens/{ids.encode(token.pk)}/revoke")
    assert bearer(token.value) is None
    assert "Web shop" not in office.browser().get("/settings/tokens").content.decode()


def test_a_second_company_is_founded_and_one_works_in_it(office: Office) -> None:
    browser = office.browser()
    answer = browser.post(
        "/settings/companies/new", {"name": "Bureau", "country_id": "56", "currency_id": ""}
    )
    assert answer.status_code == 302
    made = Company.objects.latest("pk")
    assert (made.name, made.settings["currency_id"]) == ("Bureau", "3")
    assert "Bureau" in browser.get("/settings/companies").content.decode()
    assert browser.session["company"] == made.pk


def test_a_company_is_closed_with_the_owners_password_only(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/companies/new", {"name": "Bureau", "country_id": "250"})
    made = Company.objects.latest("pk")
    browser.post("/settings/companies/close", {"password": "wrong"})
    assert not Company.objects.get(pk=made.pk).is_deleted
    browser.post("/settings/companies/close", {"password": PASSWORD})
    assert Company.objects.get(pk=made.pk).is_deleted
    assert "Atelier Alice" in browser.get("/settings/companies").content.decode()


def test_the_only_company_stays_open(office: Office) -> None:
    office.browser().post("/settings/companies/close", {"password": PASSWORD})
    assert not office.company.is_deleted
