from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.kernel.refused import Refused
from comptoir.people import setup
from comptoir.people.founding import found_account, found_company
from comptoir.people.models import Membership, Token, User
from comptoir.tenancy.models import Account, Company

from .conftest import ON, PASSWORD, Cast, found, told

pytestmark = pytest.mark.django_db

PERSON = {"email": " Alice@Example.com ", "password": PASSWORD, "first_name": "Alice", "last_name": "Martin"}


def test_a_new_account_has_a_company_an_owner_and_a_login_token() -> None:
    membership = found_account(PERSON, {"name": "Alice Ltd", "country_id": "250"}, on=ON, ip="192.0.2.1")

    assert membership.user.email == "alice@example.com"
    assert membership.user.check_password(PASSWORD)
    assert (membership.is_owner, membership.is_admin, membership.is_open) == (True, True, True)
    assert membership.notifications == {"email": ["invoice_sent_all"]}
    company = Company.objects.get()
    assert company.settings == {"name": "Alice Ltd", "country_id": "250", "timezone_id": "44"}
    assert str(company.zone) == "Europe/Paris"
    assert company.account.default_company == company
    assert len(company.company_key) == len(company.account.key) == 32
    token = Token.everywhere.get()
    assert (token.membership, token.is_system, len(token.value)) == (membership, True, 64)
    row = Activity.everywhere.get()
    assert (row.fact, row.actor_name, row.ip) == ("CompanyFounded", "Alice Martin", "192.0.2.1")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": None}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "alice@example.com"}, "password"),
    ],
)
def test_a_bad_address_or_password_founds_nothing(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        found_account({**PERSON, **change}, {"name": "A"}, on=ON)
    assert list(refusal.value.errors) == [field]
    assert not (User.objects.exists() or Account.objects.exists() or Company.objects.exists())


def test_a_faulty_setting_founds_nothing() -> None:
    with pytest.raises(Refused):
        found_account(PERSON, {"currency_id": "x"}, on=ON)
    assert not (User.objects.exists() or Account.objects.exists() or Company.objects.exists())


def test_a_person_founds_further_companies_up_to_ten(cast: Cast) -> None:
    account = cast.company.account
    for number in range(2, 11):
        membership = found_company(
            account, {"name": f"No {number}"}, owner=cast.alice.user, by=cast.alice.actor(), on=ON
        )
    assert membership.company.name == "No 10"
    assert account.default_company == cast.company
    with pytest.raises(Refused) as refusal:
        found_company(account, {"name": "No 11"}, owner=cast.alice.user, by=cast.alice.actor(), on=ON)
    assert list(refusal.value.errors) == ["name"]
    assert account.companies.count() == Membership.everywhere.filter(user=cast.alice.user).count() == 10


def test_an_address_already_in_use_founds_nothing() -> None:
    found("alice", "A")
    with pytest.raises(Refused) as refusal:
        found_account(PERSON, {"name": "B"}, on=ON)
    assert list(refusal.value.errors) == ["email"]
    assert Company.objects.count() == 1
    assert told() == [("CompanyFounded", None, "Alice X")]


def test_the_word_of_the_console_opens_until_somebody_works_here(tmp_path: Path) -> None:
    word = setup.word(tmp_path)
    assert word
    assert setup.word(tmp_path) == word
    assert (tmp_path / setup.NAME).stat().st_mode & 0o777 == 0o600
    assert setup.opens(tmp_path, word)
    assert not setup.opens(tmp_path, word + "x")
    assert not setup.opens(tmp_path, "")

    found("alice", "A")

    assert not setup.opens(tmp_path, word)
    assert setup.word(tmp_path) is None
    assert not (tmp_path / setup.NAME).exists()


def test_without_a_word_nothing_opens(tmp_path: Path) -> None:
    assert not setup.opens(tmp_path, "")
