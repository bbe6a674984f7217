"""Whole companies: which opens first, and closing one."""

from __future__ import annotations

import pytest

from comptoir.kernel.refused import WrongState
from comptoir.people.bearers import bearer
from comptoir.people.closing import choose_company, close_company
from comptoir.people.founding import found_company
from comptoir.people.sign_in import home_company
from comptoir.people.tokens import login_token
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import ON, Cast


def test_the_only_company_of_an_account_is_not_closed(cast: Cast) -> None:
    key = login_token(cast.alice).value
    with pytest.raises(WrongState):
        close_company(cast.company, by=cast.alice.actor(), on=ON)
    assert Company.objects.get(pk=cast.company.pk).deleted_at is None
    assert bearer(key) is not None


def test_a_closed_company_opens_to_nobody_and_another_opens_first(cast: Cast) -> None:
    key = login_token(cast.alice).value
    by = cast.alice.actor()
    second = found_company(cast.company.account, {"name": "Second"}, owner=cast.alice.user, by=by, on=ON)
    close_company(cast.company, by=by, on=ON)
    assert bearer(key) is None
    assert home_company(cast.alice.user) == second.company


def test_the_chosen_company_opens_first(cast: Cast) -> None:
    by = cast.alice.actor()
    second = found_company(cast.company.account, {"name": "Second"}, owner=cast.alice.user, by=by, on=ON)
    assert home_company(cast.alice.user) == cast.company
    with acting_for(second.company):
        choose_company(second.company, by=by, on=ON)
    assert home_company(cast.alice.user) == second.company
