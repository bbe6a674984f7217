from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from comptoir.clients.models import Client
from comptoir.numbering import counters
from comptoir.numbering.drawing import draw
from comptoir.numbering.patterns import Context
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import new_company

pytestmark = pytest.mark.django_db


def invoice_number(company: Company, on: date) -> str:
    with transaction.atomic():
        return draw("invoice", Preferences((company.settings,)), Context(on=on), Client.objects.all())


def yearly(**settings: str) -> Company:
    return new_company(reset_counter_frequency_id="10", reset_counter_date="2027-01-01", **settings)


def test_counters_start_again_on_the_reset_day(db: None) -> None:
    with acting_for(yearly()) as company:
        assert [invoice_number(company, date(2026, 12, 31)) for _ in range(2)] == ["0001", "0002"]
        assert invoice_number(company, date(2027, 1, 1)) == "0001"
        assert invoice_number(company, date(2027, 1, 2)) == "0002"
        company.refresh_from_db()
        assert company.settings["reset_counter_date"] == "2028-01-01"


def test_a_company_asleep_for_years_resets_once(db: None) -> None:
    with acting_for(yearly()) as company:
        invoice_number(company, date(2026, 5, 5))
        assert invoice_number(company, date(2030, 5, 5)) == "0001"
        assert invoice_number(company, date(2030, 5, 5)) == "0002"
        assert company.settings["reset_counter_date"] == "2031-01-01"


def test_a_month_too_short_resets_on_its_last_day(db: None) -> None:
    settings = {"reset_counter_frequency_id": "5", "reset_counter_date": "2026-01-31"}
    with acting_for(new_company(**settings)) as company:
        invoice_number(company, date(2026, 2, 1))
        assert company.settings["reset_counter_date"] == "2026-02-28"


def test_clients_vendors_and_recurring_invoices_keep_counting(db: None) -> None:
    with acting_for(yearly()) as company:
        counters.write({f"{name}_number_counter": 9 for name in ("client", "vendor", "recurring_invoice")})
        counters.write({"quote_number_counter": 9, "expense_number_counter": 9})
        counters.write({"invoice_number_counter": 9}, "client:1")
        invoice_number(company, date(2027, 1, 1))
        assert counters.shown() == {
            "client_number_counter": 9,
            "vendor_number_counter": 9,
            "recurring_invoice_number_counter": 9,
            "quote_number_counter": 1,
            "expense_number_counter": 1,
            "invoice_number_counter": 2,
        }
        assert counters.shown("client:1") == {"invoice_number_counter": 1}


def test_a_draw_that_read_the_settings_before_the_reset_does_not_reset_again(db: None) -> None:
    with acting_for(yearly()) as company:
        stale = Preferences((dict(company.settings),))
        assert [invoice_number(company, date(2027, 1, 1)) for _ in range(3)][-1] == "0003"
        with transaction.atomic():
            number = draw("invoice", stale, Context(on=date(2027, 1, 1)), Client.objects.all())
        assert number == "0004"


def test_other_companies_are_left_alone(db: None) -> None:
    with acting_for(new_company("other")):
        counters.write({"invoice_number_counter": 9})
    with acting_for(yearly()) as company:
        invoice_number(company, date(2027, 1, 1))
    with acting_for(Company.objects.get(company_key="company-other")):
        assert counters.shown() == {"invoice_number_counter": 9}


@pytest.mark.parametrize(
    "settings",
    [
        {"reset_counter_frequency_id": "0", "reset_counter_date": "2020-01-01"},
        {"reset_counter_frequency_id": "10", "reset_counter_date": ""},
        {"reset_counter_frequency_id": "99", "reset_counter_date": "2020-01-01"},
    ],
)
def test_without_a_rhythm_and_a_day_nothing_restarts(db: None, settings: dict[str, str]) -> None:
    with acting_for(new_company(**settings)) as company:
        assert [invoice_number(company, date(2027, 1, 1)) for _ in range(2)] == ["0001", "0002"]
        assert company.settings == settings
