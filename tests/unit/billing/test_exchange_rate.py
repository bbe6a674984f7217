"""The rate that a document starts with comes from the two currencies in force, said or not."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from comptoir.billing import composition
from comptoir.billing.composition import exchange_rate
from comptoir.preferences.writing import overlay
from comptoir.tenancy.models import Company


def company(**settings: str) -> Company:
    return Company(settings=overlay({}, settings))


@pytest.mark.parametrize("said", [{}, {"currency_id": "1"}])
def test_a_company_in_dollars_has_a_rate_to_euros(
    said: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {
        "1": SimpleNamespace(id="1", exchange_rate="1"),
        "3": SimpleNamespace(id="3", exchange_rate="0.86"),
    }
    monkeypatch.setattr(composition, "currency", rates.get)
    assert exchange_rate(company(**said), "3") == Decimal("0.86")


def test_the_companys_own_currency_is_at_par() -> None:
    assert exchange_rate(company(), "1") == 1
    assert exchange_rate(company(currency_id="3"), "3") == 1


def test_an_unknown_currency_is_at_par() -> None:
    assert exchange_rate(company(), "999") == 1
