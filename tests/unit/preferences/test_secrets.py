"""Keys to somebody else's service: sealed where they are kept, masked where they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from comptoir.preferences import secrets
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.writing import full, overlay, sparse
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from comptoir.tenancy.sealing import Unreadable
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Iterator[Company]:
    with acting_for(factories.account_with_company()) as company:
        yield company


def keep(company: Company, sent: dict[str, Any]) -> str:
    """What a PUT of these settings leaves, in clear."""
    company.settings = overlay(company.settings, sent)
    return secrets.opened(company, "brevo_secret")


def test_asterisks_leave_a_key_and_words_replace_it(company: Company) -> None:
    assert keep(company, {"brevo_secret": "one"}) == "one"
    assert keep(company, {"brevo_secret": secrets.MASK}) == "one"
    assert keep(company, {"brevo_secret": "*"}) == "one"
    assert keep(company, full(company.settings)) == "one"
    assert keep(company, {"name": "Atelier"}) == "one"
    assert keep(company, {"brevo_secret": " two "}) == "two"
    assert keep(company, {"brevo_secret": ""}) == ""
    assert "brevo_secret" not in company.settings or company.settings["brevo_secret"] == ""


def test_a_key_is_shown_as_asterisks_and_kept_unreadably(company: Company) -> None:
    keep(company, {"brevo_secret": "s3cret"})
    assert "s3cret" not in str(company.settings)
    assert full(company.settings)["brevo_secret"] == "**********"
    assert full({})["brevo_secret"] == ""


def test_a_key_opens_for_its_own_name_and_company_only(company: Company) -> None:
    keep(company, {"brevo_secret": "s3cret"})
    other = Company.objects.create(account=company.account, company_key="o" * 32, settings=company.settings)
    company.settings["postmark_secret"] = company.settings["brevo_secret"]
    for place, key in ((other, "brevo_secret"), (company, "postmark_secret")):
        with pytest.raises(Unreadable):
            secrets.opened(place, key)


def test_a_client_or_a_group_keeps_no_key(company: Company) -> None:
    assert sparse({"brevo_secret": "s3cret", "payment_terms": "30"}) == {"payment_terms": "30"}
    assert Preferences(({}, company.settings)).brevo_secret == ""
