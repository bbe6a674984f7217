from __future__ import annotations

from datetime import date

import pytest

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity
from comptoir.kernel.refused import Refused
from comptoir.preferences.operations import update_company
from comptoir.preferences.secrets import password_of
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


@pytest.mark.parametrize("sent", [{}, {"smtp_password": "**********"}, {"smtp_password": "*"}])
def test_another_mail_server_does_not_get_the_password_that_is_kept(
    company: Company, sent: dict[str, str]
) -> None:
    update(company, smtp_host="mail.example.com", smtp_password="hush")
    update(company, smtp_host="mail.example.com", smtp_port=465, **sent)
    for _way in ("at once", "by way of none"):
        with pytest.raises(Refused) as refusal:
            update(company, smtp_host="mail.thief.example", smtp_port=25, size_id="2", **sent)
        assert refusal.value.errors == {"smtp_password": ["Type the password again for another server."]}
        company.refresh_from_db()
        assert (company.switch("smtp_port"), company.size_id, password_of(company)) == (465, "", "hush")
        update(company, smtp_host="", **sent)
    assert (company.switch("smtp_host"), password_of(company)) == ("", "hush")
    assert Activity.everywhere.count() == 4


@pytest.mark.parametrize("password", ["", "another"])
def test_another_mail_server_gets_what_is_typed_for_it(company: Company, password: str) -> None:
    update(company, smtp_host="mail.example.com", smtp_password="hush")
    update(company, smtp_host="mail2.example.com", smtp_password=password)
    company.refresh_from_db()
    assert (company.switch("smtp_host"), password_of(company)) == ("mail2.example.com", password)


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
