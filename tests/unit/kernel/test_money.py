from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.kernel.money import (
    LIMIT,
    Overflow,
    digits,
    from_micros,
    parse,
    round_half_up,
    settle,
    shortest,
    to_micros,
)

MICROS = st.integers(-LIMIT * 10**6, LIMIT * 10**6)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("1.005", 2, "1.01"),
        ("-1.005", 2, "-1.01"),
        ("2.675", 2, "2.68"),
        ("1.0049999999", 2, "1.00"),
        ("333.5", 0, "334"),
        ("0.0005", 3, "0.001"),
        ("123456789012.345678", 2, "123456789012.35"),
    ],
)
def test_a_tie_is_rounded_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


def test_settling_rounds_to_micros_first() -> None:
    assert settle(Decimal("1.0049999996"), 2) == Decimal("1.01")
    assert round_half_up(Decimal("1.0049999996"), 2) == Decimal("1.00")


def test_a_product_of_two_long_numbers_is_rounded_without_losing_digits() -> None:
    assert round_half_up(Decimal("9223372036854.7758075") * 1, 6) == Decimal("9223372036854.775808")


@given(MICROS)
def test_micros_survive_the_way_to_decimal_and_back(micros: int) -> None:
    assert to_micros(from_micros(micros)) == micros


@given(MICROS)
def test_digits_are_exact_and_end_in_no_idle_zero(micros: int) -> None:
    text = digits(micros)
    assert Decimal(text) * 10**6 == micros
    assert "e" not in text.lower()
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (100_000_000, "100"),
        (12_500_000, "12.5"),
        (0, "0"),
        (1, "0.000001"),
        (-1, "-0.000001"),
        (-12_340_000, "-12.34"),
    ],
)
def test_micros_are_written_as_a_person_would(micros: int, text: str) -> None:
    assert digits(micros) == text


def test_the_seventh_decimal_is_rounded_when_stored() -> None:
    assert to_micros(Decimal("0.0000005")) == 1
    assert to_micros(Decimal("-0.0000005")) == -1
    assert to_micros(Decimal("0.00000049")) == 0


@pytest.mark.parametrize("amount", ["9223372036855", "-9223372036855", "1e30"])
def test_an_amount_that_no_column_holds_is_refused(amount: str) -> None:
    with pytest.raises(Overflow) as refusal:
        to_micros(Decimal(amount))
    assert refusal.value.errors == {"": ["This amount is too large."]}


def test_the_largest_amount_is_stored() -> None:
    assert to_micros(Decimal(LIMIT)) == 9_223_372_036_854_000_000 < 2**63


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        (None, "0"),
        ("", "0"),
        ("  ", "0"),
        ("12.50", "12.50"),
        (" 7 ", "7"),
        ("-3", "-3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1E+3"),
        (0.1, "0.1"),
        (1e-07, "1E-7"),
        (12, "12"),
        (Decimal("0.10"), "0.10"),
    ],
)
def test_numbers_are_read_exactly(sent: object, value: str) -> None:
    assert parse(sent) == Decimal(value)


@pytest.mark.parametrize(
    "sent",
    [
        "abc", "1,5", "1 000", "1_000", "NaN", "inf", "-Infinity", "0x1", ".", "-", "1e999", "1e-999",
        "9" * 65, "٣", True, False, [], {}, float("nan"), float("inf"), Decimal("NaN"), Decimal("1e31"),
        10**31,
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_no_number(sent: object) -> None:
    with pytest.raises(ValueError, match="number"):
        parse(sent)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**12), max_value=10**12))
def test_the_shortest_form_is_the_same_number_without_exponent_or_idle_zeros(value: Decimal) -> None:
    short = shortest(value)
    text = str(short)
    assert "E" not in text
    assert text != "-0"
    assert "." not in text or not text.endswith("0")
    assert short == (value if abs(value) >= Decimal("0.000001") else settle(value, 6))
