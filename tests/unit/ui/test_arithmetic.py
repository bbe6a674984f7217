from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.ui.arithmetic import calculate

CENTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", "0"), ("12", "12"), ("12.5", "12.5"), ("12,5", "12.5"), (".5", "0.5"), ("5.", "ValueError"),
        ("1 234,50", "1234.50"), ("1\N{NARROW NO-BREAK SPACE}234,50", "1234.50"), ("1'234.50", "1234.50"),
        ("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("1.234.567", "1234567"), ("1,234,567", "1234567"),
        ("3*12.5", "37.5"), ("3 × 12,5", "37.5"), ("10/4", "2.5"), ("10 ÷ 4", "2.5"),
        ("1+2*3", "7"), ("(1+2)*3", "9"),
        ("-5", "-5"), ("−5", "-5"), ("2*-3", "-6"), ("10-2-3", "5"), ("100/10/2", "5"),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(typed: str, value: str) -> None:
    if value == "ValueError":
        with pytest.raises(ValueError, match=r"5\."):
            calculate(typed)
    else:
        assert calculate(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["abc", "1+", "*2", "(1", "1)", "1/0", "1e5", "2**3", "__import__", "9" * 201, "1 + x", "()"]
)
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        calculate(typed)


@given(CENTS, CENTS)
def test_a_sum_is_exact_to_the_cent(one: Decimal, other: Decimal) -> None:
    assert calculate(f"{one}+{other}") == one + other


@given(CENTS)
def test_french_and_english_say_the_same(amount: Decimal) -> None:
    assert calculate(f"{amount:,}".replace(",", " ").replace(".", ",")) == amount
    if amount >= 1000:
        assert calculate(f"{amount:,}") == amount
