import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation

from comptoir.ui.tags import figures

NB, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class Coin:
    code: str
    precision: int = 2


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "€1,234.50"), ("fr", f"1{NARROW}234,50{NB}€")],
)
def test_money_is_written_as_the_reader_writes_it(language: str, written: str) -> None:
    with translation.override(language):
        assert figures.money(Decimal("1234.5"), Coin("EUR")) == f'<bdi class="num">{written}</bdi>'


def test_an_amount_that_does_not_exist_is_a_dash() -> None:
    assert figures.money(None, Coin("EUR")) == figures.NOTHING
    assert figures.number(None) == figures.percent(None) == figures.NOTHING
    assert figures.day(None) == figures.moment(None) == figures.NOTHING


def test_rates_and_numbers_keep_the_decimals_they_have() -> None:
    with translation.override("fr"):
        assert figures.percent(Decimal("19.60")) == f'<bdi class="num">19,6{NB}%</bdi>'
        assert figures.number(Decimal("1234.125")) == f'<bdi class="num">1{NARROW}234,125</bdi>'


def test_a_day_is_readable_and_exact() -> None:
    with translation.override("fr"):
        html = figures.day(dt.date(2026, 11, 24))
    assert html == '<time class="num" datetime="2026-11-24">24 nov. 2026</time>'


@time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False)
def test_a_moment_is_told_as_people_say_it_and_exact_on_hover() -> None:
    at = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    with translation.override("fr"), timezone.override("Europe/Paris"):
        html = figures.moment(at)
    assert ">il y a 2 heures</time>" in html
    assert 'title="24/11/2026 11:00"' in html.replace(NB, " ").replace(NARROW, " ")


def test_the_sign_in_an_amount_s_field_is_the_reader_s() -> None:
    with translation.override("fr"):
        assert figures.sign(Coin("USD")) == "$US"
        assert figures.sign(None) == ""
