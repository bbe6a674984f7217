from __future__ import annotations

from datetime import date

import pytest

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity
from comptoir.kernel.refused import Refused
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Account, Company
from comptoir.tenancy.scope import acting_for

pytestmark = pytest.mark.django_db

ALICE = Actor("user", 1, "Alice")
ON = date(2026, 11, 24)


@pytest.fixture
def company() -> Company:
    account = Account.objects.create(key="a")
    return Company.objects.create(account=account, company_key="c", settings={"name": "A", "city": "Lyon"})


def update(company: Company, **fields: object) -> None:
    with acting_for(company):
        update_company(company, fields, by=ALICE, on=ON)


def test_settings_switches_and_columns_change_together(company: Company) -> None:
    update(company, settings={"payment_terms": "45"}, fill_products=False, size_id="2")
    company.refresh_from_db()
    assert company.settings == {"name": "A", "city": "Lyon", "payment_terms": "45"}
    assert company.switches == {"fill_products": False}
    assert company.size_id == "2"


def test_the_activity_names_each_change_and_hides_secrets(company: Company) -> None:
    update(company, settings={"city": "Nice", "mailgun_secret": "hush"}, smtp_password="hush too")
    row = Activity.everywhere.get()
    assert (row.code, row.actor_name) == (61, "Alice")
    assert row.changes == {
        "city": ["Lyon", "Nice"],
        "mailgun_secret": [None, "**********"],
        "smtp_password": ["", "**********"],
    }


def test_a_faulty_setting_moves_nothing(company: Company) -> None:
    with pytest.raises(Refused):
        update(company, settings={"city": "Nice", "currency_id": "x"}, size_id="2")
    company.refresh_from_db()
    assert (company.settings, company.size_id) == ({"name": "A", "city": "Lyon"}, "")
    assert not Activity.everywhere.exists()


@pytest.mark.parametrize("column", ["id", "account_id", "company_key", "shoe_size"])
def test_what_a_company_is_cannot_be_changed(company: Company, column: str) -> None:
    with pytest.raises(Refused) as refusal:
        update(company, **{column: "1"})
    assert list(refusal.value.errors) == [column]
    assert not Activity.everywhere.exists()
