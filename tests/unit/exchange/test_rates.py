"""What a rate is on a day: the company's own word, else what was published then; never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.activity.actors import SYSTEM
from comptoir.activity.models import Activity
from comptoir.exchange.models import RateSheet
from comptoir.exchange.operations import set_rates
from comptoir.exchange.rates import Converter, Known, known_rate, known_rates, own_rates, rate
from comptoir.kernel.refused import Refused
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
DOLLAR, POUND, EURO, YEN = "1", "2", "3", "45"
WON, RUPIAH = "79", "27"


@pytest.fixture
def company() -> Company:
    """In euros."""
    return factories.account_with_company(currency_id=EURO)


@pytest.fixture(autouse=True)
def published() -> None:
    for day, dollar in ((date(2026, 11, 20), "1.08"), (date(2026, 11, 23), "1.0842")):
        RateSheet.objects.create(day=day, rates={DOLLAR: dollar, POUND: "0.8365"}, source="bank.example")


def say(company: Company, **said: str) -> None:
    rates = {unit.removeprefix("_"): Decimal(text) for unit, text in said.items()}
    with acting_for(company):
        set_rates(company, rates, by=SYSTEM, on=ON)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1, 1, 5), None),  # while somebody types the year
        (date(2026, 11, 19), None),  # before the first
        (date(2026, 11, 20), "1.08"),
        (date(2026, 11, 22), "1.08"),  # a Sunday: the last before
        (date(2026, 11, 23), "1.0842"),
        (date(2026, 12, 24), "1.0842"),
        (date(2026, 12, 25), None),  # too old to go by
    ],
)
def test_the_last_published_rate_holds_for_a_month(company: Company, day: date, expected: str | None) -> None:
    found = known_rate(company, DOLLAR, on=day)
    assert (found.rate if found else None) == (Decimal(expected) if expected else None)
    assert rate(company, DOLLAR, on=day) == Decimal(expected or 1)


def test_a_rate_says_where_it_comes_from(company: Company) -> None:
    assert known_rate(company, POUND, on=ON) == Known(Decimal("0.8365"), date(2026, 11, 23), "bank.example")


def test_the_companys_own_currency_and_one_that_nobody_knows(company: Company) -> None:
    for unit in (EURO, YEN, "999"):
        assert known_rate(company, unit, on=ON) is None
        assert rate(company, unit, on=ON) == 1


def test_rates_cross_over_the_euro(company: Company) -> None:
    company.settings["currency_id"] = POUND
    assert rate(company, EURO, on=ON) == Decimal("1.195457")
    assert rate(company, DOLLAR, on=ON) == Decimal("1.296115")
    company.settings["currency_id"] = YEN
    assert known_rates(company, on=ON) == {}


def test_a_rate_that_six_decimals_cannot_say_is_left_to_the_company() -> None:
    """A dollar for a won is known within a thousandth, one for a rupiah is not."""
    RateSheet.objects.update(rates={DOLLAR: "1.0842", WON: "1595.2", RUPIAH: "17350.5"})
    korean = factories.account_with_company(currency_id=WON)
    assert rate(korean, DOLLAR, on=ON) == Decimal("0.00068")
    indonesian = factories.account_with_company(currency_id=RUPIAH)
    assert {unit: str(known.rate) for unit, known in known_rates(indonesian, on=ON).items()} == {
        WON: "0.091940"
    }
    say(indonesian, _1="0.0000625")
    assert rate(indonesian, DOLLAR, on=ON) == Decimal("0.000063")


def test_an_own_rate_wins_and_holds_on_every_day(company: Company) -> None:
    say(company, _1="1.1", _45="160")
    assert known_rate(company, DOLLAR, on=ON) == Known(Decimal("1.1"))
    assert rate(company, DOLLAR, on=date(2020, 1, 1)) == Decimal("1.1")
    assert {unit: known.rate for unit, known in known_rates(company, on=ON).items()} == {
        DOLLAR: Decimal("1.1"),
        POUND: Decimal("0.8365"),
        YEN: Decimal(160),
    }


def test_own_rates_are_kept_exactly_told_and_let_go_again(company: Company) -> None:
    say(company, _1="1.1000001", _45="160")
    assert company.switch("exchange_rates") == {"base": EURO, "rates": {DOLLAR: "1.1", YEN: "160"}}
    told = Activity.everywhere.get(fact="CompanyUpdated")
    assert told.changes["exchange_rates"][1]["rates"] == {DOLLAR: "1.1", YEN: "160"}
    say(company)
    assert (company.switches, rate(company, YEN, on=ON)) == ({}, 1)


def test_own_rates_end_with_the_currency_that_they_were_said_in(company: Company) -> None:
    say(company, _1="1.1")
    with acting_for(company):
        update_company(company, {"settings": {"currency_id": POUND}}, by=SYSTEM, on=ON)
    assert own_rates(company) == {}


@pytest.mark.parametrize("said", [{"_1": "0"}, {"_1": "-2"}, {"_1": "0.0000004"}, {"_1": "1000000000"}])
def test_what_is_no_rate_is_refused_at_its_field(company: Company, said: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        say(company, _45="160", **said)
    assert list(refused.value.errors) == ["rate.1"]
    assert Company.objects.get().switches == {}


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        (EURO, "Choose another currency than your own."),
        ("999", "Choose a currency."),
        ("", "Choose a currency."),
    ],
)
def test_ones_own_currency_has_no_rate(company: Company, unit: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        say(company, **{f"_{unit}": "2"})
    assert refused.value.errors == {f"rate.{unit}": [sentence]}
    assert Company.objects.get().switches == {}


def test_amounts_come_to_the_companys_currency_by_their_own_rates(company: Company) -> None:
    convert = Converter(company).convert
    assert convert(Decimal(100), EURO, Decimal("1.25")) == 100  # in one's own money a rate says nothing
    assert convert(Decimal("271.05"), DOLLAR, Decimal("1.0842")) == 250
    assert convert(Decimal(100), DOLLAR, Decimal(1)) is None
    assert convert(Decimal(100), DOLLAR, Decimal(0)) is None


def test_at_par_when_the_company_says_so(company: Company) -> None:
    say(company, _1="1")
    assert Converter(company).convert(Decimal(100), DOLLAR, Decimal(1)) == 100
    assert Converter(company).convert(Decimal(100), POUND, Decimal(1)) is None


def test_whose_rates_they_are(company: Company) -> None:
    """Another company sees the published ones, and nothing that this one said."""
    say(company, _1="1.1")
    other = factories.account_with_company(currency_id=EURO)
    assert rate(other, DOLLAR, on=ON) == Decimal("1.0842")
