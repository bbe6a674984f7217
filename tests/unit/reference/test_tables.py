from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from comptoir import reference
from comptoir.kernel.cadence import FREQUENCIES


@pytest.mark.parametrize(
    ("table", "count"),
    [
        (reference.country, 252),
        (reference.currency, 141),
        (reference.language, 42),
        (reference.timezone, 115),
        (reference.date_format, 14),
        (reference.datetime_format, 14),
        (reference.industry, 33),
        (reference.size, 6),
        (reference.frequency, 12),
        (reference.payment_type, 48),
        (reference.gateway_type, 29),
        (reference.gateway, 64),
        (reference.task_status, 4),
        (reference.design, 11),
    ],
)
def test_a_table_has_all_its_rows_each_under_its_own_id(table: reference.Table, count: int) -> None:
    assert len(table.rows) == count
    assert [table(row.id) for row in table] == list(table.rows)
    assert [int(row.id) for row in table] == sorted(int(row.id) for row in table)


def test_a_currency_is_found_by_id_and_by_code() -> None:
    euro = reference.currency("3")
    assert euro
    assert euro is reference.currency_by_code("eur") is reference.currency(3)
    assert (euro.code, euro.symbol, euro.precision, euro.exchange_rate) == ("EUR", "€", 2, Decimal(1))
    assert (euro.thousand_separator, euro.decimal_separator, euro.swap_currency_symbol) == (".", ",", False)


@pytest.mark.parametrize(("currency_id", "precision"), [("45", 0), ("89", 3), ("1", 2)])
def test_currencies_have_their_own_decimals(currency_id: str, precision: int) -> None:
    currency = reference.currency(currency_id)
    assert currency
    assert currency.precision == precision


@pytest.mark.parametrize("unknown", ["", "0", "9999", None, "EUR"])
def test_an_unknown_id_gives_nothing(unknown: object) -> None:
    assert reference.currency(unknown) is None


def test_a_country_is_found_by_every_code() -> None:
    france = reference.country("250")
    assert france
    assert france.name == "France"
    assert france is reference.country_by_code("FR")
    by_three_letters = reference.country_by_iso3("fra")
    assert by_three_letters == france


def test_a_language_is_found_by_locale_however_it_is_spelt() -> None:
    canadian = reference.language_by_code("fr-CA")
    assert canadian
    assert canadian is reference.language("13") is reference.language_by_code("fr_ca")


def test_babel_knows_every_language() -> None:
    assert all(Locale.parse(language.locale) for language in reference.language)


def test_every_time_zone_is_known_and_has_its_winter_offset_or_a_newer_one() -> None:
    paris = reference.timezone("44")
    assert paris
    assert (paris.location, paris.label, paris.utc_offset) == ("Europe/Paris", "(GMT+01:00) Paris", 3600)
    assert paris.zone == ZoneInfo("Europe/Paris")
    winter = datetime(2026, 1, 15, tzinfo=UTC)
    offsets = {zone.location: winter.astimezone(zone.zone).utcoffset() for zone in reference.timezone}
    assert len(offsets) == 114  # Sydney stands twice
    assert offsets["Europe/Paris"] is not None


def test_every_frequency_of_the_table_can_be_stepped() -> None:
    assert {row.id for row in reference.frequency} == set(FREQUENCIES)


def test_payment_types_point_to_known_gateway_types() -> None:
    pointed = {row.gateway_type_id for row in reference.payment_type} - {""}
    assert all(reference.gateway_type(type_id) for type_id in pointed)


def test_a_gateway_tells_its_credentials_and_what_it_can_do() -> None:
    gateway = reference.gateway_by_key("3b6621f970ab18887c4f6dca78d3f8bb")
    assert gateway
    assert gateway.id == "1"
    assert gateway.fields["testMode"] is False
    assert gateway.options == {"1": {"refund": True, "token_billing": True}}


def test_the_built_in_designs_keep_their_ids() -> None:
    assert [design.name for design in reference.design][:3] == ["Plain", "Clean", "Bold"]
