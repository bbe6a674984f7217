from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from comptoir.kernel import formats

NARROW, BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
DAY = date(2026, 2, 4)
LOCALES = [
    "fr",
    "en",
    "de",
    "fr_CA",
    "fr_CH",
    "es",
    "pl",
    "pt_BR",
    "pt_PT",
    "it",
    "nl",
    "sv",
    "ja",
    "hi",
    "ar",
    "fa",
]


@dataclass(frozen=True)
class Currency:
    code: str
    precision: int


EURO, YEN, DINAR, FRANC = Currency("EUR", 2), Currency("JPY", 0), Currency("KWD", 3), Currency("CHF", 2)


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234.5", EURO, "fr", f"1{NARROW}234,50{BREAK}€"),
        ("-1234567.005", EURO, "fr", f"-1{NARROW}234{NARROW}567,01{BREAK}€"),
        ("1234.5", EURO, "en", "€1,234.50"),
        ("1234.5", EURO, "de", f"1.234,50{BREAK}€"),
        ("1234.5", YEN, "en", "¥1,235"),
        ("1234.5", DINAR, "fr", f"1{NARROW}234,500{BREAK}KWD"),
        ("1234.5", FRANC, "en", f"CHF{BREAK}1,234.50"),
        ("12345.6", EURO, "es", f"12.345,60{BREAK}€"),
        ("-0.001", EURO, "fr", f"0,00{BREAK}€"),
        ("5", EURO, "zz", "€5.00"),
    ],
)
def test_an_amount_reads_as_in_the_readers_country(
    amount: str, currency: Currency, locale: str, text: str
) -> None:
    assert formats.money(Decimal(amount), currency, locale) == text


def test_a_code_can_stand_for_the_symbol() -> None:
    assert formats.money(Decimal(5), EURO, "fr", show_code=True) == f"5,00{BREAK}EUR"
    assert formats.money(Decimal(5), EURO, "en", show_code=True) == f"EUR{BREAK}5.00"


@given(
    st.decimals(-(10**9), 10**9, places=2), st.sampled_from(LOCALES), st.sampled_from(["EUR", "USD", "GBP"])
)
def test_the_quick_way_of_writing_money_is_babels(amount: Decimal, locale: str, code: str) -> None:
    written = formats.money(amount, Currency(code, 2), locale)
    assert written.replace(BREAK, "") == format_currency(amount, code, locale=locale).replace(BREAK, "")


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(LOCALES))
def test_the_quick_way_of_writing_numbers_is_babels(value: Decimal, locale: str) -> None:
    assert formats.number(value, locale) == format_decimal(
        value or 0, locale=locale, decimal_quantization=False
    )


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [
        ("1234.500", "fr", f"1{NARROW}234,5"),
        ("0.333333", "fr", "0,333333"),
        ("-2", "en", "-2"),
        ("1000000", "en", "1,000,000"),
    ],
)
def test_a_number_shows_the_decimals_it_has(value: str, locale: str, text: str) -> None:
    assert formats.number(Decimal(value), locale) == text


@pytest.mark.parametrize(
    ("rate", "locale", "text"),
    [
        ("20", "fr", f"20{BREAK}%"),
        ("19.6", "fr", f"19,6{BREAK}%"),
        ("8.1", "en", "8.1%"),
        ("-5", "en", "-5%"),
    ],
)
def test_a_rate_is_given_in_percent(rate: str, locale: str, text: str) -> None:
    assert formats.percent(Decimal(rate), locale).replace(NARROW, BREAK) == text


@pytest.mark.parametrize(
    ("pattern", "french", "english"),
    [
        (None, "4 févr. 2026", "Feb 4, 2026"),
        ("d/M/Y", "04/févr./2026", "04/Feb/2026"),
        ("d-F-Y", "04-février-2026", "04-February-2026"),
        ("M j, Y", "févr. 4, 2026", "Feb 4, 2026"),
        ("D M j, Y", "mer. févr. 4, 2026", "Wed Feb 4, 2026"),
        ("Y-m-d", "2026-02-04", "2026-02-04"),
        ("m/d/Y", "02/04/2026", "02/04/2026"),
        ("j. M. Y", "4. févr. 2026", "4. Feb. 2026"),
        ("j. F Y", "4. février 2026", "4. February 2026"),
        ("DD/MMM/YYYY", "04/févr./2026", "04/Feb/2026"),
        ("ddd MMM D, YYYY", "mer. févr. 4, 2026", "Wed Feb 4, 2026"),
        ("D.MM.YYYY", "4.02.2026", "4.02.2026"),
    ],
)
def test_a_day_follows_the_pattern_chosen(pattern: str | None, french: str, english: str) -> None:
    assert formats.day(DAY, "fr", pattern) == french
    assert formats.day(DAY, "en", pattern) == english


def test_letters_that_are_no_date_letters_are_printed() -> None:
    assert formats.day(DAY, "en", "Y w'x of d") == "2026 w’x of 04"


@pytest.mark.parametrize(
    ("pattern", "military", "text"),
    [
        ("d/m/Y g:i a", False, "04/02/2026 3:05 PM"),
        ("d/m/Y g:i a", True, "04/02/2026 15:05"),
        ("D M jS, Y g:i a", True, "Wed Feb 4, 2026 15:05"),
        ("DD/MM/YYYY h:mm:ss a", False, "04/02/2026 3:05:09 PM"),
        ("DD/MM/YYYY h:mm:ss a", True, "04/02/2026 15:05:09"),
    ],
)
def test_an_hour_is_counted_as_the_reader_likes(pattern: str, military: bool, text: str) -> None:
    written = formats.moment(datetime(2026, 2, 4, 15, 5, 9, tzinfo=UTC), "en", pattern, military=military)
    assert written.replace(NARROW, " ") == text
